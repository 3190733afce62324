"""Dates as pages write them."""

import datetime

import pytest

from news.importers.written_dates import moment_of, parse_written_date

DAY = datetime.date(2025, 11, 25)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("2025-11-25", "en"),
        ("25 November 2025", "en"),
        ("25th of November 2025", "en"),
        ("25.11.2025", "de"),
        ("25. November 2025", "de"),
        ("25 novembre 2025", "fr"),
        ("25 de noviembre de 2025", "es"),
        ("25 novembre 2025", "it"),
        ("25 ноября 2025", "ru"),
        ("25 листопада 2025", "uk"),
        ("25 novembar 2025", "cnr"),
        ("25 November 2025", "ka"),
    ],
)
def test_a_day_is_understood_in_the_language_and_in_english(text, language):
    """The month's name decides."""
    assert parse_written_date(text, language=language) == DAY


@pytest.mark.parametrize("text", ["25 November 2025, 14:30", "25.11.2025 14:30", "2025-11-25T14:30"])
def test_a_time_without_a_zone_is_that_of_vienna(text):
    """The Secretariat's clock."""
    moment = parse_written_date(text, language="en")
    assert moment == datetime.datetime(2025, 11, 25, 13, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "31 February 2025",
        "25 Brumaire 2025",
        "2025-13-01",
        "25 November 2025 soon",
        "9" * 5000,
        "0001-01-01",
        "25 November 0205",
        "9999-12-31T23:59-12:00",
    ],
)
def test_what_is_no_date_is_none(text):
    """Nothing is guessed."""
    assert parse_written_date(text, language="en") is None


def test_the_first_of_a_month_is_understood_in_french():
    """It is written 1er."""
    assert parse_written_date("1er mars 2024", language="fr") == datetime.date(2024, 3, 1)


def test_a_day_means_its_beginning_in_vienna():
    """In November that is eleven in the evening before, in UTC."""
    assert moment_of(DAY) == datetime.datetime(2025, 11, 24, 23, 0, tzinfo=datetime.UTC)
