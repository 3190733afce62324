"""The one way in which an item is written as a line."""

import datetime
import json
from dataclasses import replace

import pytest

from news.importers.fields import ALWAYS_WRITTEN, EDITION_FIELDS, FIELDS, REMOVAL_FIELDS, UNDONE_REMOVAL_FIELDS
from news.importers.json_lines_form import line_of
from news.importers.rows import EditionRow, InLine, ItemRow, Place, Reference, RemovalRow

MOMENT = datetime.datetime(2025, 11, 25, 10, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
FULL = EditionRow(
    title="T",
    kind="news",
    summary="S",
    dateline="VIENNA",
    body="<p>б\N{LINE SEPARATOR}</p>",
    issued_at=MOMENT,
    issued_by=("a", "b"),
    countries=("c",),
    topics=("t",),
    related=(Reference(number=5), Reference(source="osce.org", source_id="6", language="fr")),
    number=1,
    state="approved",
    visible_from=MOMENT,
    visible_until=MOMENT.replace(microsecond=5),
    listed_until=MOMENT,
    is_minor=True,
    change_note="N",
    remark="R",
    renders=2,
)
OTHER = {"title": "", "kind": "speech", "summary": "", "body": "", "dateline": "", "issued_at": None}
OTHER |= {"issued_by": (), "countries": (), "topics": (), "related": ()}
GONE = RemovalRow(kind="error", explanation="E", leads_to="/news/", removed_at=MOMENT)


def item(*editions, **fields):
    """Return a row."""
    given = {"source": "osce.org", "source_id": "1", "language": "ru", "slug": "t", "number": 12}
    whereabouts = InLine(at=Place(file="x", line=1))
    return ItemRow(whereabouts=whereabouts, editions=editions or (FULL,), given=frozenset(FIELDS), **given | fields)


def written(row):
    """Return the line as it is read again."""
    return json.loads(line_of(row))


def test_every_field_stands_in_its_order():
    """That of the documentation: what is the same is the same bytes."""
    full = item(
        FULL,
        replace(FULL, number=2),
        former_addresses=("/a",),
        translation_of=Reference(number=3),
        removals=(replace(GONE, undone_at=MOMENT), GONE),
    )
    row, single = written(full), written(item())
    assert list(row) == [name for name in FIELDS if name in row]
    assert list(single) == [name for name in FIELDS if name in single]
    assert set(row) | set(single) == set(FIELDS) - {"images", "attachments"}
    assert list(row["removal"]) == list(REMOVAL_FIELDS)
    assert list(row["undone_removals"][0]) == list(UNDONE_REMOVAL_FIELDS)
    changed = written(item(replace(FULL, **OTHER), replace(FULL, number=2)))["editions"][0]
    assert list(changed) == list(EDITION_FIELDS)


def test_what_is_empty_is_left_out():
    """But never what every item has."""
    plain = item(EditionRow(title="T", kind="news", state="draft", number=1), slug="", number=0)
    assert written(plain) == {
        "source": "osce.org", "source_id": "1", "language": "ru", "kind": "news", "title": "T", "state": "draft",
    }  # fmt: skip
    assert set(ALWAYS_WRITTEN) < set(FIELDS) | {"number"}


def test_an_older_edition_says_what_was_empty_in_it():
    """A field that is missing is that of the newest."""
    older, newest = written(item(replace(FULL, summary="", issued_at=None), replace(FULL, number=2)))["editions"]
    assert (older["summary"], older["issued_at"]) == ("", None)
    assert "summary" not in newest
    assert "title" not in older


def test_the_only_edition_is_listed_where_it_is_not_the_first():
    """Its number would be lost."""
    row = written(item(replace(FULL, number=3)))
    assert [edition["number"] for edition in row["editions"]] == [3]
    assert "state" not in row


def test_moments_are_written_in_utc():
    """Parts of a second only where there are any."""
    row = written(item())
    assert (row["issued_at"], row["visible_until"]) == ("2025-11-25T09:30:00Z", "2025-11-25T09:30:00.000005Z")


@pytest.mark.parametrize(
    ("reference", "form"),
    [
        (Reference(number=5), {"id": 5}),
        (Reference(source="osce.org", source_id="6", language="fr"), {"source_id": "6", "language": "fr"}),
        (Reference(source_id="6", language="fr"), {"source_id": "6", "language": "fr"}),
        (Reference(source="b", source_id="6", language="fr"), {"source": "b", "source_id": "6", "language": "fr"}),
    ],
)
def test_another_item_is_named_from_where_the_row_comes(reference, form):
    """By its number here only where no source has given it one."""
    assert written(item(translation_of=reference))["translation_of"] == form


def test_the_address_is_the_item_s_own(settings):
    """With the prefix of its language."""
    assert written(item())["url"] == f"{settings.SITE_URL}/ru/news/12/t/"
    assert written(item(language="sq"))["url"] == f"{settings.SITE_URL}/sq/news/12/t/"


def test_a_source_without_a_number_is_no_name():
    """A reader would take the number here for one there."""
    assert "source" not in written(item(source_id=""))


def test_it_is_one_line_of_utf_8():
    """Whatever the text holds."""
    line = line_of(item(replace(FULL, body="a\nb\N{LINE SEPARATOR}\r")))
    assert line.count(b"\n") == 1
    assert line.endswith(b"}\n")
    assert "б".encode() in line_of(item())
