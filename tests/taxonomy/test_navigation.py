"""The navigation as plain data: what leads where, under which name, and what stands above what."""

import pytest
from django.utils.translation import override

from taxonomy import catalogue
from taxonomy.navigation import navigation
from taxonomy.templatetags.navigation import groups
from tests import builders

pytestmark = pytest.mark.django_db


def entry_named(name):
    """Return the entry with this name."""
    return next(entry for entry in navigation().by_pk.values() if entry.name == name)


def test_an_entry_without_a_label_bears_its_target_s_name_in_each_language():
    """A rename of the country renames its entry."""
    country = builders.country("Austria", name_fr="Autriche")
    item = builders.navigation_item(label="", slug="austria", country=country)
    type(item).objects.filter(pk=item.pk).update(label_en="", label="")
    assert navigation().by_pk[item.pk].name == "Austria"
    with override("fr"):
        assert navigation().by_pk[item.pk].name == "Autriche"


def test_a_name_in_the_language_wins_over_an_english_label():
    """A reader of French rather reads the record's French name than the English words of the menu."""
    country = builders.country("Austria", name_fr="Autriche")
    item = builders.navigation_item("In Austria", country=country)
    with override("fr"):
        assert navigation().by_pk[item.pk].name == "Autriche"
    with override("de"):
        assert navigation().by_pk[item.pk].name == "In Austria"


@pytest.mark.parametrize(
    ("address", "in_english", "in_french"),
    [
        pytest.param("", "/activities/", "/fr/activities/", id="an own page"),
        pytest.param("/news/?kind=speech", "/news/?kind=speech", "/fr/news/?kind=speech", id="a filtered list"),
        pytest.param("/institutions/#closed", "/institutions/#closed", "/fr/institutions/#closed", id="a part"),
        pytest.param("https://example.org/a", "https://example.org/a", "https://example.org/a", id="another site"),
    ],
)
def test_an_entry_leads_to_its_page_in_the_active_language(address, in_english, in_french):
    """An address is stored once, without a language."""
    item = builders.navigation_item("Activities", address=address)
    assert navigation().by_pk[item.pk].address == in_english
    with override("fr"):
        assert navigation().by_pk[item.pk].address == in_french


def test_countries_stand_in_the_alphabet_of_each_language():
    """Österreich stands under O in German, Austria under A in English."""
    names = {"Armenia": "Armenien", "Austria": "Österreich", "Belgium": "Belgien", "Czechia": "Tschechien"}
    names |= {"Finland": "Finnland", "Norway": "Norwegen"}
    top = builders.navigation_item("Participating States")
    for english, german in names.items():
        country = builders.country(english, name_de=german)
        builders.navigation_item(label="", slug=country.slug, label_en="", country=country, parent=top)
    assert [child.name for child in navigation().by_pk[top.pk].children] == list(names)
    with override("de"):
        assert [child.name for child in navigation().by_pk[top.pk].children] == [
            "Armenien",
            "Belgien",
            "Finnland",
            "Norwegen",
            "Österreich",
            "Tschechien",
        ]


def test_an_own_page_stands_at_the_path_of_its_and_its_parents_slugs():
    """Wherever the parents lead themselves."""
    top = builders.navigation_item("Our work", address="/news/")
    item = builders.navigation_item("Projects", parent=top)
    assert navigation().by_path["our-work/projects"].pk == item.pk
    assert navigation().by_pk[item.pk].address == "/our-work/projects/"


def test_the_trail_names_what_stands_above_outermost_first():
    """It is what a breadcrumb shows between home and the page."""
    top = builders.navigation_item("Our work")
    middle = builders.navigation_item("Meetings", parent=top)
    builders.navigation_item("Summits", parent=middle)
    trail = navigation().trail_to(entry_named("Summits"))
    assert [entry.name for entry in trail] == ["Our work", "Meetings"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/countries/", "Countries"),
        ("/countries/albania/", "Countries"),
        ("/institutions/odihr/", "Structures"),
        ("/our-work/projects/", "Our work"),
        ("/fields-of-work/youth/", "Our work"),
        ("/elsewhere/", None),
        ("/", None),
        ("/our-work" + "/a" * 4_000 + "/", "Our work"),
    ],
)
def test_every_page_stands_under_the_entry_of_the_bar_that_leads_nearest_to_it(path, expected):
    """A part of a page (`#field-operations`) doesn't take the page into another section."""
    work = builders.navigation_item("Our work")
    builders.navigation_item("Field operations", parent=work, address="/institutions/#field-operations")
    builders.navigation_item("Fields of work", parent=work, address="/fields-of-work/")
    builders.navigation_item("Projects", parent=work)
    builders.navigation_item("Countries", address="/countries/")
    builders.navigation_item("Structures", address="/institutions/")
    top = navigation().top_above(path)
    assert (top.name if top else None) == expected


def test_the_navigation_is_read_in_one_query_and_then_kept(django_assert_num_queries):
    """The catalogue takes five more."""
    builders.navigation_item("Our work")
    with django_assert_num_queries(6):
        navigation()
    with django_assert_num_queries(0), override("ru"):
        navigation()


def test_whatever_forgets_taxonomy_forgets_the_navigation():
    """One hook serves both."""
    item = builders.navigation_item("Before")
    assert navigation().by_pk[item.pk].name == "Before"
    item.label_en = "After"
    item.save()
    catalogue.forget()
    assert navigation().by_pk[item.pk].name == "After"


def test_an_item_that_is_not_shown_is_left_out_of_the_menu_and_keeps_its_address():
    """Its page still answers."""
    top = builders.navigation_item("Our work")
    builders.navigation_item("Secret", parent=top, is_shown=False)
    builders.navigation_item("Hidden top", is_shown=False)
    assert [entry.name for entry in navigation().menu] == ["Our work"]
    assert navigation().menu[0].shown_children == ()
    assert "our-work/secret" in navigation().by_path


def test_a_panel_shows_branches_as_wide_as_they_need_and_single_entries_together():
    """The twelve columns of a row are never exceeded by a narrow last group."""
    top = builders.navigation_item("Top")
    wide = builders.navigation_item("Wide", parent=top)
    for number in range(23):
        builders.navigation_item(f"Child {number}", parent=wide)
    builders.navigation_item("One", parent=top)
    builders.navigation_item("Two", parent=top)
    arranged = [(group.variant, [head.name for head in group.heads]) for group in groups(entry_named("Top"))]
    assert arranged == [("wide", ["Wide"]), ("two", ["One", "Two"])]


def test_the_last_column_of_a_nearly_full_row_goes_to_its_first_group():
    """Four, four and three columns leave one, which no group could use."""
    top = builders.navigation_item("Top")
    for name, children in (("First", 12), ("Second", 3), ("Third", 13)):
        branch = builders.navigation_item(name, parent=top)
        for number in range(children):
            builders.navigation_item(f"{name} {number}", parent=branch)
    builders.navigation_item("Single", parent=top)
    assert [group.variant for group in groups(entry_named("Top"))] == ["five", "", "four", "row"]
