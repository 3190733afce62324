"""The command that fills the site with sample news."""

import datetime
import json
from collections import Counter
from dataclasses import replace
from io import StringIO
from itertools import batched

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from library.models import Attachment, Image
from news.archive.composition import Composer
from news.importers.json_lines import read
from news.importers.rows import InLine, Place, ReadingOptions
from news.importers.sources import open_sources
from news.management.commands.generate_archive import END_OF_FILES
from news.models import Change, Edition, EditionCountry, EditionInstitution, EditionTopic, NewsItem, Removal
from news.workflow import content_of, undescribed
from taxonomy.models import Institution
from tests.news.archive.structure import make_structure

UNTIL = datetime.datetime(2026, 6, 30, 18, 0, tzinfo=datetime.UTC)
DECIDED = ("number", "state", "language", "kind", "title", "summary", "body", "dateline", "issued_at", "visible_from")


@pytest.fixture
def structure(db: None) -> None:  # noqa: ARG001 - opens the database
    """Stand in for the reference data."""
    make_structure()


def generate(**options: object) -> str:
    """Run the command and return what it prints."""
    out = StringIO()
    call_command("generate_archive", stdout=out, **{"items": 60, "seed": 1} | options)
    return out.getvalue()


@pytest.mark.usefixtures("structure")
def test_the_archive_has_as_many_items_as_asked_for():
    """Translations count: each is an item."""
    assert "60" in generate()
    assert NewsItem.objects.count() == 60


@pytest.mark.usefixtures("structure")
def test_the_same_seed_again_adds_nothing_and_another_one_other_news():
    """The archive is an import: what is here already is unchanged. That it is the same anywhere, its lines show."""
    told = [generate(items=30, seed=seed, until=UNTIL) for seed in (5, 5, 6)]
    assert [text.split()[1] for text in told] == ["30", "0", "30"]
    rows = [
        list(Edition.objects.filter(item__in=items).order_by("item", "number").values_list(*DECIDED))
        for items in batched(NewsItem.objects.order_by("pk").values_list("pk", flat=True), 30)
    ]
    assert len(rows) == 2
    assert rows[0] != rows[1]


@pytest.mark.usefixtures("structure")
def test_the_archive_is_varied():
    """Several languages and kinds, translations that name what they render, corrections, drafts, scheduled items."""
    generate(items=300, until=UNTIL)
    editions = Edition.objects.all()
    assert {"en", "fr", "de", "it", "ru", "es", "sq"} <= set(editions.values_list("language", flat=True))
    assert len(set(editions.values_list("kind", flat=True))) >= 5
    assert editions.exclude(renders=None).count() > 30
    assert editions.filter(number=2).exclude(change_note="").exists()
    assert 2 <= editions.open_drafts().count() <= 30
    assert editions.filter(visible_from__gt=UNTIL).exists()
    titles = Counter(editions.filter(number=1, language="en").values_list("title", flat=True))
    assert sum(count - 1 for count in titles.values()) < 10


@pytest.mark.usefixtures("structure")
def test_removed_items_are_stored_as_the_verbs_would_leave_them():
    """Errors are retracted, consolidated items have ended and lead on, withdrawn ones are on no list."""
    generate(items=400, seed=5, until=UNTIL)
    removals = {kind: Removal.objects.filter(kind=kind) for kind in Removal.Kind.values}
    assert all(found.exists() for found in removals.values())
    for removal in removals["error"]:
        assert not removal.item.editions.visible().exists()
        assert not removal.item.editions.filter(is_retracted=False).exists()
    for removal in removals["consolidated"]:
        assert not removal.item.editions.visible().exists()
        assert NewsItem.objects.filter(pk=removal.leads_to.removeprefix("news_item ")).exists()
    for removal in removals["withdrawn"]:
        assert removal.item.editions.visible().count() == 1
        assert not removal.item.editions.listed().exists()


@pytest.mark.usefixtures("structure")
def test_each_item_of_the_archive_has_its_row_in_the_log_of_changes():
    """With the moments at which a scheduled item will become visible."""
    generate(items=150)
    changes = Change.objects.filter(subject__startswith="news")
    items, scheduled = NewsItem.objects.all(), Edition.objects.filter(visible_from__gt=timezone.now())
    assert {change.subject for change in changes} == {f"news item {item.pk}" for item in items}
    at_moments = {change.subject for change in changes if change.matters_at}
    assert at_moments == {f"news item {edition.item_id}" for edition in scheduled} != set()


