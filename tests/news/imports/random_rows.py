"""Random files, and what editors do between two imports of them."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from hypothesis import strategies as st

from news import workflow
from news.models import Edition, NewsItem
from news.workflow import RemovalWish
from tests.news.imports.files import story

NUMBERS = ["1", "2", "3", "4", "5", "6"]
MOMENTS = ["2020-06-01T08:00:00Z", "2021-02-03T10:00:00+01:00", "2199-01-01T00:00:00Z"]
OLD_PLACES = ["/a/1", "/node/17", "/b/2"]


def maybe(values: Any) -> Any:
    """Draw a value, or nothing at all in most cases."""
    return st.one_of(st.just(...), st.just(...), values)


def editions() -> Any:
    """Draw a history of two or three editions."""
    second = {"number": 2, "state": "approved", "visible_from": "2021-05-01T00:00:00Z", "change_note": "Mended."}
    third = {"number": 3, "state": "draft"}
    first = {"number": 1, "state": "approved", "visible_from": "2020-05-04T12:00:00Z", "title": "As it was"}
    return st.sampled_from([[first, second], [first, second, third], [first | {"state": "draft"}, second]])


def rows(number: str, language: str) -> Any:
    """Draw a row of a number and a language."""
    return st.builds(
        story,
        st.just(number),
        language=st.just(language),
        title=st.sampled_from(["A title", "Another title"]),
        summary=st.sampled_from(["In short.", "Shorter.", ""]),
        issued_at=st.sampled_from(["2020-05-03T10:00:00Z", "2020-05-03T10:00:00Z", "2020-05-04", "2199-01-01", ...]),
        state=maybe(st.sampled_from(["draft", "approved", "submitted"])),
        visible_from=maybe(st.sampled_from(MOMENTS)),
        translation_of=maybe(st.sampled_from([*NUMBERS, "99"])),
        related=maybe(st.lists(st.sampled_from([*NUMBERS, "99"]), max_size=2, unique=True)),
        former_addresses=maybe(st.lists(st.sampled_from(OLD_PLACES), max_size=2, unique=True)),
        countries=maybe(st.sampled_from([["serbia"], [], ["Atlantis"]])),
        topics=maybe(st.sampled_from([["Clouds"], ["the clouds", "Rain"]])),
        id=maybe(st.integers(1, 4).map(lambda number: number + 1_000_000)),
        removal=maybe(
            st.sampled_from(
                [
                    {"kind": "error"},
                    {"kind": "withdrawn", "explanation": "It was wrong."},
                    {"kind": "consolidated", "leads_to": "/news/"},
                    {"kind": "consolidated", "leads_to": {"source_id": "1"}},
                    {"kind": "consolidated", "leads_to": {"source_id": "2"}},
                ]
            )
        ),
        editions=maybe(maybe(editions())),
    ).map(_without_contradiction)


def _without_contradiction(row: dict[str, Any]) -> dict[str, Any]:
    """Leave to the editions what they say."""
    of_editions = {"state", "visible_from"} if "editions" in row else set()
    return {name: value for name, value in row.items() if name not in of_editions}


def files() -> Any:
    """Draw the rows of a file; now and then a number stands in it twice."""
    pairs = st.tuples(st.sampled_from(NUMBERS), st.sampled_from(["en", "en", "en", "de"]))
    keys = st.one_of(st.lists(pairs, max_size=6, unique=True), st.lists(pairs, max_size=6))
    return keys.flatmap(lambda pairs: st.tuples(*(rows(*pair) for pair in pairs)).map(list))


def options() -> Any:
    """Draw the options of an import."""
    taking = st.sampled_from([(), ("--publish",), ("--publish", "--take-theirs", "title")])
    return st.builds(tuple.__add__, taking, st.sampled_from([(), ("--create-missing",)]))


def edits() -> Any:
    """Draw what editors do, each to the item of a number."""
    return st.lists(
        st.tuples(st.sampled_from([rewrite, open_next, publish, remove]), st.sampled_from(NUMBERS)), max_size=4
    )


def edit(acts: list[Any]) -> None:
    """Do it, as far as the items are here and the verbs allow it."""
    for act, number in acts:
        for item in NewsItem.objects.filter(source_id=number):
            try:
                act(item, workflow.newest_edition(item))
            except ValidationError:
                continue


def rewrite(_item: NewsItem, newest: Edition) -> None:
    """Change the summary of an open draft."""
    workflow.save_draft(newest, replace(workflow.content_of(newest), summary="An editor’s words."), by=None)


def open_next(item: NewsItem, _newest: Edition) -> None:
    """Begin the next edition with another title."""
    rewritten = workflow.open_edition(item, by=None)
    workflow.save_draft(rewritten, replace(workflow.content_of(rewritten), title="An editor’s title"), by=None)


def publish(item: NewsItem, newest: Edition) -> None:
    """Publish the next edition with another title."""
    if not newest.is_open:
        open_next(item, newest)
    workflow.approve(workflow.newest_edition(item), by=None)


def remove(item: NewsItem, _newest: Edition) -> None:
    """Withdraw it."""
    wish = RemovalWish(kind="withdrawn", reason="For a test.", explanation="It was not right.")
    workflow.remove(item, wish, by=None)
