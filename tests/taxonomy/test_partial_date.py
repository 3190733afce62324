"""Dates of which only the year may be known."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.models.partial_date import format_partial_date, validate_partial_date


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_day_of_the_calendar_is_a_date(day):
    """As are its month and its year."""
    for length in (4, 7, 10):
        validate_partial_date(day.isoformat()[:length])


@pytest.mark.parametrize("value", ["2004-13", "2004-02-30", "04", "2004-5-3", "3 May 2004", "2004-05-03T00:00", "²004"])
def test_what_is_no_date_is_refused_with_an_example(value):
    """The message shows the three forms."""
    with pytest.raises(ValidationError, match=r"2004-05-03"):
        validate_partial_date(value)


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        pytest.param("2004", "en", "2004", id="year"),
        pytest.param("2004-05", "fr", "mai 2004", id="month"),
        pytest.param("2004-05-03", "de", "3. Mai 2004", id="day"),
        pytest.param("2004-05-03", "en", "3 May 2004", id="day in British English"),
        pytest.param("2004-05-03", "ru", "3 мая 2004\u202fг.", id="day in Russian"),
        pytest.param("", "en", "", id="not known"),
    ],
)
def test_a_date_is_written_as_exactly_as_it_is_known(value, language, expected):
    """In the reader's language."""
    with override(language):
        assert format_partial_date(value) == expected
