"""The command that exports news as JSON Lines."""

import gzip
import json
import os
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news import workflow
from news.former_addresses import rows_for
from news.models import FormerAddress, NewsItem
from news.workflow import RemovalWish
from tests import builders

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
BROKEN_PIPE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from django.core.management import call_command
from news.management.commands import export_news

def written(_question, _output, *, is_public):
    sys.stdout.buffer.write(b"x" * 10**6)

export_news.export = written
call_command("export_news")
"""


@pytest.fixture
def export(tmp_path):
    """Return what runs the command and gives back its lines, as they are read."""

    def run(*question, **options):
        file = tmp_path / "export.jsonl"
        call_command("export_news", *question, output=str(file), verbosity=0, **options)
        return [json.loads(line) for line in file.read_bytes().splitlines()]

    return run


def titles(rows):
    """Return the titles in the order of the lines."""
    return [row["title"] for row in rows]


def test_an_item_is_written_with_all_that_it_has(export, settings):
    """And without what is empty."""
    country, office = builders.country("Ukraine"), builders.institution("Press office")
    related = builders.published("Related", issued_by=[office.pk])
    edition = builders.published("One", countries=[country.pk], issued_by=[office.pk], related=[related.item_id])
    NewsItem.objects.filter(pk=edition.item_id).update(source="osce.org", source_id="77")
    FormerAddress.objects.bulk_create(rows_for(edition.item, ["/node/9", "/a"]))
    assert export()[1] == {
        "source": "osce.org",
        "source_id": "77",
        "id": edition.item_id,
        "language": "en",
        "slug": "one",
        "url": f"{settings.SITE_URL}/news/{edition.item_id}/one/",
        "former_addresses": ["/a", "/node/9"],
        "kind": "news",
        "title": "One",
        "summary": "In short: One.",
        "body_html": "<p>One, at length.</p>",
        "issued_at": "2020-01-15T09:00:00Z",
        "issued_by": ["press-office"],
        "countries": ["ukraine"],
        "related": [{"id": related.item_id}],
        "state": "approved",
        "visible_from": "2020-01-15T09:00:00Z",
    }


def test_an_item_with_several_editions_lists_them_with_what_differs(export):
    """The line itself tells the newest one, which may be a draft."""
    first = builders.published("One", dateline="VIENNA")
    second = builders.next_edition(first, "Two", change_note="Better.", issued_by=first.tags["issued_by"])
    workflow.save_draft(
        workflow.open_edition(first.item, by=None),
        builders.content("Three", issued_by=first.tags["issued_by"]),
        by=None,
    )
    (row,) = export()
    assert (row["title"], "state" in row) == ("Three", False)
    assert [(edition["number"], edition["state"]) for edition in row["editions"]] == [
        (1, "approved"),
        (2, "approved"),
        (3, "draft"),
    ]
    assert row["editions"][0]["dateline"] == "VIENNA"
    assert row["editions"][1]["change_note"] == "Better."
    assert "title" not in row["editions"][2]
    assert row["editions"][0]["visible_until"].startswith(second.visible_from.strftime("%Y-%m-%dT%H:%M:%S"))


def test_removals_are_written_with_where_they_lead(export):
    """One that was undone is kept beside the one that stands."""
    edition, other = builders.published("One"), builders.published("Two")
    workflow.remove(edition.item, RemovalWish(kind="error", reason="x", explanation="Oh."), by=None)
    workflow.restore(edition.item, by=None)
    workflow.remove(edition.item, RemovalWish(kind="consolidated", reason="x", leads_to=str(other.item_id)), by=None)
    workflow.remove(other.item, RemovalWish(kind="error", reason="x", leads_to="/fr/news/"), by=None)
    first, second = export()
    assert (first["removal"]["kind"], first["removal"]["leads_to"]) == ("consolidated", {"id": other.item_id})
    assert (first["undone_removals"][0]["kind"], first["undone_removals"][0]["explanation"]) == ("error", "Oh.")
    assert second["removal"]["leads_to"] == "/news/"


def test_stories_stand_together_the_original_first(export):
    """Whatever was written when."""
    early = builders.published("Original", language="ru")
    builders.published("Other")
    builders.published("Übersetzung", language="de", translation_of=early.item)
    builders.published("Translation", translation_of=early.item)
    assert titles(export()) == ["Original", "Übersetzung", "Translation", "Other"]
    assert export()[1]["translation_of"] == {"id": early.item_id}


def test_a_question_is_answered_with_the_items_of_its_rows(export):
    """As the list of the site answers it."""
    ukraine = builders.country("Ukraine")
    builders.published("About Ukraine", countries=[ukraine.pk])
    builders.published("A statement", countries=[ukraine.pk], kind="statement")
    builders.published("Else")
    builders.draft("Draft", countries=[ukraine.pk])
    assert titles(export("country=ukraine")) == ["About Ukraine", "A statement"]
    assert titles(export("https://www.example.org/news/?country=ukraine&kind=statement&page=3")) == ["A statement"]
    assert titles(export("country=ukraine&to=2010")) == []


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("country=ukrain", "country=ukrain: there is no such value (did you mean ukraine?)"),
        ("kind=statements", "(did you mean statement?)"),
        ("contry=ukraine", "contry: no list has this parameter (did you mean country?)"),
        ("ukraine", "ukraine: no list has this parameter"),
        ("country=", "country: its value is missing"),
        ("from=yesterday", "from: “yesterday” is no date"),
        ("page=x", "Write a number from 1"),
        ("q=war&at=2020-01-01", "Leave out q or at"),
        ("at=2999-01-01", "Write a moment that has passed"),
    ],
)
def test_what_no_list_knows_is_refused(question, sentence, tmp_path):
    """With what comes nearest; a slip never exports everything."""
    builders.country("Ukraine")
    with pytest.raises(CommandError) as refused:
        call_command("export_news", question, output=str(tmp_path / "x"))
    assert sentence in str(refused.value)
    assert refused.value.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_the_public_record_holds_nothing_of_the_newsroom_s_own(export):
    """No draft, no embargo, no word of either; nothing that was published in error."""
    draft = builders.draft("secret draft")
    public = builders.published("Public", related=[draft.item_id])
    builders.published("secret translation", language="fr", translation_of=public.item, visible_from=_later())
    builders.next_edition(public, "secret next", visible_from=_later())
    wrong = builders.published("secret error")
    workflow.remove(wrong.item, RemovalWish(kind="error", reason="x"), by=None)
    builders.published("Traduction", language="fr", translation_of=draft.item)
    translation = builders.published("Übersetzung", language="de", translation_of=public.item)
    text = json.dumps(export(public=True))
    assert "secret" not in text
    assert "visible_until" not in text
    assert titles(export(public=True)) == ["Traduction", "Public", "Übersetzung"]
    assert [row.get("translation_of") for row in export(public=True)] == [None, None, {"id": public.item_id}]
    assert translation.renders_id
    assert "renders" not in text
    assert len(export()) == 6


def _later():
    return builders.LONG_AGO.replace(year=2100)


def test_the_queries_do_not_grow_with_the_items(export):
    """A portion costs the same, whatever it holds."""
    office = builders.institution()
    counts = []
    for number in (1, 2, 20):
        for _place in range(number):
            edition = builders.next_edition(builders.published(issued_by=[office.pk]), is_minor=True)
            builders.published(language="fr", translation_of=edition.item, related=[edition.item_id])
        with CaptureQueriesContext(connection) as queries:
            export()
        counts.append(len(queries))
    assert counts[1] == counts[2] <= 14  # half of them read taxonomy anew


def test_the_same_items_are_the_same_bytes_packed_or_not(tmp_path):
    """No moment is written into the packed file."""
    builders.published()
    for name in ("a.jsonl", "b.jsonl.gz", "c.jsonl.gz"):
        call_command("export_news", output=str(tmp_path / name), verbosity=0)
    plain, packed, again = ((tmp_path / name).read_bytes() for name in ("a.jsonl", "b.jsonl.gz", "c.jsonl.gz"))
    assert gzip.decompress(packed) == plain
    assert packed == again


def test_a_file_stays_as_it_was_until_the_last_item_is_written(tmp_path, monkeypatch):
    """And nothing is left beside it."""
    builders.published()
    file = tmp_path / "export.jsonl"
    file.write_text("before")
    monkeypatch.setattr("news.management.commands.export_news.line_of", _interrupted)
    with pytest.raises(CommandError) as interrupted:
        call_command("export_news", output=str(file))
    assert interrupted.value.returncode == 130
    assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]


def _interrupted(_row):
    raise KeyboardInterrupt


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    """With the system's reason."""
    with pytest.raises(CommandError, match="no/such: cannot be written: No such file") as failure:
        call_command("export_news", output=str(tmp_path / "no" / "such"))
    assert failure.value.returncode == 1


def test_standard_output_holds_the_lines_alone(monkeypatch):
    """For the next program."""
    builders.published("One")
    out = TextIOWrapper(BytesIO())
    monkeypatch.setattr(sys, "stdout", out)
    call_command("export_news")
    assert titles([json.loads(line) for line in out.buffer.getvalue().splitlines()]) == ["One"]


@pytest.mark.processes
def test_a_reader_that_has_enough_ends_it_quietly():
    """As `head` does: no traceback, no complaint at the end of the process."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", BROKEN_PIPE], stdout=write, stderr=subprocess.PIPE, cwd=ROOT, check=False
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")
