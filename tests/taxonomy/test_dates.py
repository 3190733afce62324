"""Days and moments as each language writes them."""

import datetime

import pytest
from django.conf import settings
from django.utils.translation import override

from taxonomy import dates

DAY = datetime.date(2026, 3, 2)


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("en", "2 March 2026", "2 March"),
        ("fr", "2 mars 2026", "2 mars"),
        ("de", "2. März 2026", "2. März"),
        ("it", "2 marzo 2026", "2 marzo"),
        ("ru", "2 марта 2026\u202fг.", "2 марта"),
        ("es", "2 de marzo de 2026", "2 de marzo"),
    ],
)
def test_a_day_is_written_as_its_language_writes_it(language, long, short):
    """With its year and without."""
    with override(language):
        assert (dates.day_label(DAY), dates.short_day_label(DAY)) == (long, short)


def test_a_moment_is_told_in_viennas_time():
    """23:30 in London is the next day there."""
    moment = datetime.datetime(2026, 3, 1, 23, 30, tzinfo=datetime.UTC)
    assert dates.moment_label(moment) == "2 March 2026, 00:30"


@pytest.mark.parametrize("language", [code for code, _name in settings.LOCAL_LANGUAGES])
def test_a_day_can_be_written_in_each_local_language(language):
    """The text that it opens is in that language."""
    assert "2026" in dates.day_label(DAY, language=language)
