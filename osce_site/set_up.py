"""What makes a site ready to serve: each step does only what is missing, and says what it does."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.crypto import get_random_string

from news.models import NewsItem
from news.search.indexing import is_indexed, missing_numbers
from osce_site.translations import compile_translations

SAMPLE_ITEMS = 300
SAMPLE_SEED = 1
PASSWORD_LENGTH = 16  # letters and digits: 95 bits

Say = Callable[[str], None]


class DatabaseUnreachableError(Exception):
    """The database doesn't answer; the message says which, and why."""


def expect_database() -> None:
    """Reach the database, past the pool, which would try for ten seconds and not say why it cannot.

    Raises:
        DatabaseUnreachableError: it doesn't answer.
    """
    probe = connection.copy()
    probe.settings_dict["OPTIONS"].pop("pool", None)
    try:
        probe.ensure_connection()
    except (OperationalError, ImproperlyConfigured) as error:
        given = connection.settings_dict
        name = f"{given['NAME']} at {given['HOST']}" if given.get("HOST") else str(given["NAME"])
        reason = str(error).partition("\n")[0].rstrip(".")  # PostgreSQL adds questions
        problem = f"The database {name} cannot be reached: {reason}."
        raise DatabaseUnreachableError(f"{problem} See DATABASE_URL, and that the server runs.") from error
    probe.close()


def set_up(say: Say) -> None:
    """Bring the database, its reference data, the translations and the static files up to date."""
    migrate(say)
    call_command("load_reference_data", verbosity=0)
    index_for_search(say)
    if compiled := compile_translations():
        say(f"Compiled the texts of {len(compiled)} languages.")
    collect_static_files(say)


def migrate(say: Say) -> None:
    """Run the migrations that the database lacks."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Bringing the database up to date …")
        call_command("migrate", interactive=False, verbosity=0)


def index_for_search(say: Say) -> None:
    """Write what search lacks: of a site that is older than search, or whose rows came from elsewhere."""
    missing = len(missing_numbers())
    if missing or not is_indexed():
        say(f"Indexing {missing:,} texts for search …" if missing else "Building the index of search …")
        call_command("index_search", verbosity=0)


def collect_static_files(say: Say) -> None:
    """Gather, hash and compress the static files if one has changed since the last time."""
    stamp = Path(settings.STATIC_ROOT).with_name("static.stamp")
    state = _state_of_static_files()
    if stamp.exists() and stamp.read_text() == state and (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return
    say("Preparing the static files …")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state)


def _state_of_static_files() -> str:
    """Return a digest of the name, size and age of every static file."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(ignore_patterns=None):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def add_sample_news(say: Say) -> None:
    """Write sample news into a site that has none yet."""
    if not NewsItem.objects.exists():
        say(f"Writing {SAMPLE_ITEMS} sample news items …")
        call_command("generate_archive", items=SAMPLE_ITEMS, seed=SAMPLE_SEED, pictures=True, verbosity=0)


def create_first_administrator() -> str:
    """Create the user "admin" on a site without an administrator; return the password, which is kept nowhere else."""
    users = get_user_model().objects
    if users.filter(is_superuser=True).exists():
        return ""
    password = get_random_string(PASSWORD_LENGTH)
    users.create_superuser("admin", password=password)
    return password
