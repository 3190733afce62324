"""What every test of the record begins with: no act, and no group that came with the site."""

import pytest
from django.contrib.auth.models import Group
from django.db import DEFAULT_DB_ALIAS

from record import immutability
from record.models import Act


@pytest.fixture(autouse=True)
def _begin_with_an_empty_record(db: None) -> None:  # noqa: ARG001 - the fixture that opens the database
    """Take away what `migrate` did by itself, and its acts; all of it comes back with the test's transaction."""
    immutability.remove(using=DEFAULT_DB_ALIAS)
    Group.objects.all().delete()
    Act.objects.all().delete()
    immutability.install(using=DEFAULT_DB_ALIAS)
