"""What a plan tells is what happens, for random files and whatever editors do in between."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from news import workflow
from news.imports.meeting import FILE_NAMES, told
from news.imports.versions import Names
from news.models import NewsItem
from taxonomy import catalogue
from tests import builders
from tests.news.imports import random_rows
from tests.news.imports.files import everything, take

pytestmark = pytest.mark.django_db
RUNS = {"news.importbatch", "news.importentry"}


@pytest.fixture(autouse=True)
def names(db: None) -> None:  # noqa: ARG001 - opens the database
    """Have what rows name."""
    builders.institution("Secretariat")
    builders.country("Serbia")


def stored(edition: Any, name: str) -> Any:
    """Return a field of an edition as a report tells it."""
    ours = {theirs: ours for ours, theirs in FILE_NAMES.items()}[name]
    return told(Names().told(ours, getattr(workflow.content_of(edition), ours)))


def hold_against_the_site(one: dict[str, Any], before: dict[int, str]) -> None:
    """Compare what was told of a row with what is stored of its item."""
    item = NewsItem.objects.get(pk=one["id"])
    newest = workflow.newest_edition(item)
    assert newest is not None
    if one["act"] == "create":
        assert item.pk not in before
        assert (newest.title, newest.is_open) == (one["title"], "draft" in one["outcome"] or newest.is_open)
    elif one["act"] == "update":
        for name, (_was, is_now) in one["changes"].items():
            if name in FILE_NAMES.values() and "removed" not in one["outcome"]:
                assert stored(newest, name) == is_now
    else:
        assert before[item.pk] == fingerprint(item)
    assert ("removed" in one["outcome"]) <= item.removals.standing().exists()


def fingerprint(item: NewsItem) -> str:
    """Return all that is stored of an item's editions, removals and addresses."""
    related = (item.editions, item.removals, item.former_addresses)
    return repr([sorted(map(repr, records.values_list())) for records in related])


@settings(max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(
    first=random_rows.files(),
    edits=random_rows.edits(),
    second=random_rows.files(),
    options=random_rows.options(),
    before=random_rows.options(),
)
def test_an_import_does_what_its_plan_tells(tmp_path_factory, first, edits, second, options, before):
    """And the plan touches nothing; the second run has nothing left to write."""
    file = tmp_path_factory.mktemp("files") / "rows.jsonl"
    with transaction.atomic():
        take(file, first, *before)
        random_rows.edit(edits)
        untouched = everything()
        planned = take(file, second, "--plan", *options)
        assert everything() == untouched
        items = {item.pk: fingerprint(item) for item in NewsItem.objects.all()}
        done = take(file, second, *options)
        assert [without_number(one) for one in planned] == [without_number(one) for one in done]
        for one in done:
            if one["id"]:
                hold_against_the_site(one, items)
        after = everything(but=RUNS)
        again = take(file, second, *options)
        assert not {one["act"] for one in again} & {"create", "update"}
        assert everything(but=RUNS) == after
        transaction.set_rollback(True)
    catalogue.forget()  # which knows what was rolled back


def without_number(one: dict[str, Any]) -> dict[str, Any]:
    """Leave out the number of a new item, which no plan knows."""
    return one | ({"id": None} if one["act"] == "create" else {})
