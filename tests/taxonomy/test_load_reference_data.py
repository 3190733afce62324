"""manage.py load_reference_data: what it writes, what it leaves to editors, what it refuses."""

import datetime
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import Change
from taxonomy.catalogue import catalogue
from taxonomy.models import Country, Institution, Membership, NavigationItem, ReferenceRecord, Topic
from taxonomy.reference_data.kinds import KINDS, read_rows
from taxonomy.reference_data.sources import LANGUAGES, Row
from taxonomy.tree import TreeNode
from tests import builders

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 24)
PAGE = settings.ROOT.parent / "shared" / "reference" / "page.txt"
STATUS = Membership.Status

COUNTRIES = """name,iso_code,membership,since,until
Austria,AT,participating_state,1973-06-25,
Poland,PL,participating_state,1973-06-25,
Japan,JP,asian_partner,1992,
"""
CHAIRS = """year,country
2025,Austria
2026,Poland
"""
COUNTRY_NAMES = """
[JP]
name.fr = "Le Japon"
"""
CITIES = """
[Vienna]
fr = "Vienne"
de = "Wien"
it = "Vienna"
ru = "Вена"
es = "Viena"
"""


def in_six_languages(name: str) -> str:
    """Return the lines that give a name in each language, by default the English one with the code."""
    return "\n".join(f'name.{code} = "{name}{"" if code == "en" else f" {code}"}"' for code in LANGUAGES)


