"""From a row to what an edition holds: names resolved, HTML cleaned, each problem with its place."""

import datetime
import difflib
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from news.importers.rows import EditionRow, ItemRow, Problem, Reference, shown
from news.importers.written_dates import VIENNA
from news.models import Edition
from news.words.all_words import Words
from news.workflow import Content, missing_from
from news.workflow.held import NOTHING, Held
from taxonomy.catalogue import catalogue
from taxonomy.names import NameIndex, country_names, institution_names, key, topic_names
from taxonomy.rich_text import sanitize_with_files

State = Edition.State
# By what the content calls them; the file calls the text "body_html".
COMPARED = ("kind", "title", "summary", "dateline", "body", "issued_at", "issued_by", "countries", "topics", "related")
NAMED = {"issued_by": "institution", "countries": "country", "topics": "field of work"}
KINDS = frozenset(Edition.Kind.values)
DIGEST_BYTES = 6  # of a field: 2^48 values, compared only with the one that was there before
SAID_BYTES = 16


@dataclass(slots=True, kw_only=True)
class Version:
    """An edition on its way: its content, and how far it is to go.

    Attributes:
        related: what `content.related` is to be, once everything that is referred to has its number.
        renders: the number of the original's edition that it renders; 0 for the newest approved one.
        wishes_approval: whether it is to be public; it stays a draft where it lacks something.
        held: its pictures and files, which editors have added to what it follows.
        pk: its own, once it has one.
    """

    content: Content
    state: str
    wishes_approval: bool = False
    number: int = 0
    visible_from: datetime.datetime | None = None
    visible_until: datetime.datetime | None = None
    listed_until: datetime.datetime | None = None
    is_retracted: bool = False
    remark: str = ""
    related: tuple[Reference, ...] = ()
    renders: int = 0
    lacks: tuple[str, ...] = ()
    words: Words | None = None
    held: Held = NOTHING
    pk: int = 0


class Ready(NamedTuple):
    """What was made of an edition before: its body cleaned, and its words, where they were worked out."""

    body: str
    words: Words | None


class Names:
    """The names of institutions, countries and fields of work, read once; each text is looked up once."""

    def __init__(self, *, creates_missing: bool = False) -> None:
        """Read them; `creates_missing` says whether institutions and fields of work are created."""
        self.creates_missing = creates_missing
        known = catalogue()
        kinds: dict[str, Any] = {"issued_by": known.institutions, "countries": known.countries, "topics": known.topics}
        self.slugs = {name: {pk: entry.slug for pk, entry in entries.items()} for name, entries in kinds.items()}
        self.added: dict[tuple[str, str], int] = {}  # by field and key: since the names were read
        self.indexes: dict[str, NameIndex] = {
            "issued_by": institution_names(),
            "countries": country_names(),
            "topics": topic_names(),
        }
        self.known: dict[tuple[str, str], int | str] = {}

    def numbers(self, name: str, row: ItemRow, texts: Iterable[str], problems: list[Problem]) -> tuple[int, ...]:
        """Return the records that the texts name, each once; add a problem for each that is not known."""
        found: dict[int, None] = {}
        for position, text in enumerate(texts):
            number = self._number(name, text)
            if isinstance(number, int):
                found[number] = None
            else:
                problems.append(Problem(place=row.whereabouts.place(name, position), text=f"{NAMED[name]} {number}"))
        return tuple(found)

    def _number(self, name: str, text: str) -> int | str:
        """Return the number of what the text names, or what is wrong with it."""
        number = self.known.get((name, text)) or self.added.get((name, key(text)))
        if number is None:
            resolution = self.indexes[name].resolve(text)
            number = resolution.found.pk if resolution.found else resolution.problem
            if self.creates_missing and name == "countries" and not resolution.found:
                number = f"{resolution.problem} Countries are never created."
            self.known[name, text] = number
        return number

    def is_unknown(self, name: str, text: str) -> bool:
        """Say whether nothing bears the name; one that several bear is known."""
        is_known = isinstance(self._number(name, text), int)
        return not is_known and not self.indexes[name].resolve(text).candidates

    def add(self, name: str, text: str, slug: str, number: int) -> None:
        """Know a record from now on that was not there; one that is only planned has the number 0 here."""
        number = number or -1 - len(self.added)
        self.added[name, key(text)] = number
        self.slugs[name][number] = slug
        self.known = {known: found for known, found in self.known.items() if isinstance(found, int)}

    def told(self, name: str, value: Any) -> Any:
        """Return the value of a field as reports show it: what a text is tagged with by its slug."""
        slugs = self.slugs.get(name)
        return value if slugs is None else [slugs.get(number, str(number)) for number in value]


def read_versions(
    row: ItemRow, names: Names, *, publish: bool, ready: Ready | None = None
) -> tuple[list[Version], list[Problem]]:
    """Return the row's editions as they are to be stored, and everything that is wrong with them.

    Args:
        row: the row.
        names: of institutions, countries and fields of work.
        publish: whether editions that do not say how far they are become public.
        ready: what was made of the newest edition before.
    """
    problems: list[Problem] = []
    of_editions = [*[None] * (len(row.editions) - 1), ready]
    versions = [
        _version(row, edition, names, problems, of_edition, publish=publish)
        for edition, of_edition in zip(row.editions, of_editions, strict=True)
    ]
    _number(versions)
    _end_each_with_the_next(versions)
    problems += _against_history(row, versions)
    return versions, problems


def cleaned(body: str) -> str:
    """Return HTML as it is stored."""
    return sanitize_with_files(body) if body else ""


