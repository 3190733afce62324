"""People who import, and what their files name."""

import tempfile

import pytest
from django.contrib.auth.models import User
from django.test import Client

from taxonomy.models import Institution
from tests import builders
from tests.news.admin.imports.desk import IMPORTER


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch):
    """Keep uploaded files, and the lock of a database in memory, in a folder of the test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    settings.IMPORTS_ROOT = str(tmp_path / "imports")
    return tmp_path / "imports"


@pytest.fixture
def house() -> Institution:
    """Return the institution that the files name."""
    return builders.institution("Secretariat")


@pytest.fixture
def pia(house: Institution) -> User:
    """Return a publisher of that institution who may import and undo."""
    return builders.member_of_staff("pia", *IMPORTER, home=[house])


@pytest.fixture
def browser(pia: User) -> Client:
    """Return her browser."""
    opened = Client()
    opened.force_login(pia)
    return opened
