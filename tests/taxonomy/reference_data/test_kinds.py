"""The project's own data files, read into rows."""

import pytest
from django.conf import settings

from taxonomy.models import Membership
from taxonomy.reference_data.kinds import KINDS, read_rows
from taxonomy.reference_data.sources import LANGUAGES, Row
from taxonomy.tree import TreeNode

PAGE = settings.ROOT.parent / "shared" / "reference" / "page.txt"
STATUS = Membership.Status


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """The rows of the project's own data files."""
    return read_rows()


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


def test_every_kind_is_compared_by_values_that_its_rows_have(rows: list[Row]):
    """A kind that names a value it lacks would fail only when an editor was first."""
    for kind, description in KINDS.items():
        values = next(row.values for row in rows if row.kind == kind)
        assert set(description.alike) | set(description.references) <= set(values), kind
        assert ("parent" in values) == issubclass(description.model, TreeNode), kind
