"""What an export writes is read, and written again as the same bytes."""

import datetime
import tempfile
from dataclasses import replace
from pathlib import Path

import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from news.former_addresses import normal
from news.importers import json_lines
from news.importers.fields import FIELDS
from news.importers.json_lines_form import line_of
from news.importers.rows import EditionRow, InLine, ItemRow, Place, ReadingOptions, Reference, RemovalRow
from news.importers.sources import open_sources
from news.item_export import everything, exported_rows
from news.models import Edition
from news.models.removal import Removal
from tests.news.archives import NOW, STORIES, FreshTestCase, names, publish

LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co", "Zs", "Zl", "Zp"])
WORDS = st.text(LETTERS, min_size=1, max_size=12)
SLUGS = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,4})?", fullmatch=True)
PATHS = (WORDS | st.just("a b%20c")).map("/x/{}".format).map(normal).filter(bool)
LANGUAGES = st.sampled_from(["en", "fr", "sq", "cnr"])
REFERENCES = st.builds(Reference, number=st.integers(1, 10**12)) | st.builds(
    Reference, source=st.sampled_from(["osce.org", "b"]), source_id=WORDS, language=LANGUAGES
)


def moments(first_year):
    """Return moments of ten years, some of them with parts of a second."""
    first = datetime.datetime(first_year, 1, 1)  # noqa: DTZ001 - the strategy adds the zone
    return st.datetimes(first, first.replace(year=first_year + 9), timezones=st.just(datetime.UTC))


@st.composite
def editions(draw, number, *, is_last):
    """Return an edition that a database could hold; the last one alone may be open."""
    is_approved = not is_last or draw(st.booleans())
    return EditionRow(
        number=number,
        title=draw(WORDS),
        kind=draw(st.sampled_from(Edition.Kind.values)),
        summary=draw(WORDS | st.just("")),
        dateline=draw(WORDS | st.just("")),
        body=draw(WORDS.map("<p>{}</p>".format) | st.just("")),
        issued_at=draw(moments(2001)) if is_approved else None,
        issued_by=tuple(draw(st.lists(SLUGS, max_size=2, unique=True))),
        countries=tuple(sorted(draw(st.lists(SLUGS, max_size=2, unique=True)))),
        topics=tuple(sorted(draw(st.lists(SLUGS, max_size=2, unique=True)))),
        related=tuple(draw(st.lists(REFERENCES, max_size=2, unique=True))),
        state="approved" if is_approved else "draft",
        visible_from=draw(moments(2011)) if is_approved else None,
        visible_until=draw(moments(2021) | st.none()) if is_approved else None,
        listed_until=draw(moments(2021) | st.none()) if is_approved else None,
        is_minor=draw(st.booleans()),
        change_note=draw(WORDS | st.just("")),
        remark="" if is_approved else draw(WORDS | st.just("")),
        renders=draw(st.integers(0, 3)),
    )


@st.composite
def removals(draw, *, is_undone):
    """Return a removal of any kind."""
    kind = draw(st.sampled_from(Removal.Kind.values))
    destinations = {"withdrawn": st.just(""), "consolidated": st.just("/news/") | REFERENCES}
    return RemovalRow(
        kind=kind,
        explanation=draw(WORDS),
        leads_to=draw(destinations.get(kind, st.just("") | REFERENCES)),
        removed_at=draw(moments(2001)),
        undone_at=draw(moments(2011)) if is_undone else None,
    )


@st.composite
def items(draw):
    """Return an item that a database could hold."""
    numbers = draw(st.lists(st.integers(1, 9), min_size=1, max_size=3, unique=True).map(sorted))
    undone = draw(st.lists(removals(is_undone=True), max_size=2))
    is_numbered = draw(st.booleans())
    return ItemRow(
        whereabouts=InLine(at=Place(file="x", line=1)),
        source="osce.org" if is_numbered else "",
        source_id=draw(WORDS) if is_numbered else "",
        language=draw(LANGUAGES),
        editions=tuple(draw(editions(number, is_last=number == numbers[-1])) for number in numbers),
        given=frozenset(FIELDS),
        number=draw(st.integers(1, 10**12)),
        slug=draw(SLUGS),
        translation_of=draw(REFERENCES | st.none()),
        former_addresses=tuple(sorted(draw(st.lists(PATHS, max_size=2, unique=True)))),
        removals=(*undone, *draw(st.lists(removals(is_undone=False), max_size=1))),
    )


def read_again(lines, file):
    """Read the lines as an import does; the item's own address is none of its former ones."""
    file.write_bytes(b"".join(lines))
    (source,) = open_sources([str(file)]).files
    for row in json_lines.read(source, ReadingOptions()):
        assert isinstance(row, ItemRow), [str(problem) for problem in row.problems]
        own = f"/news/{row.number}/{row.slug}"
        yield replace(row, former_addresses=tuple(path for path in row.former_addresses if own not in path))


@settings(deadline=None)
@given(item=items())
def test_a_line_is_read_as_the_row_that_it_was_made_of(item, tmp_path_factory):
    """All of it, and written again as the same bytes."""
    (row,) = read_again([line_of(item)], tmp_path_factory.mktemp("row") / "a.jsonl")
    assert line_of(row) == line_of(item)
    for name in ("source", "source_id", "number", "slug", "language", "former_addresses"):
        assert getattr(row, name) == getattr(item, name)
    assert [_own(edition, item) for edition in row.editions] == [_own(edition, item) for edition in item.editions]


def _own(edition, item):
    """Return the edition with what a reader need not say: the source of related items, and that it is the first."""
    related = (replace(to, source=to.source or item.source) if to.source_id else to for to in edition.related)
    return replace(edition, related=tuple(related), number=edition.number or 1)


class RoundTrip(FreshTestCase):
    """An archive of chance comes out as lines that are read without a fault."""

    @settings(max_examples=10, deadline=None)
    @given(drawn=STORIES)
    def test_an_archive_is_written_again_as_the_same_bytes(self, drawn):
        """Embargoes, corrections, removals and translations of all sorts."""
        with time_machine.travel(NOW, tick=False):
            publish(drawn, names())
            lines = [line_of(row) for row in exported_rows(everything())]
        with tempfile.TemporaryDirectory() as folder:
            assert [line_of(row) for row in read_again(lines, Path(folder) / "a.jsonl")] == lines
