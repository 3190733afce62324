"""What a list offers to choose from, and what it says is chosen."""

import re

import pytest
from django.utils.translation import override

from news.answers import answer
from news.choices import LONG, FacetValue, offers
from news.question import Question
from news.templatetags.lists import facet_options
from tests import builders
from tests.pages import main, page

pytestmark = pytest.mark.django_db


def facet(name, **asked):
    """Return a facet of the list that is asked for."""
    return next(facet for facet in answer(Question(**asked)).facets if facet.name == name)


def title(client, address):
    """Return the title of a page, without the site's name."""
    found = re.search(r"<title>([^<]*) \| [^<]*</title>", page(client, address))
    assert found
    return found[1]


def test_a_facet_offers_what_lists_something_and_what_is_chosen():
    """A country without news is not offered, unless the reader asked for it."""
    malta, cyprus = builders.country("Malta"), builders.country("Cyprus")
    builders.published(countries=[malta.pk])
    assert facet("country").values == [FacetValue("malta", "Malta", 1, is_chosen=False)]
    assert facet("country", countries=(cyprus.pk,)).values == [
        FacetValue("cyprus", "Cyprus", 0, is_chosen=True),
        FacetValue("malta", "Malta", 1, is_chosen=False),
    ]


def test_what_is_chosen_stands_below_its_parent_though_neither_lists_anything():
    """Or it would look as if it were part of what comes before it."""
    first = builders.institution("Assembly")
    parent = builders.institution("Secretariat")
    child = builders.institution("Centre", parent=parent)
    builders.published(issued_by=[first.pk])
    values = facet("institution", institutions=(child.pk,)).values
    assert [(value.label, value.count, value.level) for value in values] == [
        ("Assembly", 1, 0),
        ("Secretariat", 0, 0),
        ("Centre", 0, 1),
    ]


def test_the_hierarchy_is_drawn(client):
    """To the third level."""
    number = None
    for name in ("Above", "Between", "Below"):
        number = builders.topic(name, parent=number)
    builders.published(topics=[number.pk])
    shown = main(client, "/news/")
    classes = re.findall(r'<label class="([^"]+)"><input[^>]* name="topic"', shown)
    assert classes == ["option", "option option--child", "option option--child option--grandchild"]


def test_an_option_is_kept_and_its_count_is_not():
    """Nor its language, its name or whether it is chosen."""
    malta = builders.country("Malta", name_fr="Malte")
    builders.published(countries=[malta.pk])
    assert '<span class="option__name">Malta</span><span class="option__count">1</span>' in draw("country")
    builders.published(countries=[malta.pk])
    assert '<span class="option__count">2</span>' in draw("country")
    assert " checked" not in draw("country")
    assert " checked" in draw("country", countries=(malta.pk,))
    with override("fr"):
        assert ">Malte<" in draw("country", page_language="fr")


def draw(name, **asked):
    """Draw the options of a facet."""
    return facet_options(facet=facet(name, **asked))


def test_a_name_with_markup_stays_text():
    """An editor may write what he likes."""
    malta = builders.country("Malta")
    malta.name = '<b>"Malta"</b> & co'
    malta.save()
    builders.published(countries=[malta.pk])
    assert "&lt;b&gt;&quot;Malta&quot;&lt;/b&gt; &amp; co" in draw("country")


def test_a_long_facet_can_be_searched(client):
    """From as many values on as a reader does not see at a glance."""
    countries = [builders.country() for _number in range(LONG)]
    builders.published(countries=[country.pk for country in countries[1:]])
    assert "data-search" not in main(client, "/news/")
    builders.published(countries=[countries[0].pk])
    assert 'data-search="Find in: Country"' in main(client, "/news/")


def test_each_choice_is_a_chip_that_removes_it_alone(client):
    """And one removes all; what is no choice stays: order and size."""
    for name in ("Malta", "Cyprus"):
        builders.published(countries=[builders.country(name).pk])
    shown = main(client, "/news/?kind=news&country=cyprus&country=malta&from=2019-01-01&sort=oldest")
    chips = re.findall(r'class="chip[^"]*" href="/news/\??([^"]*)">(?:<[^>]*>Remove: </span>)?([^<]+)<', shown)
    assert chips == [
        ("country=cyprus&amp;country=malta&amp;from=2019-01-01&amp;sort=oldest", "News"),
        ("kind=news&amp;country=malta&amp;from=2019-01-01&amp;sort=oldest", "Cyprus"),
        ("kind=news&amp;country=cyprus&amp;from=2019-01-01&amp;sort=oldest", "Malta"),
        ("kind=news&amp;country=cyprus&amp;country=malta&amp;sort=oldest", "from 1 January 2019"),
        ("sort=oldest", "Remove all"),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "News"),
        ("?kind=news", "News"),
        ("?kind=speech&country=malta", "Speeches: Malta"),
        ("?country=malta", "News: Malta"),
        ("?kind=news&kind=press-release&kind=speech&kind=statement", "News: News, Press releases, Statements, …"),
        ("?country=malta&from=2020-01-01", "News: Malta, from 1 January 2020"),
    ],
)
def test_the_title_names_what_is_chosen(client, query, expected):
    """A list of some kinds is called after them; of many choices the first are named."""
    builders.published(countries=[builders.country("Malta").pk])
    assert title(client, f"/news/{query}") == expected


def test_a_list_of_a_kind_stands_below_all_news(client):
    """In its heading and in the breadcrumb."""
    builders.published(kind="speech")
    shown = page(client, "/news/?kind=speech")
    assert "<h1>Speeches</h1>" in shown
    assert '<a class="crumbs__link" href="/news/">News</a>' in shown
    assert "<h1>News</h1>" in page(client, "/news/?kind=news")


def test_the_title_of_a_subjects_page_names_what_is_chosen(client):
    """After the subject."""
    builders.country("Malta")
    assert title(client, "/countries/malta/") == "Malta"
    assert title(client, "/countries/malta/?kind=speech") == "Malta: Speeches"


def test_an_empty_list_says_what_to_do(client):
    """Without choices there is nothing to remove."""
    shown = main(client, "/news/?kind=speech")
    assert "Nothing matches all of this" in shown
    assert '<a href="/news/">Show the list without filters</a>' in shown
    assert "No news yet" in main(client, "/news/")


def test_offers_are_named_once_for_each_language():
    """And anew when the taxonomy changes."""
    assert offers("kind") is offers("kind")
    with override("fr"):
        assert offers("kind")[1].label == "Communiqués de presse"
