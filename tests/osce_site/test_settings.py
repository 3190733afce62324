"""What the environment makes of the settings, asked in a process of its own."""

import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from osce_site.local_site import is_writable, local_secret_key, why_not_free

ASK = """
import json, sys
from osce_site import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def settings_under(*names: str, **environment: str) -> dict[str, Any]:
    """Return the settings that a site has under the variables, and no others."""
    answer = subprocess.run(  # noqa: S603 - a fixed command
        [sys.executable, "-c", ASK, *names],
        env={"PATH": os.environ["PATH"]} | environment,
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout)


def manage(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a management command under the variables, and no others."""
    return subprocess.run(  # noqa: S603 - a fixed command
        [sys.executable, "manage.py", *words],
        env={"PATH": os.environ["PATH"]} | environment,
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_https_address_means_production():
    """Cookies, redirects and HSTS follow from the address alone."""
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "IS_PRODUCTION")
    assert set(settings_under(*names, SITE_URL="https://www.example.org").values()) == {True}
    assert set(settings_under(*names).values()) == {False}


def test_production_has_no_key_of_its_own():
    """The one in var/ is for a local site."""
    assert settings_under("SECRET_KEY", SITE_URL="https://www.example.org") == {"SECRET_KEY": ""}


def test_the_host_of_the_address_is_allowed_without_a_word():
    """ALLOWED_HOSTS is for further ones."""
    found = settings_under("ALLOWED_HOSTS", SITE_URL="https://www.example.org/")
    assert "www.example.org" in found["ALLOWED_HOSTS"]


def test_the_options_of_the_databases_address_are_kept():
    """A server that asks for TLS is named with ?sslmode=."""
    found = settings_under("DATABASES", DATABASE_URL="postgres://a@b/c?sslmode=require", DATABASE_POOL_SIZE="3")
    options = found["DATABASES"]["default"]["OPTIONS"]
    assert (options["sslmode"], options["pool"]["max_size"]) == ("require", 3)


def test_what_cannot_be_read_is_told_all_at_once():
    """And an unreadable database is never replaced by another."""
    wrong = {"DATABASE_URL": "nonsense", "DEBUG": "perhaps", "CACHE_URL": "nonsense"}
    found = settings_under("UNREADABLE_VARIABLES", "DATABASES", "DEBUG", **wrong)
    assert set(found["UNREADABLE_VARIABLES"]) == set(wrong)
    assert found["DATABASES"]["default"]["ENGINE"] == "django.db.backends.dummy"
    assert not found["DEBUG"]


def test_django_finds_nothing_to_warn_of_in_a_deployment():
    """`check --deploy` under production settings."""
    done = manage(
        "check", "--deploy", "--fail-level", "WARNING", SITE_URL="https://www.example.org", SECRET_KEY="a1B2-" * 12
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "text", "check"),
    [
        ("DATABASE_URL", "nonsense", "osce_site.E005"),
        ("DATABASE_URL", "mysql://a@b/c", "osce_site.E006"),
        ("SITE_URL", "http://[::1", "osce_site.E002"),
        ("WEB_CONCURRENCY", "many", "osce_site.E005"),
        ("PROXY_COUNT", "-1", "osce_site.E008"),
    ],
)
def test_a_command_says_what_is_wrong_without_a_traceback(name: str, text: str, check: str):
    """With the id of the check and a hint."""
    done = manage("migrate", "--check", **{name: text})
    assert done.returncode != 0
    assert check in done.stderr
    assert "HINT" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_local_key_is_its_owners_and_lasts(tmp_path: Path):
    """Made once, in a folder that need not be there."""
    key = local_secret_key(tmp_path / "var")
    assert len(key) >= 50
    assert local_secret_key(tmp_path / "var") == key
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret_key"]


def test_processes_that_start_at_once_share_one_key(tmp_path: Path):
    """Else a session signed by one would be refused by the other."""
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(local_secret_key, [tmp_path] * 64))
    assert len(keys) == 1


def test_a_folder_that_cannot_be_written_gives_no_key(tmp_path: Path):
    """The check osce_site.E001 says so in words."""
    (tmp_path / "file").touch()
    assert local_secret_key(tmp_path / "file") == ""
    assert not is_writable(tmp_path / "file")
    assert is_writable(tmp_path / "to" / "be" / "made")


def test_a_busy_port_is_told_before_anything_is_done(unused_port: int, listening_port: int):
    """With the machine's own reason."""
    assert why_not_free("127.0.0.1", unused_port) is None
    assert "in use" in str(why_not_free("127.0.0.1", listening_port))
    assert why_not_free("host.invalid", unused_port)


@pytest.mark.parametrize("command", ["run_site", "set_up"])
@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("postgres://editor:secret-word@127.0.0.1:{port}/news", "The database news at 127.0.0.1 cannot be reached: "),
        ("sqlite:////nowhere/news.sqlite3", "The database /nowhere/news.sqlite3 cannot be reached: "),
    ],
    ids=["PostgreSQL", "SQLite"],
)
def test_a_database_that_does_not_answer_is_one_sentence(command: str, address: str, named: str, unused_port: int):
    """Which one and why, at once and without the password."""
    done = manage(command, DATABASE_URL=address.format(port=unused_port), PORT=str(unused_port))
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert named in line
    assert "See DATABASE_URL" in line
    assert "secret-word" not in line
