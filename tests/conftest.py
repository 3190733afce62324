"""What every test needs: nothing kept from the test before."""

import math
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection
from django.test import TransactionTestCase, override_settings
from django.utils import translation

from news import immutability as editions
from news.changes import follower
from news.facets import keeper
from news.search.matches import matches
from osce_site.translations import compile_translations
from record import immutability as acts
from taxonomy import catalogue


@pytest.fixture(autouse=True)
def _forget_taxonomy() -> None:
    """Read taxonomy anew in each test: the database of the one before is gone."""
    catalogue.forget()
    keeper.forget()
    matches.forget()
    follower.position = None
    follower.next_look = math.inf  # a look would cost a query at a moment that no test can foresee


@pytest.fixture(autouse=True)
def _speak_english() -> None:
    """Begin in English: a request leaves its language active in the thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True, scope="session")
def _static_files_without_a_build() -> Iterator[None]:
    """Name static files as they are: hashed names exist only after `collectstatic`."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        yield


def _delete_rows(operations: Any, style: Any, tables: list[str], **_how: Any) -> list[str]:
    """Return statements that empty the tables: with a few rows in them quicker than TRUNCATE, 0.1 s for 2.5 s.

    That writes new files for each table and all its indexes, and waits for the disk. Foreign keys are checked at the
    end of the transaction, so the order means nothing. Sequences go on, as they do by default.
    """
    words, name = style.SQL_KEYWORD, operations.quote_name
    return [f"{words('DELETE FROM')} {style.SQL_FIELD(name(table))};" for table in tables]


@pytest.fixture(autouse=True, scope="session")
def _empty_the_database_without_its_triggers() -> Iterator[None]:
    """Let the clean-up after a test with real commits delete editions and acts; `flush` puts the triggers back."""
    emptying = TransactionTestCase._fixture_teardown  # noqa: SLF001 - Django has no public place for this

    def without_triggers(test: TransactionTestCase) -> None:
        editions.remove(using=DEFAULT_DB_ALIAS)
        acts.remove(using=DEFAULT_DB_ALIAS)
        emptying(test)

    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "postgresql":
            patch.setattr(type(connection.ops), "sql_flush", _delete_rows)
        patch.setattr(TransactionTestCase, "_fixture_teardown", without_triggers)
        yield


@pytest.fixture(autouse=True, scope="session")
def _texts_are_compiled() -> None:
    """Compile the translations: the repository holds their sources only."""
    compile_translations()
