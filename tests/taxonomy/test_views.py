"""The pages of taxonomy: countries, structure, fields of work, own pages."""

import datetime
import re

import pytest
import time_machine
from django.utils.translation import override

from taxonomy.country_list import country_sections
from taxonomy.models import FormerPath, Institution, NavigationItem
from taxonomy.structure import structure
from tests import builders

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 24)


def names(sections):
    """Return the names of the countries in each section."""
    return {section.slug: [row.country.name for row in section.rows] for section in sections}


def test_countries_stand_under_what_they_are_on_the_day():
    """Mongolia was a partner, and is a participating State."""
    mongolia = builders.country("Mongolia")
    builders.membership(country=mongolia, status="asian_partner", since="2004", until="2012-11-21")
    builders.membership(country=mongolia, status="participating_state", since="2012-11-21")
    assert names(country_sections(datetime.date(2012, 11, 20))) == {"asian-partners": ["Mongolia"]}
    assert names(country_sections(datetime.date(2012, 11, 21))) == {"participating-states": ["Mongolia"]}
    assert country_sections(DAY)[0].rows[0].since == "2012"


def test_a_country_without_a_status_is_not_lost():
    """An editor finds what was just created."""
    builders.country("Newland")
    assert names(country_sections(DAY)) == {"other-countries": ["Newland"]}


def test_the_article_is_not_sorted_by():
    """The Netherlands stands under N."""
    for name in ("The Netherlands", "Norway", "Malta"):
        builders.membership(country=builders.country(name))
    groups = country_sections(DAY)[0].groups
    assert [(group.letter, [row.country.name for row in group.rows]) for group in groups] == [
        ("M", ["Malta"]),
        ("N", ["The Netherlands", "Norway"]),
    ]


def test_russian_countries_stand_under_cyrillic_letters():
    """In the order of the Russian alphabet, which has no Latin letters between."""
    for name, name_ru in (("Austria", "Австрия"), ("Germany", "Германия"), ("Albania", "Албания")):
        builders.membership(country=builders.country(name, name_ru=name_ru))
    with override("ru"):
        section = country_sections(DAY)[0]
        assert [row.country.name for row in section.rows] == ["Австрия", "Албания", "Германия"]
        assert [letter for letter, is_present in section.letters if is_present] == ["А", "Г"]
        assert "A" not in dict(section.letters)


def test_a_tab_shows_one_status_alone_and_counts_exactly_what_it_lists(client):
    """It is a link, and works without scripts."""
    builders.membership(country=builders.country("Japan"), status="asian_partner")
    builders.membership(country=builders.country("Norway"))
    builders.membership(country=builders.country("Malta"))
    html = client.get("/countries/").content.decode()
    assert re.findall(r'tabs__count">(\d+)<', html) == ["3", "2", "1"]
    html = client.get("/countries/?status=asian-partners").content.decode()
    assert re.findall(r'class="state__link" href="([^"]+)"', html) == ["/countries/japan/"]
    assert 'href="/countries/?status=asian-partners" aria-current="page"' in html


@pytest.mark.parametrize("status", ["asian_partner", "all", "%00", "'"])
def test_an_unknown_status_is_no_page(client, status):
    """A list never answers a question that was not asked."""
    builders.membership(status="asian_partner")
    assert client.get(f"/countries/?status={status}").status_code == 404


def test_a_letter_without_a_country_is_no_link(client):
    """And is not read out."""
    builders.membership(country=builders.country("Malta"))
    html = client.get("/countries/").content.decode()
    assert '<a class="letters__link" href="#M">M</a>' in html
    assert '<span class="letters__off" aria-hidden="true">N</span>' in html
    assert 'id="M"' in html


def test_institutions_and_field_operations_stand_together_and_closed_ones_are_folded():
    """That an office is closed is a date, not a word in its name."""
    mission = Institution.Kind.FIELD_OPERATION
    builders.institution("Secretariat", kind=Institution.Kind.SECRETARIAT)
    builders.institution("Mission to Serbia", kind=mission, opened_on="2001-03")
    builders.institution("Office in Minsk", kind=mission, opened_on="2003", closed_on="2011-03-31")
    roots = structure(datetime.date(2011, 3, 31))
    assert [str(node.name) for node in roots] == ["Secretariat", "Field operations"]
    assert [(node.name, node.note) for node in roots[1].open] == [("Mission to Serbia", "since 2001")]
    assert [(node.name, node.note) for node in roots[1].closed] == [("Office in Minsk", "2003–2011")]
    assert len(structure(datetime.date(2011, 3, 30))[1].open) == 2


