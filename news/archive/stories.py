"""The texts of the sample archive: one file for a story, its facts first, then a section for each language.

    kind: news
    issuers: field operations; Conflict Prevention Centre
    topics: Border management
    place: capital
    n1: 20-60

    == en
    The title, with slots {in_city}, {n1} and choices {1:a river|a lake}
    The summary
    A paragraph, ## a heading, - an entry of a list, > a quotation

A choice takes the same place in every language of the story: `{1:a river|a lake}` goes with `{1:un fleuve|un lac}`.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "stories"
CHOICE = re.compile(r"\{(\d):([^{}]*)\}")
SLOT = re.compile(r"\{(\w+)\}")
NUMBER_SLOT = re.compile(r"n\d")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # one of each, kept by what it is
class Wording:
    """A story in one language, its slots still open."""

    title: str
    summary: str
    body: tuple[str, ...]

    @property
    def paragraphs(self) -> int:
        """Count its paragraphs, quotations included: what is neither a heading nor an entry of a list."""
        return sum(not line.startswith(("## ", "- ")) for line in self.body)

    @property
    def text(self) -> str:
        """Return all of it, for questions about its slots."""
        return "\n".join((self.title, self.summary, *self.body))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Story:
    """What a story is about and how it reads in each of its languages."""

    name: str
    kind: str
    issuers: tuple[str, ...]
    topics: tuple[str, ...]
    place: str  # anywhere, the capital, or the issuer's seat; a field operation stays in its country
    neighbours: int
    numbers: dict[str, tuple[int, int]]
    choices: dict[int, int]
    wordings: dict[str, Wording] = field(repr=False)


@cache
def stories() -> tuple[Story, ...]:
    """Read all stories, in the order of their names."""
    return tuple(read_story(path) for path in sorted(FOLDER.glob("*.txt")))


def read_story(path: Path) -> Story:
    """Read the file of one story."""
    facts, sections = sections_of(path)
    wordings = {
        language: Wording(title=title, summary=summary, body=tuple(body))
        for language, (title, summary, *body) in sections.items()
    }
    return Story(
        name=path.stem,
        kind=facts["kind"],
        issuers=values_of(facts["issuers"]),
        topics=values_of(facts["topics"]),
        place=facts.get("place", "anywhere"),
        neighbours=int(facts.get("neighbours", 0)),
        numbers={name: _span(value) for name, value in facts.items() if NUMBER_SLOT.fullmatch(name)},
        choices=choices_in(wordings["en"].text),
        wordings=wordings,
    )


def sections_of(path: Path) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Read a file: its facts by name, and the lines of its sections by language."""
    head, *sections = re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    facts = dict(line.split(": ", 1) for line in head.splitlines() if line.strip())
    by_language = {}
    for section in sections:
        language, *lines = (line.strip() for line in section.splitlines() if line.strip())
        by_language[language] = lines
    return facts, by_language


def choices_in(text: str) -> dict[int, int]:
    """Count the options of each numbered choice."""
    return {int(number): options.count("|") + 1 for number, options in CHOICE.findall(text)}


def values_of(text: str) -> tuple[str, ...]:
    """Read what semicolons separate."""
    return tuple(value.strip() for value in text.split(";"))


def _span(text: str) -> tuple[int, int]:
    first, last = text.split("-")
    return int(first), int(last)
