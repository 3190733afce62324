"""A sample story as rows of an import: the original, then its translations, each with its editions and its end."""

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from news.archive.casting import Cast
from news.archive.fates import CHANGE_NOTES, EXPLANATIONS, Fate
from news.archive.stories import Story
from news.archive.wording import Filling, fill_wording
from news.importers.rows import EditionRow, InLine, ItemRow, Place, Reference, RemovalRow
from news.models import Edition, Removal

SOURCE = "sample archive"
FOLLOWS_THE_ORIGINAL = 0.6  # how often a translation is corrected too
ERRORS = (100, 200, 300)  # what a wrong number is too high by; the noun after it keeps its form
CONTENT = ("title", "kind", "summary", "dateline", "issued_at", "issued_by", "countries", "topics", "related")
COURSE = ("state", "visible_from", "visible_until", "listed_until", "renders")  # of an only edition: it has no note


@dataclass(frozen=True, slots=True, kw_only=True)
class Tale:
    """A story with all that was chosen for it; the first language is the original's."""

    source_id: str
    story: Story
    cast: Cast
    filling: Filling
    languages: list[str]
    fate: Fate
    related: tuple[Reference, ...]
    leads_to: Reference | None  # where readers find it, once it is consolidated


def rows_of(tale: Tale, rng: random.Random, *, number: int) -> Iterator[ItemRow]:
    """Write a story in its languages.

    Args:
        tale: the story.
        rng: what decides which translations follow a correction.
        number: of the first row in the archive, from 1.
    """
    fillings = _fillings(tale, rng)
    for place, language in enumerate(tale.languages):
        told = fillings if place == 0 or rng.random() < FOLLOWS_THE_ORIGINAL else fillings[:1]
        yield _row(tale, language, _editions(tale, language, told), line=number + place)


def _fillings(tale: Tale, rng: random.Random) -> list[Filling]:
    """Return what fills each edition: a number is wrong at first, and in the end the next meeting has its date."""
    count = len(tale.fate.moments)
    if count <= 1:
        return [tale.filling]
    name, number = next(iter(tale.filling.numbers.items()))
    wrong = replace(tale.filling, numbers={**tale.filling.numbers, name: number + rng.choice(ERRORS)})
    return [wrong, tale.filling, replace(tale.filling, tells_meeting=True)][:count]


def _row(tale: Tale, language: str, editions: tuple[EditionRow, ...], *, line: int) -> ItemRow:
    """Put a text's editions and its removal together; the file would give what is not empty."""
    original = tale.languages[0]
    removals = tuple(_removal(tale, language))
    is_translation = language != original
    return ItemRow(
        whereabouts=InLine(at=Place(file=SOURCE, line=line)),
        source=SOURCE,
        source_id=tale.source_id,
        language=language,
        editions=editions,
        given=frozenset(_given(editions, is_translation=is_translation, is_removed=bool(removals))),
        translation_of=Reference(source_id=tale.source_id, language=original) if is_translation else None,
        removals=removals,
    )


def _given(editions: tuple[EditionRow, ...], *, is_translation: bool, is_removed: bool) -> Iterator[str]:
    """Yield the names of the fields that a file of this row has."""
    yield from ("source", "source_id", "language", "body_html")
    yield from (name for name in CONTENT if getattr(editions[-1], name))
    if len(editions) > 1:
        yield "editions"
    else:
        yield from (name for name in COURSE if getattr(editions[0], name))
    if is_translation:
        yield "translation_of"
    if is_removed:
        yield "removal"


def _removal(tale: Tale, language: str) -> Iterator[RemovalRow]:
    """Yield the removal of a text that meets one."""
    fate = tale.fate
    if fate.removal:
        yield RemovalRow(
            kind=fate.removal.value,
            explanation=EXPLANATIONS[fate.removal][language] if fate.removal in EXPLANATIONS else "",
            leads_to=tale.leads_to or "",
            removed_at=fate.removed_at,
        )


def _editions(tale: Tale, language: str, fillings: list[Filling]) -> tuple[EditionRow, ...]:
    """Write the editions of a text, oldest first; a draft is one."""
    courses = _courses(tale, language, len(fillings)) if tale.fate.moments else [{"state": Edition.State.DRAFT.value}]
    return tuple(_edition(tale, language, filling, course) for filling, course in zip(fillings, courses, strict=True))


def _courses(tale: Tale, language: str, count: int) -> list[dict[str, Any]]:
    """Return when each of the editions is visible, and what readers are told of it."""
    fate = tale.fate
    ends: tuple[datetime.datetime | None, ...] = (*fate.moments[1:count], None)
    courses: list[dict[str, Any]] = [
        {
            "number": number if count > 1 else 0,  # an only edition is not numbered
            "state": Edition.State.APPROVED.value,
            "visible_from": visible_from,
            "visible_until": visible_until,
            "renders": 0 if language == tale.languages[0] else number,
        }
        for number, (visible_from, visible_until) in enumerate(zip(fate.moments, ends, strict=False), 1)
    ]
    for course, note in zip(courses[1:], CHANGE_NOTES[language], strict=False):
        course["change_note"] = note
    if fate.is_minor and count > 1:
        courses[1] |= {"is_minor": True, "change_note": ""}
    courses[-1] |= _end(fate)
    return courses


def _end(fate: Fate) -> dict[str, Any]:
    """Return how the last edition ends: what is consolidated is no longer visible, what is withdrawn not listed.

    An error is told by its removal alone.
    """
    ends = {Removal.Kind.CONSOLIDATED: "visible_until", Removal.Kind.WITHDRAWN: "listed_until"}
    name = ends.get(fate.removal) if fate.removal else None
    return {name: fate.removed_at} if name else {}


def _edition(tale: Tale, language: str, filling: Filling, course: dict[str, Any]) -> EditionRow:
    title, summary, body = fill_wording(tale.story, filling, language)
    return EditionRow(
        title=title,
        kind=tale.story.kind,
        summary=summary,
        dateline=tale.cast.dateline(language),
        body=body,
        issued_at=tale.fate.issued_at,
        issued_by=tale.cast.issued_by,
        countries=tale.cast.countries,
        topics=tale.cast.topics,
        related=tale.related,
        **course,
    )
