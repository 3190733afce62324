"""Each step of setting a site up does what is missing, and nothing else."""

import errno
import json
import os
import socket
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import write_po
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from django.db import connection

from news.models import NewsItem, SearchDocument
from news.search import find
from osce_site import set_up
from osce_site.management.commands import run_site
from osce_site.translations import compile_translations
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def said():
    """Return the list that the steps write their lines to."""
    return []


@pytest.fixture
def static_files(settings, tmp_path: Path) -> Path:
    """Let one folder be all the static files of the site."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "page.css").write_text("p { color: navy }")
    settings.STATICFILES_DIRS = [folder]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "static"
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": storage}
    return folder


def test_a_database_that_is_up_to_date_is_left_alone(said):
    """The tests' own one is."""
    set_up.migrate(said.append)
    assert said == []


def test_what_search_lacks_is_written_once(said, django_assert_num_queries):
    """A start costs one question where nothing is missing."""
    edition = builders.published("Border patrol")
    SearchDocument.objects.all().delete()
    set_up.index_for_search(said.append)
    assert said == ["Indexing 1 texts for search …"]
    assert set(find("patrol", language="en").match) == {edition.pk}
    with django_assert_num_queries(2 if connection.vendor == "postgresql" else 1):
        set_up.index_for_search(said.append)
    assert len(said) == 1


def test_static_files_are_hashed_once_and_again_when_one_changes(static_files, said, settings):
    """A start costs nothing while they stay as they are."""
    for _start in range(2):
        set_up.collect_static_files(said.append)
    assert len(said) == 1
    (static_files / "page.css").write_text("p { color: maroon }")
    set_up.collect_static_files(said.append)
    assert len(said) == 2
    names = json.loads((Path(settings.STATIC_ROOT) / "staticfiles.json").read_text())["paths"]
    assert "maroon" in (Path(settings.STATIC_ROOT) / names["page.css"]).read_text()


def test_static_files_are_prepared_again_where_they_were_deleted(static_files, said, settings):
    """Whoever empties the folder gets it back."""
    assert static_files.is_dir()
    set_up.collect_static_files(said.append)
    (Path(settings.STATIC_ROOT) / "staticfiles.json").unlink()
    set_up.collect_static_files(said.append)
    assert (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()


def test_sample_news_comes_to_a_site_without_news_only(said, monkeypatch, settings, tmp_path):
    """An editor's first item is not joined by samples, and a second start adds none."""
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr(set_up, "SAMPLE_ITEMS", 3)
    call_command("load_reference_data", verbosity=0)
    for _start in range(2):
        set_up.add_sample_news(said.append)
    assert NewsItem.objects.count() == 3
    assert len(said) == 1


def test_a_site_with_an_item_gets_no_samples(said):
    """A draft counts too."""
    builders.draft()
    set_up.add_sample_news(said.append)
    assert (said, NewsItem.objects.count()) == ([], 1)


def test_the_first_administrator_gets_a_password_once(rf):
    """It signs in, and is told at no later start."""
    password = set_up.create_first_administrator()
    assert len(password) >= 16
    assert authenticate(rf.post("/admin/login/"), username="admin", password=password).is_superuser
    assert set_up.create_first_administrator() == ""


def test_a_site_with_an_administrator_gets_no_other():
    """Whatever their name is."""
    get_user_model().objects.create_superuser("maria", password="x")
    assert set_up.create_first_administrator() == ""
    assert get_user_model().objects.count() == 1


def test_texts_are_compiled_when_their_source_is_newer(settings, tmp_path: Path):
    """And not again until it changes."""
    settings.LOCALE_PATHS = [tmp_path]
    source = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    catalog = Catalog(locale="fr")
    catalog.add("Country", "Pays")
    with source.open("wb") as file:
        write_po(file, catalog)
    assert compile_translations() == [source]
    assert compile_translations() == []
    os.utime(source, ns=(2**62, 2**62))
    assert compile_translations() == [source]
    assert b"Pays" in source.with_suffix(".mo").read_bytes()


@pytest.fixture
def server(monkeypatch):
    """Let the command set nothing up, and return the commands that it would have become."""
    became = []
    monkeypatch.setattr(run_site, "set_up", lambda _say: None)
    monkeypatch.setattr(run_site, "add_sample_news", lambda _say: None)
    monkeypatch.setattr(run_site.connections, "close_all", lambda: None)
    monkeypatch.setattr(run_site.os, "execv", lambda _path, words: became.append(words))
    monkeypatch.setenv("SITE_URL", "")
    monkeypatch.chdir(".")
    return became


def test_running_the_site_tells_the_password_at_the_first_start_only(server, monkeypatch, capsys, unused_port):
    """And where the site is at each."""
    monkeypatch.setenv("PORT", str(unused_port))
    call_command("run_site")
    first = capsys.readouterr().out
    call_command("run_site")
    second = capsys.readouterr().out
    assert "password: " in first
    assert "password" not in second
    assert f"http://127.0.0.1:{unused_port}/admin/" in second
    assert [words[1:3] for words in server] == [["-m", "gunicorn"]] * 2


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1"])
def test_a_port_that_is_none_is_named(server, monkeypatch, port):
    """Before anything is done."""
    monkeypatch.setenv("PORT", port)
    with pytest.raises(CommandError, match=f"PORT is '{port}'"):
        call_command("run_site")
    assert server == []


def test_a_busy_port_ends_the_start_with_another_to_try(server, monkeypatch, listening_port):
    """One sentence, with the machine's reason."""
    monkeypatch.setenv("PORT", str(listening_port))
    with pytest.raises(CommandError, match=rf"in use. Try another: make run PORT={listening_port + 1}"):
        call_command("run_site")
    assert server == []


@pytest.mark.parametrize(
    ("number", "port", "advice"),
    [
        (errno.EADDRINUSE, 8000, "PORT=8001"),
        (errno.EADDRINUSE, 65535, "PORT=65534"),
        (errno.EACCES, 80, "PORT=8000"),
        (errno.EADDRNOTAVAIL, 8000, "HOST=127.0.0.1"),
        (socket.EAI_NONAME, 8000, "HOST=127.0.0.1"),
    ],
    ids=["busy", "busy, and the last", "not for this user", "of another machine", "of no machine"],
)
def test_what_to_try_fits_what_is_in_the_way(server, monkeypatch, number, port, advice):
    """Another port is no help against a wrong host."""
    monkeypatch.setattr(run_site, "why_not_free", lambda _host, _port: OSError(number, "Some reason"))
    monkeypatch.setenv("PORT", str(port))
    with pytest.raises(CommandError, match=rf"{port}: Some reason\. .*make run {advice}$"):
        call_command("run_site")
    assert server == []


def test_a_folder_that_cannot_be_written_ends_the_start(server, settings, tmp_path: Path):
    """A file stands where the folder should be."""
    (tmp_path / "file").touch()
    settings.VAR = tmp_path / "file"
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("run_site")
    assert server == []


def test_production_is_not_run_by_the_command_for_a_local_site(server, settings):
    """No samples and no user "admin" there."""
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError, match=r"docs/operators\.md"):
        call_command("run_site")
    assert server == []
