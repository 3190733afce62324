"""The table of a list, as spreadsheets and programs read it."""

import csv
import io

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from news import export
from news import rows as whole_lists
from news.export import as_text
from tests import builders
from tests.news.archives import HOUR, NOW, FreshTestCase
from tests.news.reading_files import numbers, rows, text_of

pytestmark = pytest.mark.django_db
# What the databases hold, with what spreadsheets heed far more often than chance would.
LETTERS = st.sampled_from("=+-@\t\r\n\"',; ＝") | st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXTS = st.text(LETTERS, max_size=30)


def cells_of(text: str) -> list[list[str]]:
    """Read a table as RFC 4180 and LibreOffice do: a quote opens a cell, a doubled one stands for itself."""
    table: list[list[str]] = [[]]
    cell, is_open, place = "", False, 0
    while place < len(text):
        sign = text[place]
        if is_open and text[place : place + 2] == '""':
            cell, place = cell + '"', place + 1
        elif sign == '"':
            is_open = not is_open
        elif is_open:
            cell += sign
        elif text[place : place + 2] == "\r\n":
            table[-1].append(cell)
            table.append([])
            cell, place = "", place + 1
        elif sign == ",":
            table[-1].append(cell)
            cell = ""
        else:
            raise AssertionError(f"{sign!r} stands outside of quotes")
        place += 1
    return table[:-1]


@given(text=TEXTS)
def test_no_cell_runs_as_a_formula_and_all_else_stays(text):
    """An apostrophe is all that is added."""
    cell = as_text(text)
    assert not cell.lstrip(" ").startswith(tuple("=+-@\t\r"))
    assert cell in {text, f"'{text}"}


class RoundTrip(FreshTestCase):
    """What was published comes out as it went in."""

    @settings(max_examples=30, deadline=None)
    @given(summary=TEXTS.filter(str.strip), title=TEXTS.filter(str.strip))
    def test_a_table_is_read_as_it_was_written(self, summary, title):
        """By Python and by LibreOffice; after the mark of UTF-8, every cell in quotes, lines ended as RFC 4180 says."""
        edition = builders.published(title, summary=summary, body="<p>Text.</p>")
        edition.refresh_from_db()
        text = text_of(self.client, "/news/export.csv")
        assert text.startswith('\ufeff"number","language",')
        assert text.endswith('"\r\n')
        table = cells_of(text.removeprefix("\ufeff"))
        assert table == list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
        (row,) = [row for row in table if row[0] == str(edition.item_id)]
        assert row[3:5] == [as_text(edition.title), as_text(edition.summary)]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "＝", " ="])
def test_a_published_formula_is_text(client, sign):
    """In any of the spreadsheets that OWASP names."""
    builders.published("Story", summary=f"{sign}1+1")
    (row,) = rows(client, "/news/export.csv")
    assert row["summary"] == f"'{sign}1+1"


def test_a_row_says_what_the_list_knows(client):
    """In the language of the address."""
    country = builders.country("Austria", name_fr="Autriche")
    office = builders.institution("Secretariat")
    field = builders.topic("Security")
    story = builders.published("Story", countries=[country.pk], issued_by=[office.pk], topics=[field.pk])
    told = builders.published("Récit", language="fr", translation_of=story.item)
    (row,) = rows(client, "/fr/news/export.csv?language=en")
    assert row == {
        "number": str(story.item_id),
        "language": "en",
        "kind": "news",
        "title": "Story",
        "summary": "In short: Story.",
        "issued_at": "2020-01-15T10:00:00+01:00",
        "published_at": "2020-01-15T10:00:00+01:00",
        "updated_at": "2020-01-15T10:00:00+01:00",
        "issued_by": "Secretariat",
        "countries": "Autriche",
        "topics": "Security",
        "languages": "en; fr",
        "address": f"http://127.0.0.1:8000{story.get_absolute_url()}",
    }
    assert numbers(client, "/fr/news/export.csv") == [told.item_id]


def test_a_table_holds_the_whole_list(client):
    """In its order, over all its pages."""
    items = [builders.published().item_id for _each in range(25)]
    assert numbers(client, "/news/export.csv?sort=oldest") == items
    assert numbers(client, "/news/export.csv") == items[::-1]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/news/export.csv", "news.csv"),
        ("/news/export.csv?kind=speech&from=2025-01-01&sort=oldest", "news-speech-2025-01-01.csv"),
        ("/countries/austria/export.csv", "news-austria.csv"),
        ("/search/export.csv?q=patrol+-police", "news-patrol-without-police.csv"),
        ("/search/export.csv?q=-police+north-south", "news-without-police-north-south.csv"),
        ("/search/export.csv?q=%D0%9C%D0%B8%D1%80+%2F..%22%0D%0A", "news-mir.csv"),
        (f"/search/export.csv?q={'x' * 400}", f"news-{'x' * 95}.csv"),
    ],
)
def test_a_file_is_named_for_what_was_asked(client, address, name):
    """With signs that no system of files minds."""
    builders.country("Austria")
    answer = client.get(address, follow=True)
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_rows_are_read_as_they_are_sent(client, monkeypatch):
    """The first line asks for none, and each portion for its own: rows, their moments, their languages."""
    monkeypatch.setattr(whole_lists, "PORTION", 10)
    monkeypatch.setattr(export, "PORTION", 10)
    for _number in range(30):
        builders.published()
    portions = iter(client.get("/news/export.csv").streaming_content)
    for lines, queries in ((1, 0), (10, 3), (10, 3)):
        with CaptureQueriesContext(connection) as captured:
            assert next(portions).count(b"\r\n") == lines
        assert len(captured) == queries


def test_a_script_of_another_site_may_read_a_table(client):
    """As it may read the feeds of the same list."""
    builders.published()
    for file in ("export.csv", "feed.json"):
        assert client.get(f"/news/{file}").headers["Access-Control-Allow-Origin"] == "*"


def test_whoever_holds_a_table_is_told_whether_it_has_changed(client):
    """By its date, as with feeds: until something is published."""
    with time_machine.travel(NOW - HOUR, tick=False):
        builders.published("Story", issued_at=NOW - HOUR)
        client.get("/news/export.csv")
    with time_machine.travel(NOW, tick=False):
        held = {"If-Modified-Since": client.get("/news/export.csv")["Last-Modified"]}
        assert client.get("/news/export.csv", headers=held).status_code == 304
        builders.published("Another", issued_at=NOW)
        assert client.get("/news/export.csv", headers=held).status_code == 200


@pytest.mark.parametrize("query", ["?at=2021-01-01T12:00:00Z", ""])
def test_a_list_that_cannot_be_read_is_an_error_and_no_half_file(client, monkeypatch, query):
    """What is listed is found out before the first line is sent."""
    for name in ("all_numbers", "index"):
        monkeypatch.setattr(whole_lists, name, lambda *_any: 1 // 0)
    monkeypatch.setattr(export, "last_change", lambda: NOW)
    with pytest.raises(ZeroDivisionError):
        client.get(f"/news/export.csv{query}")
