"""People of the newsroom at work."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import builders


@pytest.fixture
def editor() -> User:
    """Return someone who may write, submit and approve, everywhere."""
    return builders.member_of_staff("anna", *builders.EDITOR, "work_everywhere")


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    """Return the editor's browser."""
    client.force_login(editor)
    return client


@pytest.fixture
def publisher() -> User:
    """Return someone who may do everything with items, everywhere."""
    return builders.member_of_staff("petra", *builders.PUBLISHER, "work_everywhere")


@pytest.fixture
def publishing(publisher: User) -> Client:
    """Return the publisher's browser."""
    opened = Client()
    opened.force_login(publisher)
    return opened
