"""Institutions and fields of work that a file names and nobody knows: created only where that is asked for."""

import pytest

from news.models import Edition
from news.workflow import readable_slug
from record.models import Act
from taxonomy.models import Country, Institution, Topic
from tests import builders
from tests.news.imports.files import everything, last_batch, story, take

pytestmark = pytest.mark.django_db
NEW = {"issued_by": ["secretariat", "Office for Weather"], "topics": ["Clouds"]}


@pytest.fixture(autouse=True)
def secretariat(db: None) -> int:  # noqa: ARG001 - opens the database
    """Have one institution that is known."""
    return builders.institution("Secretariat").pk


@pytest.fixture
def file(tmp_path):
    """Return the path of a file to import."""
    return tmp_path / "rows.jsonl"


def test_nothing_is_created_unasked(file):
    """Both names are told."""
    (told,) = take(file, [story(1, **NEW)])
    assert (told["act"], len(told["problems"]), Topic.objects.count()) == ("rejected", 2, 0)


def test_what_is_missing_is_created_once_and_told_at_its_first_row(file):
    """A plan tells the same, and creates nothing."""
    rows = [story(1, **NEW), story(2, issued_by=["the Office for weather"], topics=["clouds"])]
    before = everything()
    planned = take(file, rows, "--plan", "--create-missing")
    assert everything() == before
    done = take(file, rows, "--create-missing")
    assert [one | {"id": None} for one in planned] == [one | {"id": None} for one in done]
    assert done[0]["notes"] == [
        "creates the institution “Office for Weather” (office-for-weather)",
        "creates the field of work “Clouds” (clouds)",
    ]
    office, clouds = Institution.objects.get(name="Office for Weather"), Topic.objects.get()
    assert (office.kind, str(office.opened_on), clouds.name) == ("department", "", "Clouds")
    tags = Edition.objects.get(item__source_id="2").tags
    assert (tags["issued_by"], tags["topics"]) == ([office.pk], [clouds.pk])
    act = Act.objects.get(model="taxonomy.institution", number=str(office.pk))
    assert (act.verb, act.after["import"]) == ("create", last_batch().pk)


def test_an_update_is_told_by_the_addresses_of_its_names(file):
    """Not by numbers, which a plan could not know."""
    take(file, [story(1)])
    planned = take(file, [story(1, **NEW)], "--plan", "--create-missing")
    assert planned[0]["changes"]["issued_by"] == [["secretariat"], ["secretariat", "office-for-weather"]]
    assert take(file, [story(1, **NEW)], "--create-missing") == planned


def test_a_country_is_never_created(file):
    """And the row says so."""
    (told,) = take(file, [story(1, countries=["Atlantis"])], "--create-missing")
    assert told["act"] == "rejected"
    assert "Countries are never created." in told["problems"][0]
    assert not Country.objects.exists()


def test_a_name_whose_address_is_taken_gets_another(file):
    """In Latin letters two names may be one."""
    builders.institution("Other", slug=readable_slug("Бюро"))
    (told,) = take(file, [story(1, issued_by=["Бюро"])], "--create-missing")
    assert told["notes"] == [f"creates the institution “Бюро” ({readable_slug('Бюро')}-2)"]
