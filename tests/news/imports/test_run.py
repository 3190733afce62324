"""Rows on their way in: what becomes of each, and that a second run finds nothing to do."""

import pytest

from news.models import Edition, NewsItem
from tests import builders
from tests.news.imports.files import story, take, versions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def secretariat(db: None) -> int:  # noqa: ARG001 - opens the database
    """Have the institution that rows name."""
    return builders.institution("Secretariat").pk


@pytest.fixture
def file(tmp_path):
    """Return the path of a file to import."""
    return tmp_path / "rows.jsonl"


def acts(told):
    """Return the acts of what was told."""
    return [one["act"] for one in told]


def test_a_second_run_writes_nothing_but_its_own_batch(file):
    """Not even a row version changes."""
    rows = [story(1), story(2, related=["1"]), story(3, translation_of="1", language="fr")]
    assert acts(take(file, rows, "--publish")) == ["create"] * 3
    before = versions()
    assert acts(take(file, rows, "--publish")) == ["unchanged"] * 3
    assert versions() == before


def test_a_row_may_refer_to_a_later_one_and_two_to_each_other(file):
    """Whatever the order of the file."""
    rows = [story(1, related=["2"]), story(2, related=["1"]), story(3, language="de", translation_of="4"), story(4)]
    take(file, rows)
    items = {item.source_id: item for item in NewsItem.objects.all()}
    assert items["3"].translation_of == items["4"]
    related = dict(Edition.objects.values_list("item__source_id", "tags__related"))
    assert (related["1"], related["2"]) == ([items["2"].pk], [items["1"].pk])


def test_a_row_that_counts_on_a_refused_one_is_refused_too(file):
    """In a plan as in an import."""
    rows = [
        story(1, former_addresses=["/old"]),
        story(2, former_addresses=["/old"]),
        story(3, translation_of="2", language="de"),
        story(4, related=["2"]),
    ]
    planned = take(file, rows, "--plan")
    assert acts(planned) == ["create", "rejected", "rejected", "create"]
    assert planned[3]["notes"] == ["the related item “2” is not here: it is left out"]
    assert [one["problems"] for one in take(file, rows)] == [one["problems"] for one in planned]