def said_by(row: ItemRow, *, publish: bool) -> str:
    """Return a fingerprint of all that the row says, the same for the same moment in any zone."""
    said = (
        row.editions,
        row.slug,
        row.number,
        row.translation_of,
        row.former_addresses,
        row.removals,
        sorted(row.given),
    )
    return hashlib.blake2b(repr((said, publish)).encode("utf-8", "surrogatepass"), digest_size=SAID_BYTES).hexdigest()


def digests(content: Content) -> dict[str, str]:
    """Return a fingerprint of each field, to tell later whether somebody has changed it."""
    return {name: digest(getattr(content, name)) for name in COMPARED}


def digest(value: Any) -> str:
    """Return the fingerprint of one field's value."""
    if isinstance(value, datetime.datetime):
        value = value.timestamp()
    elif not isinstance(value, str):
        value = list(value) if value is not None else None
    return hashlib.blake2b(str(value).encode(), digest_size=DIGEST_BYTES).hexdigest()


def told_moment(moment: datetime.datetime) -> str:
    """Return a moment as reports and errors show it: in Vienna's time, with its distance from UTC."""
    return moment.astimezone(VIENNA).isoformat(" ", "seconds")


def _version(
    row: ItemRow, edition: EditionRow, names: Names, problems: list[Problem], ready: Ready | None, *, publish: bool
) -> Version:
    content = _content(row, edition, names, problems, ready)
    state = edition.state or (State.APPROVED if publish or edition.visible_from else State.DRAFT)
    version = Version(
        content=content,
        state=state,
        wishes_approval=state == State.APPROVED,
        number=edition.number,
        visible_from=edition.visible_from,
        visible_until=edition.visible_until,
        listed_until=edition.listed_until,
        remark=edition.remark,
        related=edition.related,
        renders=edition.renders,
        words=ready.words if ready else None,
    )
    if state == State.APPROVED:
        _approve(version)
    return version


def _content(row: ItemRow, edition: EditionRow, names: Names, problems: list[Problem], ready: Ready | None) -> Content:
    """Return what the edition holds, its names resolved and its HTML cleaned."""
    return Content(
        title=edition.title,
        kind=_kind(row, edition, problems),
        summary=edition.summary,
        dateline=edition.dateline,
        body=ready.body if ready else cleaned(edition.body),
        issued_at=edition.issued_at,
        issued_by=names.numbers("issued_by", row, edition.issued_by, problems),
        countries=names.numbers("countries", row, edition.countries, problems),
        topics=names.numbers("topics", row, edition.topics, problems),
        pictures=edition.pictures,
        attachments=edition.attachments,
        is_minor=edition.is_minor,
        change_note=edition.change_note,
    )


def _approve(version: Version) -> None:
    """Let a complete edition be visible from its moment; one that lacks something stays a draft."""
    lacks = missing_from(version.content, needs_note=False)
    if lacks:
        version.lacks = tuple(lacks.values())
        version.state, version.visible_from = State.DRAFT, None
        return
    version.visible_from = version.visible_from or version.content.issued_at


def _kind(row: ItemRow, edition: EditionRow, problems: list[Problem]) -> str:
    """Return the kind; a text without one is news."""
    if not edition.kind or edition.kind in KINDS:
        return edition.kind or Edition.Kind.NEWS
    near = difflib.get_close_matches(edition.kind.casefold().replace(" ", "-"), Edition.Kind.values, n=1, cutoff=0.5)
    hint = f" Did you mean “{near[0]}”?" if near else f" Use one of {', '.join(Edition.Kind.values)}."
    problems.append(
        Problem(place=row.whereabouts.place("kind"), text=f"kind “{shown(edition.kind)}” is not known.{hint}")
    )
    return edition.kind


def _number(versions: Sequence[Version]) -> None:
    """Number the editions that the file does not number."""
    for before, version in zip([None, *versions], versions, strict=False):
        version.number = version.number or (before.number + 1 if before else 1)


def _end_each_with_the_next(versions: Sequence[Version]) -> None:
    """Let an edition end when the next one begins, where the file does not say."""
    for version, following in pairwise(versions):
        if version.visible_from and version.visible_until is None:
            version.visible_until = following.visible_from


def _against_history(row: ItemRow, versions: Sequence[Version]) -> list[Problem]:
    """Say what is wrong with the order of the editions, or with the moments of one."""
    texts = [text for version in versions for text in _against_moments(version)]
    texts += [text for before, version in pairwise(versions) for text in _against_order(before, version)]
    if not texts:
        return []
    place = row.whereabouts.place("editions" if len(versions) > 1 else "visible_from")
    return [Problem(place=place, text=text) for text in texts]


def _against_order(before: Version, version: Version) -> list[str]:
    texts = []
    if before.state != State.APPROVED:
        lacks = f" (it lacks {', '.join(before.lacks)})" if before.lacks else ""
        texts.append(f"edition {before.number} is not approved{lacks}, so no edition can follow it.")
    elif version.visible_from and before.visible_until and before.visible_until > version.visible_from:
        texts.append(f"edition {before.number} is visible later than edition {version.number} begins.")
    if version.number <= before.number:
        texts.append(f"edition {version.number} stands behind edition {before.number}: list the oldest first.")
    return texts


def _against_moments(version: Version) -> list[str]:
    begins, ends, issued_at = version.visible_from, version.visible_until, version.content.issued_at
    texts = []
    if begins and issued_at and issued_at > begins:
        texts.append(f"visible_from {told_moment(begins)} lies before issued_at {told_moment(issued_at)}.")
    if begins and ends and ends <= begins:
        texts.append(f"visible_until {told_moment(ends)} does not lie after visible_from.")
    return texts
