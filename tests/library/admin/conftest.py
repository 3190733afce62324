"""People of the newsroom in the library."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import builders
from tests.library.admin.desk import EDITOR, WRITER


@pytest.fixture
def writer() -> User:
    """Return someone who uploads, describes and chooses."""
    return builders.member_of_staff("wanda", *WRITER)


@pytest.fixture
def desk(client: Client, writer: User) -> Client:
    """Return the writer's browser."""
    client.force_login(writer)
    return client


@pytest.fixture
def tidying() -> Client:
    """Return the browser of someone who may delete too."""
    opened = Client()
    opened.force_login(builders.member_of_staff("egon", *EDITOR, "work_everywhere"))
    return opened
