"""What a question to the API is refused for."""

import pytest

from tests.pages import data

pytestmark = pytest.mark.django_db

NEWS = "/api/v1/news/"


@pytest.mark.parametrize(
    ("query", "parameter", "value"),
    [
        ("?kind=news&kind=rumour", "kind", "rumour"), ("?country=atlantis", "country", "atlantis"),
        ("?institution=1", "institution", "1"), ("?topic=%00", "topic", "\0"), ("?language=xx", "language", "xx"),
        ("?sort=title", "sort", "title"), ("?size=30", "size", "30"), ("?page=0", "page", "0"),
        ("?page=9", "page", "9"), ("?at=yesterday", "at", "yesterday"), ("?at=2999-01-01", "at", "2999-01-01"),
        ("?q=mines&at=2020-01-01", "at", "2020-01-01"), ("?page=7&at=2020-01-01T00:00:00Z", "page", "7"),
    ],
)  # fmt: skip
def test_an_unknown_value_is_named(client, query, parameter, value):
    """With its parameter, in the form of RFC 9457."""
    told = data(client, NEWS + query, status=404)
    assert [(error["parameter"], error["value"]) for error in told["errors"]] == [(parameter, value)]
    assert told["type"] == "tag:127.0.0.1,2026:problems/unknown-value"
    assert (told["status"], told["instance"]) == (404, NEWS + query)


def test_a_bad_date_is_no_list(client):
    """Each is named, with what is wrong and what to write instead."""
    told = data(client, f"{NEWS}?from=soon&to=2024-02-30", status=400)
    assert told["type"] == "tag:127.0.0.1,2026:problems/unreadable-date"
    assert [(error["parameter"], error["value"]) for error in told["errors"]] == [
        ("from", "soon"),
        ("to", "2024-02-30"),
    ]
    assert "Write it as 2025-11-30." in told["errors"][0]["detail"]
