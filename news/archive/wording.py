"""Filling a story's slots in one language, and its text as HTML."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton
from babel.numbers import format_decimal

from news.archive.places import Place
from news.archive.stories import CHOICE, SLOT, Wording

FIRST_DAYS = {1, 8, 11}  # French writes the first as 1er, Italian elides before 8 and 11
SPANISH_GROUPS_FROM = 10_000
MARKS = {"## ": "h2", "- ": "li", "> ": "blockquote"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What goes into the slots of a story, the same in all of its languages."""

    place: Place
    issued_on: datetime.date
    numbers: Mapping[str, int]
    choices: Mapping[int, int]
    names_place: bool = False  # before the title: “Tirana: Young mediators …”

    def in_language(self, language: str) -> dict[str, str]:
        """Write the values as the language does."""
        locale = _locale(language)
        numbers = {name: _written(number, locale) for name, number in self.numbers.items()}
        return numbers | {
            "city": self.place.name(language),
            "in_city": self.place.inside.get(language, self.place.name(language)),
            "next_day": format_skeleton("MMMMd", self.next_day, locale=locale),
            "year": str(self.issued_on.year),
            "report": str(self.issued_on.timetuple().tm_yday),
        }

    @property
    def next_day(self) -> datetime.date:
        """Return a day some days later that every language writes without an exception."""
        days = (self.issued_on + datetime.timedelta(days=ahead) for ahead in range(6, 10))
        return next(day for day in days if day.day not in FIRST_DAYS)


def fill(text: str, filling: Filling, language: str) -> str:
    """Return the text with its choices taken and its slots filled."""
    values = filling.in_language(language)
    chosen = CHOICE.sub(lambda match: match[2].split("|")[filling.choices[int(match[1])]], text)
    return SLOT.sub(lambda match: values[match[1]], chosen)


def fill_wording(wording: Wording, filling: Filling, language: str) -> tuple[str, str, str]:
    """Return title, summary and the body as HTML."""
    title, summary, *body = fill(wording.text, filling, language).split("\n")
    if filling.names_place and filling.place.name(language) not in title:
        title = f"{filling.place.name(language)}: {title}"
    return title, summary, body_html(body)


# How each line of a group is written, and what stands around the group.
MARKUP = {
    "li": ("<li><p>{text}</p></li>", "<ul>{texts}</ul>"),
    "blockquote": ("<p>{text}</p>", "<blockquote>{texts}</blockquote>"),
}


def body_html(lines: Iterable[str]) -> str:
    """Write lines as HTML: paragraphs, `## ` headings, `> ` quotations, and `- ` entries gathered into lists."""
    parts = []
    for tag, group in groupby(lines, _tag):
        each, around = MARKUP.get(tag, ("<{tag}>{text}</{tag}>", "{texts}"))
        texts = [escape(line.removeprefix("## ").removeprefix("- ").removeprefix("> "), quote=False) for line in group]
        parts.append(around.format(texts="".join(each.format(tag=tag, text=text) for text in texts)))
    return "".join(parts)


def _tag(line: str) -> str:
    return next((tag for mark, tag in MARKS.items() if line.startswith(mark)), "p")


def _written(number: int, locale: Locale) -> str:
    """Write a number with the groups of the language; Spanish begins them at five digits, with a space."""
    if locale.language == "es":
        return f"{number:,}".replace(",", "\u00a0") if number >= SPANISH_GROUPS_FROM else str(number)
    return format_decimal(number, locale=locale)


def _locale(language: str) -> Locale:
    """Return the locale of a language; English is British, and Montenegrin is written as Serbian in Latin letters."""
    special = {"en": "en_GB", "cnr": "sr_Latn_ME", "sr": "sr_Latn"}
    try:
        return Locale.parse(special.get(language, language))
    except UnknownLocaleError:
        return Locale.parse("en_GB")
