"""The command that fills the site with sample news."""

import datetime
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from news.archive.stories import CHOICE, SLOT, choices_in, stories
from news.models import Edition, EditionCountry, EditionInstitution, EditionTopic, NewsItem
from taxonomy.models import Institution
from tests import builders


@pytest.fixture
def structure(db: None) -> None:  # noqa: ARG001 - opens the database
    """Stand in for the reference data: an institution of each sort, some with a host country."""
    albania = builders.country("Albania", iso_code="AL")
    builders.country("Italy", iso_code="IT")
    builders.institution("Presence in Albania", kind=Institution.Kind.FIELD_OPERATION, host_country=albania)
    builders.institution(
        "Mission to Estonia", kind=Institution.Kind.FIELD_OPERATION, opened_on="1993-02", closed_on="2001-12-31"
    )
    for name in ("Conflict Prevention Centre", "Secretary General", "Representative on Freedom of the Media"):
        builders.institution(name)
    builders.topic("Border management")


def generate(**options: object) -> str:
    """Run the command and return what it prints."""
    out = StringIO()
    call_command("generate_archive", stdout=out, **{"items": 60, "seed": 1} | options)
    return out.getvalue()


def everything() -> list[tuple]:
    """Return all that the generator decides, without primary keys."""
    return list(
        Edition.objects.order_by("pk").values_list(
            "number",
            "state",
            "language",
            "kind",
            "title",
            "body",
            "dateline",
            "issued_at",
            "visible_from",
            "tags__topics",
        )
    )


@pytest.mark.usefixtures("structure")
def test_the_archive_has_as_many_items_as_asked_for():
    """Translations count: each is an item."""
    assert "60" in generate()
    assert NewsItem.objects.count() == 60


@pytest.mark.usefixtures("structure")
def test_the_same_seed_gives_the_same_rows():
    """Two runs up to the same day differ in nothing; another seed differs."""
    until = "2026-06-30"
    call_command("generate_archive", "--items=30", "--seed=5", f"--until={until}", stdout=StringIO())
    call_command("generate_archive", "--items=30", "--seed=5", f"--until={until}", stdout=StringIO())
    call_command("generate_archive", "--items=30", "--seed=6", f"--until={until}", stdout=StringIO())
    rows = everything()
    items = Counter(NewsItem.objects.values_list("pk", flat=True))
    assert sum(items.values()) == 90
    length = next(n for n in range(1, len(rows)) if rows[:n] == rows[n : 2 * n] and n >= 30)
    assert rows[2 * length :] != rows[:length]


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


@pytest.mark.django_db
def test_an_empty_site_is_told_what_to_run_first():
    """Without institutions nobody can issue news."""
    with pytest.raises(CommandError, match="load_reference_data"):
        generate()


@pytest.mark.parametrize("story", stories(), ids=lambda story: story.name)
def test_a_story_offers_the_same_slots_and_choices_in_every_language(story):
    """A slot that is misspelt in one language would break the archive on the day it is drawn."""
    known = {"city", "in_city", "next_day", "year", "report", *story.numbers}
    for language, wording in story.wordings.items():
        options = {}
        for number, texts in CHOICE.findall(wording.text):
            options.setdefault(int(number), set()).add(texts.count("|") + 1)
        assert {number: {count} for number, count in story.choices.items()} == options, language
        assert set(SLOT.findall(CHOICE.sub("", wording.text))) <= known, language
        assert choices_in(wording.text) == story.choices
        assert len(wording.title) < 300
