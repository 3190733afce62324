"""Two editions side by side."""

import dataclasses
import datetime

import pytest

from news.comparison import compare
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    """Return a function that makes two editions of an item, of which the second differs in what is given."""

    def make(**changed):
        institution, country, topic = builders.institution("Secretariat"), builders.country(), builders.topic("Arms")
        first = builders.content(
            "Title", kind="news", dateline="VIENNA", body="<p>Body.</p>",
            issued_by=[institution.pk], countries=[country.pk], topics=[topic.pk],
        )  # fmt: skip
        fields = {field.name: getattr(first, field.name) for field in dataclasses.fields(first)}
        old = builders.published(**fields)
        return old, builders.next_edition(old, **(fields | {"is_minor": True} | changed))

    return make


def fields(comparison):
    """Return name, old and new value of each field that differs."""
    return [(str(field.name), field.old, field.new) for field in comparison.fields]


def test_editions_that_say_the_same_have_no_differences(pair):
    """A minor edition that undoes a removal is one."""
    comparison = compare(*pair(), titles={})
    assert not comparison.has_differences
    assert comparison.fields == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"kind": "press-release"}, ("Kind", "News", "Press release")),
        ({"dateline": ""}, ("Dateline", "VIENNA", "")),
        (
            {"issued_at": builders.LONG_AGO + datetime.timedelta(hours=2)},
            ("Issued on", "15 January 2020, 10:00", "15 January 2020, 12:00"),
        ),
        ({"topics": []}, ("Fields of work", "Arms", "")),
    ],
    ids=lambda value: "" if isinstance(value, tuple) else next(iter(value)),
)
def test_a_field_that_changed_is_told_with_both_its_values(pair, changed, expected):
    """In the words of the page."""
    comparison = compare(*pair(**changed), titles={})
    assert fields(comparison) == [expected]
    assert comparison.has_differences


def test_of_several_institutions_only_those_that_changed_are_marked(pair):
    """A change of their order is a change too."""
    other = builders.institution("Mission")
    old, new = pair()
    both = builders.next_edition(old, "Title", issued_by=[*old.tags["issued_by"], other.pk], is_minor=True)
    (change,) = [field for field in compare(old, both, titles={}).fields if str(field.name) == "Issued by"]
    assert [(value.text, value.change) for value in change.values] == [("Secretariat", "same"), ("Mission", "added")]
    turned = builders.next_edition(old, "Title", issued_by=[other.pk, *old.tags["issued_by"]], is_minor=True)
    assert ("Issued by", "Secretariat, Mission", "Mission, Secretariat") in fields(compare(both, turned, titles={}))
    assert new.tags["issued_by"] == old.tags["issued_by"]


def test_a_related_item_is_named_only_where_its_title_may_be_known(pair):
    """What is no page for readers is no name for them."""
    known, secret = builders.published("Known"), builders.draft("Secret")
    old, new = pair(related=[known.item_id, secret.item_id])
    comparison = compare(old, new, titles={known.item_id: "Known"})
    assert fields(comparison) == [("Related items", "", "Known")]


def test_a_text_whose_bold_words_changed_has_the_same_words_in_another_form(pair):
    """That is said, and nothing is marked."""
    comparison = compare(*pair(body="<p><strong>Body</strong>.</p>"), titles={})
    assert comparison.is_formatted_anew
    assert not comparison.has_new_body
    assert comparison.has_differences


def test_title_summary_and_text_tell_whether_they_changed(pair):
    """Each by itself."""
    comparison = compare(*pair(title="Other title", summary="Other."), titles={})
    assert (comparison.has_new_title, comparison.has_new_summary, comparison.has_new_body) == (True, True, False)
    assert not comparison.is_formatted_anew