@pytest.mark.usefixtures("structure")
def test_every_edition_keeps_the_rules_that_the_verbs_keep():
    """Rows of tags equal the frozen tags, and language and story are the item's."""
    generate()
    assert not Edition.objects.exclude(language=F("item__language")).exists()
    for edition in Edition.objects.select_related("item"):
        assert edition.story_id == edition.item.story_id
        for name, model, column in (
            ("issued_by", EditionInstitution, "institution"),
            ("countries", EditionCountry, "country"),
            ("topics", EditionTopic, "topic"),
        ):
            stored = model.objects.filter(edition=edition).order_by("pk").values_list(column, flat=True)
            assert list(stored) == edition.tags[name]


@pytest.mark.usefixtures("structure")
def test_a_closed_institution_issues_nothing_after_its_end():
    """The mission that closed in 2001 is silent from 2002 on."""
    generate(items=150)
    closed = Institution.objects.get(name="Mission to Estonia")
    late = Edition.objects.filter(issued_at__gte=datetime.datetime(2002, 1, 1, tzinfo=datetime.UTC))
    assert late.exists()
    assert not late.issued_by([closed.pk]).exists()


@pytest.mark.usefixtures("structure")
def test_a_file_of_the_archive_reads_back_as_what_was_composed(tmp_path):
    """Every line is one of the native form, and nothing is stored."""
    path = tmp_path / "archive.jsonl"
    assert str(path) in generate(items=300, output=str(path))
    assert not NewsItem.objects.exists()
    (file,) = open_sources([str(path)]).files
    anywhere = InLine(at=Place(file="", line=0))
    rows = [replace(row, whereabouts=anywhere) for row in read(file, ReadingOptions())]
    composer = Composer(items=300, seed=1, until=END_OF_FILES)
    assert rows == [replace(row, whereabouts=anywhere) for row in composer.compose()]


@pytest.mark.usefixtures("structure")
def test_a_file_is_the_same_on_any_day(tmp_path):
    """Without an end given it ends on a fixed day, and ends elsewhere only if asked to."""
    written = []
    for day, options in (("2026-01-01", {}), ("2031-05-05", {}), ("2031-05-05", {"until": UNTIL.replace(year=2024)})):
        with time_machine.travel(day):
            generate(output=str(tmp_path / "archive.jsonl"), **options)
        written.append((tmp_path / "archive.jsonl").read_bytes())
    assert written[0] == written[1] != written[2]


@pytest.mark.usefixtures("structure")
def test_standard_output_holds_the_archive_alone(capfdbinary):
    """So that it can be piped into an import."""
    assert generate(items=20, output="-") == ""
    lines = capfdbinary.readouterr().out.splitlines()
    assert [json.loads(line)["source"] for line in lines] == ["sample archive"] * 20


@pytest.mark.usefixtures("structure")
def test_a_file_that_cannot_be_written_is_named(tmp_path):
    """With the reason."""
    with pytest.raises(CommandError, match=r"archive\.jsonl: cannot be written: No such file or directory"):
        generate(output=str(tmp_path / "nowhere" / "archive.jsonl"))


@pytest.mark.django_db
def test_an_empty_site_is_told_what_to_run_first():
    """Without institutions nobody can issue news."""
    with pytest.raises(CommandError, match="load_reference_data"):
        generate()


@pytest.mark.usefixtures("structure")
def test_the_newest_items_have_pictures_that_are_described_and_files_where_that_is_asked_for(settings, tmp_path):
    """Drawn once, shared; a second run adds none; what is older has none."""
    settings.MEDIA_ROOT = str(tmp_path)
    for _run in range(2):
        generate(items=90, seed=3, until=UNTIL, pictures=True)
    assert (Image.objects.count(), Attachment.objects.count(), NewsItem.objects.count()) == (8, 3, 90)
    shown = [edition for edition in Edition.objects.order_by("item") if edition.files]
    assert 20 < len(shown) <= 48
    assert min(edition.item_id for edition in shown) >= NewsItem.objects.order_by("pk")[90 - 48].pk
    for edition in shown:
        assert undescribed(content_of(edition), edition.language) == {}
        assert edition.files["lead"]["caption"]
    assert max(len(edition.files.get("gallery", ())) for edition in shown) == 3
    assert any("text" in edition.files for edition in shown)
    assert {file["title"] for edition in shown for file in edition.files.get("attachments", ())} == {
        "Background paper",
        "Projects by year",
        "Programme",
    }
    assert Attachment.objects.get(versions__title="Background paper").versions.get().pages == 1
