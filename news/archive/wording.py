"""Filling a story's slots in one language, and its text as HTML.

A text is prepared once for each combination of its choices, as a pattern whose slots are all that is left to fill.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton
from babel.numbers import format_decimal

from news.archive.additions import additions
from news.archive.places import Place
from news.archive.stories import CHOICE, Story, Wording

FIRST_DAYS = {1, 8, 11}  # French writes the first as 1er, Italian elides before 8 and 11
SPANISH_GROUPS_FROM = 10_000
MARKS = {"## ": "h2", "- ": "li", "> ": "blockquote"}
LEAP_YEAR = 2000  # has every day that is written without a year
NEXT_MEETING = {
    "en": "The next meeting is on {next_day}.",
    "fr": "La prochaine réunion aura lieu le {next_day}.",
    "de": "Das nächste Treffen ist am {next_day}.",
    "it": "La prossima riunione si terrà il {next_day}.",
    "ru": "Следующая встреча состоится {next_day}.",
    "es": "La próxima reunión será el {next_day}.",
    "sq": "Takimi i ardhshëm mbahet më {next_day}.",
    "uk": "Наступна зустріч відбудеться {next_day}.",
    "ro": "Următoarea reuniune are loc la {next_day}.",
    "sr": "Sledeći sastanak je {next_day}.",
}

type Chosen = tuple[tuple[int, int], ...]  # the number of each choice, and of the option taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What goes into the slots of a story, the same in all of its languages.

    Attributes:
        names_place: before the title: “Tirana: Young mediators …”.
        added: the places of the paragraphs that are added to the story's own.
        tells_meeting: when the next meeting is, in a sentence at the end.
    """

    place: Place
    issued_on: datetime.date
    numbers: Mapping[str, int]
    choices: Mapping[int, int]
    names_place: bool = False
    added: tuple[int, ...] = ()
    tells_meeting: bool = False

    def in_language(self, language: str) -> dict[str, str]:
        """Write the values as the language does."""
        next_day = self.next_day
        values = {name: _written(number, language) for name, number in self.numbers.items()}
        values["city"] = self.place.name(language)
        values["in_city"] = self.place.inside.get(language, values["city"])
        values["next_day"] = _written_day(next_day.month, next_day.day, language)
        values["year"] = str(self.issued_on.year)
        values["report"] = str(self.issued_on.timetuple().tm_yday)
        return values

    @property
    def next_day(self) -> datetime.date:
        """Return a day some days later that every language writes without an exception."""
        days = (self.issued_on + datetime.timedelta(days=ahead) for ahead in range(6, 10))
        return next(day for day in days if day.day not in FIRST_DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A story in one language, its choices taken; `blocks` are the parts of its HTML."""

    title: str
    summary: str
    blocks: tuple[str, ...]


def fill(text: str, filling: Filling, language: str) -> str:
    """Return the text with its choices taken and its slots filled."""
    return _chosen(text, filling.choices).format_map(filling.in_language(language))


def fill_title(wording: Wording, filling: Filling, language: str) -> str:
    """Return the title alone."""
    pattern = _pattern(wording, tuple(filling.choices.items()))
    return _title(pattern, filling, filling.in_language(language))


def fill_wording(story: Story, filling: Filling, language: str) -> tuple[str, str, str]:
    """Return title, summary and the body as HTML."""
    pattern = _pattern(story.wordings[language], tuple(filling.choices.items()))
    values = filling.in_language(language)
    blocks = _with_additions(pattern.blocks, story.kind, filling, language)
    body = "".join(blocks).format_map({name: escape(value, quote=False) for name, value in values.items()})
    return _title(pattern, filling, values), pattern.summary.format_map(values), body


def _title(pattern: Pattern, filling: Filling, values: Mapping[str, str]) -> str:
    title, place = pattern.title.format_map(values), values["city"]
    return f"{place}: {title}" if filling.names_place and place not in title else title


def _with_additions(blocks: tuple[str, ...], kind: str, filling: Filling, language: str) -> list[str]:
    """Return the parts of a text with those that are added to it, and when the next meeting is."""
    found = additions(kind, language)
    texts = [_paragraph(found.paragraphs[place]) for place in filling.added] if found.paragraphs else []
    if found.heading:
        heading = [_paragraph(found.heading)] if len(texts) > 1 else []
        whole = [*blocks, *heading, *texts]
    else:
        whole = [*blocks[:-1], *texts, blocks[-1]]
    if filling.tells_meeting:
        whole.append(_paragraph(NEXT_MEETING[language]))
    return whole


@cache
def _paragraph(line: str) -> str:
    return body_html([line])


@cache
def _pattern(wording: Wording, chosen: Chosen) -> Pattern:
    """Take the choices; there are a few dozen combinations for a story."""
    choices = dict(chosen)
    return Pattern(
        title=_chosen(wording.title, choices),
        summary=_chosen(wording.summary, choices),
        blocks=tuple(blocks_of(_chosen(line, choices) for line in wording.body)),
    )


def _chosen(text: str, choices: Mapping[int, int]) -> str:
    return CHOICE.sub(lambda match: match[2].split("|")[choices[int(match[1])]], text)


# How each line of a group is written, and what stands around the group.
MARKUP = {
    "li": ("<li><p>{text}</p></li>", "<ul>{texts}</ul>"),
    "blockquote": ("<p>{text}</p>", "<blockquote>{texts}</blockquote>"),
}


def body_html(lines: Iterable[str]) -> str:
    """Write lines as HTML: paragraphs, `## ` headings, `> ` quotations, and `- ` entries gathered into lists."""
    return "".join(blocks_of(lines))


def blocks_of(lines: Iterable[str]) -> list[str]:
    """Write lines as HTML, one part for each paragraph, heading, list and run of quotations."""
    parts = []
    for tag, group in groupby(lines, _tag):
        each, around = MARKUP.get(tag, ("<{tag}>{text}</{tag}>", "{texts}"))
        texts = [escape(line.removeprefix("## ").removeprefix("- ").removeprefix("> "), quote=False) for line in group]
        written = [each.format(tag=tag, text=text) for text in texts]
        parts.extend([around.format(texts="".join(written))] if tag in MARKUP else written)
    return parts


def _tag(line: str) -> str:
    return next((tag for mark, tag in MARKS.items() if line.startswith(mark)), "p")


@cache
def _written(number: int, language: str) -> str:
    """Write a number with the groups of the language; Spanish begins them at five digits, with a space."""
    locale = _locale(language)
    if locale.language == "es":
        return f"{number:,}".replace(",", "\u00a0") if number >= SPANISH_GROUPS_FROM else str(number)
    return format_decimal(number, locale=locale)


@cache
def _written_day(month: int, day: int, language: str) -> str:
    """Write a day of any year."""
    return format_skeleton("MMMMd", datetime.date(LEAP_YEAR, month, day), locale=_locale(language))


@cache
def _locale(language: str) -> Locale:
    """Return the locale of a language; English is British, and Montenegrin is written as Serbian in Latin letters."""
    special = {"en": "en_GB", "cnr": "sr_Latn_ME", "sr": "sr_Latn"}
    try:
        return Locale.parse(special.get(language, language))
    except UnknownLocaleError:
        return Locale.parse("en_GB")
