"""Paragraphs that are added to a story's own."""

import pytest
from django.conf import settings

from news.archive.additions import additions
from news.models import Edition


@pytest.mark.parametrize("kind", Edition.Kind.values)
def test_what_is_added_takes_the_same_places_in_every_language(kind):
    """A translation is as long as its original."""
    offered = [additions(kind, code) for code, _name in settings.LANGUAGES]
    assert len({len(found.paragraphs) for found in offered}) == 1
    assert len({bool(found.heading) for found in offered}) == 1
    assert len(offered[0].paragraphs) >= 6


@pytest.mark.parametrize("kind", Edition.Kind.values)
def test_what_is_added_fits_every_story_of_its_kind(kind):
    """It has no slots, and is of plain paragraphs under a heading."""
    for code, _name in settings.LANGUAGES:
        found = additions(kind, code)
        assert not any(line.startswith(("## ", "- ", "> ")) or "{" in line for line in found.paragraphs)
        assert len(set(found.paragraphs)) == len(found.paragraphs)


def test_nothing_is_added_in_a_local_language():
    """Its texts are short versions."""
    assert additions("news", "sq").paragraphs == ()