def test_a_department_in_its_parent_s_house_does_not_repeat_where_that_is():
    """The one elsewhere says so."""
    austria, czechia = builders.country("Austria"), builders.country("Czechia")
    above = builders.institution("Secretariat", kind=Institution.Kind.SECRETARIAT, city="Vienna", host_country=austria)
    builders.institution("Gender Issues", parent=above, city="Vienna", host_country=austria)
    builders.institution("Documentation", parent=above, city="Prague", host_country=czechia, opened_on="1991")
    root = structure(DAY)[0]
    assert root.note == "Vienna, Austria"
    assert [node.note for node in root.open] == ["", "Prague, Czechia, since 1991"]


def test_the_page_of_the_structure_links_every_institution_and_counts_them(client):
    """Open or closed, on whatever level."""
    above = builders.institution("Secretariat", kind=Institution.Kind.SECRETARIAT)
    builders.institution("Section", parent=builders.institution("Department", parent=above))
    closed = {"kind": Institution.Kind.FIELD_OPERATION, "opened_on": "1993", "closed_on": "2001"}
    builders.institution("Mission to Latvia", **closed)
    html = client.get("/institutions/").content.decode()
    links = re.findall(r'class="tree__link" href="/institutions/([^"]+)/"', html)
    assert links == ["secretariat", "department", "section", "mission-to-latvia"]
    assert '<li class="tree__node" id="closed">' in html
    assert re.findall(r'facts__value">(\d+)<', html) == ["0", "0", "1"]


def test_fields_of_work_are_a_tree(client):
    """A field stands below the one that it is part of."""
    builders.topic("Small arms", parent=builders.topic("Arms control"))
    html = client.get("/fields-of-work/").content.decode()
    tree = html[html.index('class="topics"') :]
    assert re.findall(r'href="/fields-of-work/([^"]+)/"', tree[: tree.index("</div>")]) == [
        "arms-control",
        "small-arms",
    ]
    assert "topics__branch" in tree


def test_an_own_page_shows_its_text_its_neighbours_and_what_stands_below(client, django_assert_num_queries):
    """Everything but its text comes from memory."""
    top = builders.navigation_item("Our work")
    item = builders.navigation_item(
        "Meetings", parent=top, body="<p>Who meets, and when.</p>", introduction="In short."
    )
    builders.navigation_item("Projects", parent=top)
    builders.navigation_item("Summits", parent=item)
    client.get("/countries/")
    with django_assert_num_queries(1):
        html = client.get("/our-work/meetings/").content.decode()
    assert '<div class="prose"><p>Who meets, and when.</p></div>' in html
    assert '<p class="head__intro">In short.</p>' in html
    assert '<a class="local__link" href="/our-work/meetings/" aria-current="page">Meetings</a>' in html
    assert '<a class="local__link" href="/our-work/projects/">' in html
    assert '<a class="links__link" href="/our-work/meetings/summits/">Summits</a>' in html
    assert '<a class="crumbs__link" href="/our-work/">Our work</a>' in html


def test_a_text_that_exists_only_in_english_says_so_on_a_french_page(client):
    """A screen reader pronounces it as what it is."""
    builders.navigation_item("About", body="<p>English</p>")
    assert '<div class="prose" lang="en"><p>English</p></div>' in client.get("/fr/about/").content.decode()


def test_an_own_page_that_is_not_shown_still_answers(client):
    """Hidden from the menu is not secret."""
    builders.navigation_item("About", is_shown=False)
    assert client.get("/about/").status_code == 200


def test_a_former_path_redirects_once_for_good_in_each_language(client):
    """Also from a page that moved twice."""
    item = builders.navigation_item("Projects")
    for slug in ("activities", "undertakings"):
        item = NavigationItem.objects.get(pk=item.pk)
        item.slug = slug
        item.save()
    assert FormerPath.objects.count() == 2
    for path in ("/projects/", "/activities/"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, "/undertakings/")
    assert client.get("/fr/activities/")["Location"] == "/fr/undertakings/"


def test_an_entry_that_leads_elsewhere_redirects_from_its_own_path(client):
    """Not for good: an editor may give it a page of its own."""
    builders.navigation_item("Events", address="/news/?kind=media_advisory")
    response = client.get("/events/")
    assert (response.status_code, response["Location"]) == (302, "/news/?kind=media_advisory")


@time_machine.travel("2026-11-24T12:00:00+00:00", tick=False)
def test_the_chair_is_marked_in_the_list_and_in_the_structure(client):
    """From the country, the year and today's date."""
    switzerland = builders.country("Switzerland")
    switzerland.chairpersonships.create(year=2026)
    builders.membership(country=switzerland)
    builders.institution("Chairpersonship", kind=Institution.Kind.CHAIR)
    assert '<span class="mark">OSCE Chairpersonship 2026</span>' in client.get("/countries/").content.decode()
    html = client.get("/institutions/").content.decode()
    assert '<span class="tree__note">2026: <a href="/countries/switzerland/">Switzerland</a></span>' in html
