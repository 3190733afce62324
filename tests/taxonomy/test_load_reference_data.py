"""manage.py load_reference_data: what it writes, and what it leaves to editors."""

import datetime
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import Change
from taxonomy.catalogue import catalogue
from taxonomy.models import Country, Institution, Membership, NavigationItem, ReferenceRecord, Topic
from taxonomy.reference_data.kinds import read_rows
from tests import builders
from tests.taxonomy.reference_files import in_six_languages, load, replace, write_files

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 24)
STATUS = Membership.Status


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of small data files."""
    return write_files(tmp_path)


def test_the_whole_data_is_loaded_and_a_second_run_writes_nothing():
    """A start of the site runs it each time."""
    assert "0 left to editors, 0 unchanged." in load()
    changes = Change.objects.count()
    with CaptureQueriesContext(connection) as queries:
        report = load()
    assert report == f"Reference data: 0 created, 0 changed, 0 left to editors, {len(read_rows())} unchanged.\n"
    assert [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []
    assert len(queries) <= 20, "the number of queries does not grow with the data"
    assert Change.objects.count() == changes
    call_command("check_tree", stdout=StringIO())
    statuses = Counter(country.status_on(TODAY) for country in catalogue().countries.values())
    assert statuses == {STATUS.PARTICIPATING_STATE: 57, STATUS.ASIAN_PARTNER: 5, STATUS.MEDITERRANEAN_PARTNER: 6}
    assert catalogue().chair_on(TODAY).name == "Switzerland"


def test_a_load_writes_records_with_all_that_belongs_to_them(data: Path):
    """Names by language, references, successors, former names, own pages."""
    load(data)
    office = Institution.objects.get(slug="field-office")
    secretariat = Institution.objects.get(slug="secretariat")
    assert (office.closed_on, list(office.successors.all())) == ("2001-05", [secretariat])
    assert (secretariat.name_ru, secretariat.city_de, secretariat.host_country.iso_code) == (
        "Secretariat ru",
        "Wien",
        "AT",
    )
    assert [former.name for former in secretariat.former_names.all()] == ["Office of Beginnings"]
    assert Country.objects.get(iso_code="JP").name_fr == "Le Japon", "the file corrects CLDR"
    assert Country.objects.get(iso_code="PL").name_fr == "Pologne", "CLDR"
    page = NavigationItem.objects.get(slug="our-work")
    assert (page.introduction_en, page.body_en) == ("What we do.", "<p>More about it.</p>")
    assert [str(child) for child in page.get_children()] == ["Elections"]


def test_a_plan_says_what_a_load_would_do_and_writes_nothing(data: Path):
    """The same counts, no rows."""
    assert load(data, plan=True) == (
        "Reference data: 18 would be created (country 3, membership 3, chair 2, institution 3, "
        "institution former name 1, topic 1, navigation 5), 0 would be changed, 0 left to editors, 0 unchanged.\n"
    )
    assert not Country.objects.exists()
    assert not ReferenceRecord.objects.exists()


def test_an_editor_s_change_is_kept_and_reported_each_time(data: Path):
    """Nothing is lost, nothing is silent."""
    load(data)
    secretariat = Institution.objects.get(slug="secretariat")
    secretariat.name_fr = "Le Secrétariat"
    secretariat.save()
    expected = "kept: institution secretariat, name_fr: editor’s “Le Secrétariat”, reference data “Secretariat fr”"
    for _run in range(2):
        assert expected in load(data)
        secretariat.refresh_from_db()
        assert secretariat.name_fr == "Le Secrétariat"


def test_a_change_in_a_file_reaches_what_no_editor_has_touched(data: Path):
    """And only that: the editor's field stays, and is reported with the new value."""
    load(data)
    Institution.objects.filter(slug="secretariat").update(name_de="Das Sekretariat")
    replace(data / "institutions.toml", "Secretariat de", "Sekretariat")
    replace(data / "institutions.toml", "Secretariat it", "Segretariato")
    report = load(data)
    secretariat = Institution.objects.get(slug="secretariat")
    assert (secretariat.name_it, secretariat.name_de) == ("Segretariato", "Das Sekretariat")
    assert "changed: institution secretariat, name_it: now “Segretariato”" in report
    assert "kept: institution secretariat, name_de: editor’s “Das Sekretariat”, reference data “Sekretariat”" in report