INSTITUTIONS = f"""
[secretariat]
kind = "secretariat"
host_country = "AT"
city = "Vienna"
{in_six_languages("Secretariat")}

[[secretariat.former_names]]
en = "Office of Beginnings"
used_until = "1993"

[archive]
kind = "department"
parent = "secretariat"
{in_six_languages("Archive")}

[field-office]
kind = "field_operation"
opened_on = "1995"
closed_on = "2001-05"
successors = ["secretariat"]
{in_six_languages("Field office")}
"""
TOPICS = f"""
[elections]
{in_six_languages("Elections")}
"""
NAVIGATION = f"""
["our-work"]
{in_six_languages("Our work").replace("name", "label")}
introduction.en = "What we do."
body.en = "<p>More about it.</p>"
below = "topics"

["states"]
{in_six_languages("States").replace("name", "label")}
address = "/countries/?status=participating-states"
below = "participating_state"
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of small data files."""
    files = {
        "countries.csv": COUNTRIES,
        "chairpersonships.csv": CHAIRS,
        "country_names.toml": COUNTRY_NAMES,
        "cities.toml": CITIES,
        "institutions.toml": INSTITUTIONS,
        "topics.toml": TOPICS,
        "navigation.toml": NAVIGATION,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """The rows of the project's own data files."""
    return read_rows()


def load(data: Path | None = None, **options: object) -> str:
    """Run the command and return what it prints."""
    output = StringIO()
    call_command("load_reference_data", stdout=output, **({"data": data} if data else {}), **options)
    return output.getvalue()


def replace(file: Path, old: str, new: str) -> None:
    """Edit a data file as a member of staff would."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


# The project's own data


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


def test_mongolia_was_a_partner_before_it_became_a_participating_state(rows: list[Row]):
    """The day on which one ends is the day on which the other begins."""
    memberships = [row.values for row in rows if row.kind == "membership" and row.values["country"] == "MN"]
    assert memberships == [
        {"country": "MN", "status": STATUS.PARTICIPATING_STATE, "since": "2012-11-21", "until": ""},
        {"country": "MN", "status": STATUS.ASIAN_PARTNER, "since": "2004", "until": "2012-11-21"},
    ]


def test_the_mission_in_kosovo_has_no_host_country_and_the_others_at_work_have(rows: list[Row]):
    """Twelve field operations are at work."""
    at_work = [row for row in rows if row.values.get("kind") == "field_operation" and not row.values["closed_on"]]
    assert len(at_work) == 12
    assert [row.key for row in at_work if not row.values["host_country"]] == ["mission-in-kosovo"]


@pytest.mark.parametrize("kind", ["country", "institution", "topic"])
def test_every_record_has_a_name_in_each_of_the_six_languages(rows: list[Row], kind: str):
    """None falls back to English."""
    nameless = [
        (row.key, code) for row in rows if row.kind == kind for code in LANGUAGES if not row.values[f"name_{code}"]
    ]
    assert nameless == []


def test_every_entry_of_the_navigation_has_a_label_or_a_record_and_own_pages_have_a_text(rows: list[Row]):
    """An own page is introduced in each language and has a body in English."""
    targets = ("country", "institution", "topic")
    for row in (row for row in rows if row.kind == "navigation"):
        leads_to_a_record = any(row.values[target] for target in targets)
        assert leads_to_a_record or all(row.values[f"label_{code}"] for code in LANGUAGES), row.key
        if not leads_to_a_record and not row.values["address"]:
            assert all(row.values[f"introduction_{code}"] for code in LANGUAGES), row.key
            assert row.values["body_en"].startswith("<p>"), row.key


def test_the_57_states_stand_in_the_navigation_in_the_order_of_the_countries_file(rows: list[Row]):
    """Belgium stands before Belarus, as in the menu of the organisation."""
    states = [row.values["country"] for row in rows if row.values.get("parent") == "countries/participating-states"]
    members = [row for row in rows if row.values.get("status") == STATUS.PARTICIPATING_STATE]
    assert states == [row.values["country"] for row in members]
    assert len(states) == 57


def labels(rows: list[Row]) -> list[str]:
    """Return the English labels of the navigation in the order of the menu, as the site shows them."""
    names = {(row.kind, row.key): row.values.get("name_en") for row in rows}
    navigation = {row.key: row for row in rows if row.kind == "navigation"}
    children: dict[str, list[str]] = {}
    for row in navigation.values():
        children.setdefault(row.values["parent"], []).append(row.key)

    def walk(parent: str) -> list[str]:
        found = []
        for key in children.get(parent, []):
            values = navigation[key].values
            target = next(((name, values[name]) for name in ("country", "institution", "topic") if values[name]), None)
            found += [values["label_en"] or names[target], *walk(key)]
        return found

    return walk("")


def test_the_menu_begins_and_ends_as_the_organisation_s_does(rows: list[Row]):
    """The twin of the test below, on the project's own data."""
    menu = labels(rows)
    assert menu[:3] == ["Our work", "Fields of work", "Arms control"]
    assert menu[-3:] == ["Court of Conciliation and Arbitration", "Organizational structure", "About us"]
    assert len(menu) == 144


@pytest.mark.skipif(not PAGE.exists(), reason="needs ../shared/reference/page.txt, which a plain clone does not have")
def test_the_menu_is_that_of_the_reference_page(rows: list[Row]):
    """Its 142 entries in order, save the mark of the chair, the second "Fields of work" and the three Institutions."""
    page = PAGE.read_text(encoding="utf-8").split("\nNews Item\n")[0].splitlines()
    menu = [line.removeprefix("- ").removesuffix(" – OSCE Chairpersonship 2025") for line in page if line != "-"]
    assert len(menu) == 142
    menu.pop(menu.index("Fields of work", 2))
    after = menu.index("Institutions") + 1
    menu[after:after] = [
        "Office for Democratic Institutions and Human Rights",
        "High Commissioner on National Minorities",
        "Representative on Freedom of the Media",
    ]
    assert labels(rows) == menu


# What a load does


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


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        pytest.param(
            "institutions.toml",
            'kind = "department"',
            'kind = "departement"',
            "institutions.toml [archive]: kind is “departement”. Write one of chair, secretariat, department, "
            "institution, field_operation, assembly, court, decision_making_body.",
            id="an unknown kind",
        ),
        pytest.param(
            "institutions.toml",
            'host_country = "AT"',
            'host_country = "AU"',
            "institutions.toml [secretariat]: host_country “AU” is not known. Mend it.",
            id="a country that no file has",
        ),
        pytest.param(
            "institutions.toml",
            'city = "Vienna"',
            'city = "Viena"',
            "institutions.toml [secretariat]: city “Viena” is not in cities.toml. Did you mean “Vienna”? Add it there.",
            id="an unknown city",
        ),
        pytest.param(
            "institutions.toml",
            'closed_on = "2001-05"',
            'closed_on = "May 2001"',
            "institutions.toml [field-office]: closed_on: “May 2001” is not a date. Write a year (2004), "
            "a month (2004-05) or a day (2004-05-03).",
            id="a date in words",
        ),
        pytest.param(
            "institutions.toml",
            "opened_on",
            "openend_on",
            "institutions.toml [field-office]: “openend_on” means nothing here. Did you mean “opened_on”? Remove it.",
            id="a slip in a word",
        ),
        pytest.param(
            "institutions.toml",
            'name.ru = "Archive ru"\n',
            "",
            'institutions.toml [archive] name: ru is missing. Add a line ru = "…".',
            id="a language that is missing",
        ),
        pytest.param(
            "topics.toml",
            "[elections]",
            '[elections]\nparent = "votes"',
            "topics.toml [elections]: parent “votes” is not known. Mend it.",
            id="an unknown parent",
        ),
        pytest.param(
            "topics.toml",
            "[elections]",
            "[elections",
            "topics.toml: Expected ']' at the end of a table declaration (at line 2, column 11). "
            "Mend the line; the file is TOML in UTF-8.",
            id="no TOML",
        ),
        pytest.param(
            "countries.csv",
            "Japan,JP,asian_partner,1992,",
            "Japan,JP,asian_partner,1992",
            "countries.csv:4: it has not 5 columns. Add or remove commas.",
            id="a comma too few",
        ),
        pytest.param(
            "chairpersonships.csv",
            "2026,Poland",
            "2026,Polland",
            "chairpersonships.csv:3: “Polland” is no country. Did you mean “Poland”? Write it as countries.csv does.",
            id="an unknown country in the chair",
        ),
        pytest.param(
            "navigation.toml",
            'below = "topics"',
            'below = "topic"',
            "navigation.toml [our-work]: below is “topic”. Write one of topics, participating_state, asian_partner, "
            "mediterranean_partner, or a list of institutions.",
            id="an unknown word for many",
        ),
        pytest.param(
            "navigation.toml",
            'address = "/countries/?status=participating-states"',
            'address = "/countries/"\ncountry = "AT"',
            "navigation.toml [states]: it leads to country and address. Keep one of them.",
            id="an entry that leads to two places",
        ),
    ],
)
def test_a_mistake_in_a_file_is_said_with_its_place_and_what_to_do(
    data: Path, file: str, old: str, new: str, message: str
):
    """And nothing is stored."""
    replace(data / file, old, new)
    with pytest.raises(CommandError) as refused:
        load(data)
    assert str(refused.value) == message
    assert not Country.objects.exists()


def test_a_record_that_stands_in_the_way_is_named_and_nothing_is_stored(data: Path):
    """Another country bears the address already."""
    builders.country("Poland", iso_code="XX")
    with pytest.raises(
        CommandError, match=r"^countries.csv:3: country PL cannot be stored: .* in the admin, or the file.$"
    ):
        load(data)
    assert Country.objects.count() == 1


def test_every_kind_is_compared_by_values_that_its_rows_have(rows: list[Row]):
    """A kind that names a value it lacks would fail only when an editor was first."""
    for kind, description in KINDS.items():
        values = next(row.values for row in rows if row.kind == kind)
        assert set(description.alike) | set(description.references) <= set(values), kind
        assert ("parent" in values) == issubclass(description.model, TreeNode), kind
