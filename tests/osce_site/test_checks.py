"""A wrong setting is said with what to do."""

import datetime
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from osce_site.checks import TAG, refuse_wrong_settings

KEY = "k3y-" * 13


def found() -> set[str]:
    """Return the ids of what the checks of the settings find."""
    return {message.id for message in run_checks(tags=[TAG])}


@pytest.fixture
def production(settings):
    """Set what a production site sets, all of it right."""
    settings.SITE_URL = "https://www.example.org"
    settings.IS_PRODUCTION = True
    settings.ALLOWED_HOSTS = ["www.example.org"]
    settings.SECRET_KEY = KEY
    return settings


def test_a_site_with_nothing_set_is_right():
    """A newcomer sets nothing."""
    assert found() == set()
    refuse_wrong_settings()


@pytest.mark.usefixtures("production")
def test_a_production_site_with_all_set_is_right():
    """An operator sets the address and the key."""
    assert found() == set()


@pytest.mark.parametrize("key", ["", KEY[:49]], ids=["missing", "one character short"])
def test_production_needs_a_long_secret_key(production, key):
    """Whoever guesses it signs in as anybody."""
    production.SECRET_KEY = key
    assert found() == {"osce_site.E001"}


def test_a_local_site_may_have_any_key_but_none(settings):
    """None means that the folder for it cannot be written."""
    settings.SECRET_KEY = "short"
    assert found() == set()
    settings.SECRET_KEY = ""
    assert found() == {"osce_site.E001"}


@pytest.mark.parametrize(
    "address",
    [
        "",
        "www.example.org",
        "ftp://www.example.org",
        "http://",
        "http://127.0.0.1/site",
        "http://127.0.0.1?a",
        "http://[::1",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:port",
    ],
)
def test_the_address_of_the_site_is_a_scheme_and_a_host(settings, address):
    """Links in feeds and mails begin with it."""
    settings.SITE_URL = address
    settings.ALLOWED_HOSTS = ["*"]
    assert found() == {"osce_site.E002"}


@pytest.mark.parametrize("hosts", [[], ["example.org"]], ids=["none", "another"])
def test_the_site_answers_to_its_own_address(production, hosts):
    """Else every visitor would get 400."""
    production.ALLOWED_HOSTS = hosts
    assert found() == {"osce_site.E003"}


@pytest.mark.parametrize("hosts", [["*"], [".example.org"], ["WWW.example.org"]])
def test_a_host_may_be_allowed_by_pattern(production, hosts):
    """As Django reads them."""
    production.ALLOWED_HOSTS = hosts
    assert found() == set()


def test_production_shows_no_tracebacks(production):
    """DEBUG shows code and settings."""
    production.DEBUG = True
    assert found() == {"osce_site.E004"}


def test_what_cannot_be_read_is_said_without_its_text(settings):
    """The text of an address of a database holds a password."""
    settings.UNREADABLE_VARIABLES = {"DATABASE_URL": ["Not a valid database URL."]}
    (message,) = run_checks(tags=[TAG])
    assert message.id == "osce_site.E005"
    assert message.msg == "DATABASE_URL in the environment cannot be read: Not a valid database URL."
    assert "postgres://" in message.hint


def test_the_database_is_one_that_serves(settings):
    """SQLite or PostgreSQL."""
    settings.DATABASE_ASKED = {"ENGINE": "django.db.backends.mysql"}
    assert found() == {"osce_site.E006"}
    settings.DATABASE_ASKED = {"ENGINE": "django.db.backends.postgresql"}
    assert found() == set()


@pytest.mark.parametrize(("name", "smallest"), [("DATABASE_POOL_SIZE", 1), ("PROXY_COUNT", 0), ("WEB_CONCURRENCY", 1)])
def test_a_number_is_not_below_what_works(settings, name, smallest):
    """No connection and no process serve nobody."""
    setattr(settings, name, smallest)
    assert found() == set()
    setattr(settings, name, smallest - 1)
    (message,) = run_checks(tags=[TAG])
    assert (message.id, message.msg) == ("osce_site.E008", f"{name} is {smallest - 1}, and cannot be below {smallest}.")


@pytest.mark.parametrize("name", ["MEDIA_ROOT", "IMPORTS_ROOT"])
def test_uploads_need_a_folder_that_can_be_written(settings, tmp_path: Path, name):
    """A missing folder is made; where a file stands, none can be."""
    setattr(settings, name, str(tmp_path / "not" / "yet"))
    assert found() == set()
    (tmp_path / "file").touch()
    setattr(settings, name, str(tmp_path / "file"))
    assert found() == {"osce_site.E007"}


@pytest.mark.parametrize("folder", ["media", "media/imports", "other/../media"])
def test_files_to_be_imported_do_not_lie_where_everybody_reads(settings, tmp_path: Path, folder):
    """Nor in a folder of it, however it is written."""
    settings.MEDIA_ROOT, settings.IMPORTS_ROOT = str(tmp_path / "media"), str(tmp_path / "media-imports")
    assert found() == set()
    settings.IMPORTS_ROOT = str(tmp_path / folder)
    assert found() == {"osce_site.E012"}


