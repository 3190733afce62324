"""Whole lists for machines, read while editors go on."""

import pytest

from news import workflow
from news.models import Edition
from news.rows import in_full
from news.workflow import RemovalWish
from tests import builders

pytestmark = pytest.mark.django_db


def test_what_is_retracted_between_two_portions_of_a_list_is_left_out():
    """The list goes on without it."""
    builders.published("Stays")
    gone = builders.published("Goes")
    editions = list(Edition.objects.listed().for_cards())
    workflow.remove(gone.item, RemovalWish(kind="error", reason="Wrong figures."), by=None)
    assert [row.title for row in in_full(editions)] == ["Stays"]