def test_an_editor_s_change_that_the_file_later_agrees_with_is_settled(data: Path):
    """From then on the file leads again."""
    load(data)
    Topic.objects.update(name_fr="Scrutins")
    replace(data / "topics.toml", "Elections fr", "Scrutins")
    assert "kept" not in load(data)
    replace(data / "topics.toml", "Scrutins", "Élections")
    assert "now “Élections”" in load(data)


def test_an_editor_who_returns_to_what_was_loaded_gives_the_field_back(data: Path):
    """Though the file has moved on meanwhile: from then on the file leads again."""
    load(data)
    Topic.objects.update(name_fr="Scrutins")
    replace(data / "topics.toml", "Elections fr", "Élections")
    assert "kept: topic elections, name_fr" in load(data)
    Topic.objects.update(name_fr="Elections fr")
    assert "changed: topic elections, name_fr: now “Élections”" in load(data)


def test_an_editor_s_move_in_a_tree_is_kept(data: Path):
    """The place in the tree is a value like any other."""
    load(data)
    archive = Institution.objects.get(slug="archive")
    archive.move(None)
    assert "kept: institution archive, parent: editor’s “”, reference data “secretariat”" in load(data)
    archive.refresh_from_db()
    assert archive.parent is None


def test_a_record_that_an_editor_deleted_is_not_created_again(data: Path):
    """Nor is what belonged to it."""
    load(data)
    Institution.objects.get(slug="field-office").delete()
    Country.objects.get(iso_code="JP").delete()
    report = load(data)
    assert "not created: institution field-office: an editor deleted it." in report
    assert "not created: membership JP/asian_partner: an editor deleted it." in report
    assert not Institution.objects.filter(slug="field-office").exists()


def test_a_record_that_an_editor_made_first_is_completed_not_doubled(data: Path):
    """What is empty is filled; what differs is the editor's."""
    builders.institution("The House", slug="secretariat", kind=Institution.Kind.SECRETARIAT)
    report = load(data)
    secretariat = Institution.objects.get(slug="secretariat")
    assert (secretariat.name_en, secretariat.name_fr) == ("The House", "Secretariat fr")
    assert "kept: institution secretariat, name_en: editor’s “The House”, reference data “Secretariat”" in report


def test_a_new_record_takes_its_place_between_its_neighbours(data: Path):
    """A load into a filled tree keeps the order of the file."""
    load(data)
    library = f'[library]\nkind = "department"\nparent = "secretariat"\n{in_six_languages("Library")}\n\n[archive]'
    desk = f'[desk]\nkind = "chair"\n{in_six_languages("Desk")}\n\n[field-office]'
    replace(data / "institutions.toml", "[archive]", library)
    replace(data / "institutions.toml", "[field-office]", desk)
    load(data)
    assert [node.slug for node in Institution.objects.order_by("tree_id", "lft")] == [
        "secretariat",
        "library",
        "archive",
        "desk",
        "field-office",
    ]
    call_command("check_tree", stdout=StringIO())


def test_what_leaves_the_files_stays_and_is_reported(data: Path):
    """Deleting is an editor's decision."""
    load(data)
    replace(data / "chairpersonships.csv", "2025,Austria\n", "")
    assert "left: chair 2025 is no longer in the reference data; delete it in the admin if it should go." in load(data)


def test_a_new_address_in_a_file_keeps_the_former_one(data: Path):
    """A renamed country is still found where it was."""
    load(data)
    replace(data / "countries.csv", "Poland", "Republic of Poland")
    replace(data / "chairpersonships.csv", "Poland", "Republic of Poland")
    load(data)
    assert [former.slug for former in Country.objects.get(iso_code="PL").former_slugs.all()] == ["poland"]


def test_a_record_that_stands_in_the_way_is_named_and_nothing_is_stored(data: Path):
    """Another country bears the address already."""
    builders.country("Poland", iso_code="XX")
    with pytest.raises(
        CommandError, match=r"^countries.csv:3: country PL cannot be stored: .* in the admin, or the file.$"
    ):
        load(data)
    assert Country.objects.count() == 1
