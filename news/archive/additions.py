"""Paragraphs that any story of a kind may have besides its own, so that texts differ in length.

One file for some kinds of text, laid out as a story is, without title and summary; a line that begins with `## ` stands
in front of two and more of them, at the end of the text. Without it they stand before the text's last paragraph.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from news.archive.stories import sections_of, values_of

FOLDER = Path(__file__).parent / "additions"
HEADING = "## "


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Additions:
    """What may be added in one language; the paragraphs take the same places in every language."""

    heading: str
    paragraphs: tuple[str, ...]


NONE = Additions(heading="", paragraphs=())


def additions(kind: str, language: str) -> Additions:
    """Return what a text of the kind may have besides its own paragraphs; nothing in a local language."""
    return _by_kind().get(kind, {}).get(language, NONE)


@cache
def _by_kind() -> dict[str, dict[str, Additions]]:
    found: dict[str, dict[str, Additions]] = {}
    for path in sorted(FOLDER.glob("*.txt")):
        facts, sections = sections_of(path)
        by_language = {language: _additions(lines) for language, lines in sections.items()}
        found |= dict.fromkeys(values_of(facts["kinds"]), by_language)
    return found


def _additions(lines: list[str]) -> Additions:
    heading = lines.pop(0) if lines[0].startswith(HEADING) else ""
    return Additions(heading=heading, paragraphs=tuple(lines))