def test_a_site_with_wrong_settings_does_not_start(production):
    """Each error is told, with its id and what to do."""
    production.DEBUG = True
    production.ALLOWED_HOSTS = ["example.org"]
    with pytest.raises(ImproperlyConfigured, match=r"E003: .*\n.*E004: .* Unset DEBUG\."):
        refuse_wrong_settings()


def day(number: int) -> datetime.date:
    """Return the day that is so many days from today."""
    return datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=number)


@pytest.mark.parametrize("hub", ["http://hub.example.org/", "hub.example.org", "https://", "https://[::1"])
def test_the_hub_is_an_https_address(settings, hub):
    """Every reader of a feed is sent there."""
    settings.WEBSUB_HUB = hub
    (message,) = run_checks(tags=[TAG])
    assert (message.id, message.msg) == ("osce_site.E009", f"WEBSUB_HUB is {hub!r}, which is no https address.")
    assert "https://hub.example.org/" in message.hint
    settings.WEBSUB_HUB = "https://hub.example.org/publish"
    assert found() == set()


@pytest.mark.parametrize(
    "contact",
    ["security@example.org", "http://example.org/", "mailto:", "mailto:security", "mailto:a b@example.org", ""],
)
def test_whoever_finds_a_weakness_is_led_to_somebody(settings, contact):
    """By mail, or to a page that nobody reads on the way."""
    settings.SECURITY_EXPIRES = day(300)
    settings.SECURITY_CONTACTS = ["mailto:security@example.org", contact]
    (message,) = run_checks(tags=[TAG])
    assert message.id == "osce_site.E010"
    assert repr(contact) in message.msg
    settings.SECURITY_CONTACTS = ["mailto:security@example.org", "https://www.example.org/security/"]
    assert found() == set()


def test_contacts_without_a_day_are_no_security_txt(settings):
    """Nobody would notice that it is not there."""
    settings.SECURITY_CONTACTS = ["mailto:security@example.org"]
    assert found() == {"osce_site.E011"}


@pytest.mark.parametrize(
    ("number", "what"),
    [
        (-1, "has passed"),
        (0, "has passed"),
        (1, "is near"),
        (30, "is near"),
        (31, ""),
        (366, ""),
        (367, "a year ahead"),
    ],
)
def test_the_day_of_security_txt_is_within_a_year_and_not_near(settings, number, what):
    """It is a warning: a site that starts again at night must not stay down for it."""
    settings.SECURITY_CONTACTS = ["mailto:security@example.org"]
    settings.SECURITY_EXPIRES = day(number)
    messages = run_checks(tags=[TAG])
    assert [message.id for message in messages] == (["osce_site.W001"] if what else [])
    assert all(what in message.msg and "within a year" in message.hint for message in messages)
    refuse_wrong_settings()


@pytest.mark.parametrize("way", ["", "apache", "Application"])
def test_files_are_served_in_one_of_three_ways(settings, way):
    """A slip of the pen would answer each picture with an error."""
    settings.FILES_SERVED_BY = way
    assert found() == {"osce_site.E013"}


@pytest.mark.parametrize(
    ("way", "bucket", "endpoint", "region"),
    [
        ("nginx", "files", "", ""),
        ("storage", "", "", ""),
        ("storage", "files", "", ""),
        ("application", "", "https://s3.example.org", ""),
        ("application", "", "", "eu-central-1"),
    ],
)
def test_whoever_serves_files_has_them(settings, way, bucket, endpoint, region):
    """Each of these would start, and show no picture."""
    settings.FILES_SERVED_BY, settings.MEDIA_BUCKET = way, bucket
    settings.MEDIA_ENDPOINT, settings.MEDIA_REGION = endpoint, region
    assert found() == {"osce_site.E014"}


@pytest.mark.parametrize(
    ("way", "bucket", "endpoint"),
    [
        ("application", "", ""),
        ("nginx", "", ""),
        ("application", "files", ""),
        ("application", "files", "http://127.0.0.1:9000"),
        ("storage", "files", "https://s3.example.org"),
    ],
)
def test_what_goes_together_is_right(settings, way, bucket, endpoint):
    """A folder or a bucket, and whoever can reach it."""
    settings.FILES_SERVED_BY, settings.MEDIA_BUCKET, settings.MEDIA_ENDPOINT = way, bucket, endpoint
    assert found() == set()


@pytest.mark.parametrize("endpoint", ["s3.example.org", "http://s3.example.org", "https://"])
def test_the_storage_is_spoken_to_in_private(settings, endpoint):
    """The site's keys go there."""
    settings.MEDIA_BUCKET, settings.MEDIA_ENDPOINT = "files", endpoint
    assert found() == {"osce_site.E015"}
