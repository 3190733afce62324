"""An editor at work."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import builders


@pytest.fixture
def editor() -> User:
    """Return someone who may write and approve."""
    return builders.member_of_staff("anna", *builders.EDITOR)


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    """Return the editor's browser."""
    client.force_login(editor)
    return client
