"""What the address of a list asks for."""

import datetime
from urllib.parse import parse_qsl, urlencode

import pytest
from django.conf import settings as site
from django.http import Http404
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from news.list_pages import is_for_crawlers
from news.models import Edition
from news.question import SIZES, Question, read_question
from taxonomy.catalogue import forget
from tests import builders
from tests.pages import main, page

pytestmark = pytest.mark.django_db


def read(query, **how):
    """Return the question of the query."""
    return read_question(RequestFactory().get(f"/news/{query}"), **how)[0]


def problems(query):
    """Return what is wrong with the query, by parameter."""
    return read_question(RequestFactory().get(f"/news/{query}"))[1]


def test_every_parameter_is_read_and_written_in_the_one_order():
    """Records by their slugs, several values of one in their own order, defaults left out."""
    for maker, name in (
        ("country", "Ukraine"),
        ("country", "Austria"),
        ("institution", "Secretariat"),
        ("topic", "Mines"),
    ):
        getattr(builders, maker)(name)
    query = (
        "?q=border+guards&kind=news&kind=speech&institution=secretariat&country=austria&country=ukraine&topic=mines"
        "&language=fr&language=sq&from=2024-01-01&to=2024-12-31&sort=oldest&size=50&page=3"
    )
    assert read(query, is_search=True).query() == query
    assert read("?at=2025-11-26T11:00%2B01:00").query() == "?at=2025-11-26T10%3A00%3A00Z"
    assert read("?sort=newest&size=20&kind=&from=&to=&q=&utm_source=x").query() == ""


@pytest.mark.parametrize(
    ("changes", "query"),
    [
        ({}, "?kind=speech&page=4"),
        ({"page": 5}, "?kind=speech&page=5"),
        ({"size": 50}, "?kind=speech&size=50"),
        ({"kinds": ()}, ""),
        ({"kinds": ("speech", "news", "speech")}, "?kind=news&kind=speech"),
    ],
)
def test_a_change_leads_to_the_first_page_of_what_it_asks_for(changes, query):
    """Unless it names a page."""
    assert Question(kinds=("speech",), page=4).query(**changes) == query


@pytest.mark.parametrize(
    ("query", "changes", "expected"),
    [
        ("?q=mines", {}, "relevance"),
        ("?q=mines&sort=newest", {}, "newest"),
        ("?sort=relevance", {}, "newest"),
        ("", {}, "newest"),
    ],
)
def test_words_are_answered_by_relevance_unless_the_reader_says_otherwise(query, changes, expected):
    """Without words nothing is more relevant than anything else."""
    question = read(query, **changes)
    assert question.sort == expected
    assert ("sort" in question.query()) == (expected == "newest" and bool(question.words))


@pytest.mark.parametrize(
    "query",
    [
        "?kind=rumour", "?kind=News", "?kind=news&kind=rumour", "?country=atlantis", "?institution=1", "?topic=%00",
        "?language=xx", "?sort=title", "?size=30", "?size=020", "?page=0", "?page=02", "?page=1.0", "?at=2999-01-01",
        "?at=yesterday", "?q=mines&at=2020-01-01", "?at=99999-01-01", "?country=" + "a" * 500,
    ],
)  # fmt: skip
def test_an_unknown_value_is_not_found(client, query):
    """Whatever else is asked."""
    with pytest.raises(Http404):
        read(query)
    page(client, f"/news/{query}", status=404)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?from=soon", "from"), ("?to=2024-02-30", "to"), ("?from=01.02.2024", "from"), ("?to=99999", "to"),
        ("?from=2024-05-01&to=2024-04-30", "to"), ("?from=%00", "from"), ("?from=2024-13", "from"), ("?to=0000", "to"),
    ],
)  # fmt: skip
def test_a_bad_date_keeps_the_form_and_shows_the_list(client, query, field):
    """It says at the field what is wrong, shows what was typed, and narrows nothing."""
    builders.published("Alpha", issued_at=datetime.datetime(2024, 6, 1, tzinfo=datetime.UTC))
    assert list(problems(query)) == [field]
    shown = main(client, f"/news/{query}")
    assert f'id="e-{field}"' in shown
    assert f'aria-describedby="e-{field}"' in shown
    assert f'<p class="problem"><a class="problem__link" href="#f-{field}">' in shown
    assert "Alpha" in shown


def test_the_page_of_a_bad_date_leads_only_to_good_addresses(client):
    """Its own address is that of the list without it; search engines keep neither."""
    for number in range(21):
        builders.published(issued_at=datetime.datetime(2024, 6, number + 1, tzinfo=datetime.UTC))
    shown = page(client, "/news/?kind=news&from=foo&to=2024-12-31")
    assert f'<link rel="canonical" href="{site.SITE_URL}/news/?kind=news&amp;to=2024-12-31">' in shown
    assert '<meta name="robots" content="noindex">' in shown
    assert 'href="/news/?kind=news&amp;to=2024-12-31&amp;page=2" rel="next"' in shown
    assert "from=foo" not in shown
    assert 'class="filters filters--open"' in shown


def test_a_month_or_a_year_is_a_date_too(client):
    """From its first day, to its last; the address then names the day."""
    question = read("?from=2024&to=2024-02")
    assert (question.since, question.until) == (datetime.date(2024, 1, 1), datetime.date(2024, 2, 29))
    assert client.get("/news/?from=2024&to=2024-02").url == "/news/?from=2024-01-01&to=2024-02-29"


def test_days_are_days_in_vienna(client):
    """An item of half past midnight there is of that day, though it is of the day before in London."""
    builders.published("Alpha", issued_at=datetime.datetime(2024, 5, 31, 22, 30, tzinfo=datetime.UTC))
    assert "Alpha" in main(client, "/news/?from=2024-06-01&to=2024-06-01")
    assert "Alpha" not in main(client, "/news/?to=2024-05-31")


@pytest.mark.parametrize("maker", [builders.country, builders.institution, builders.topic])
def test_a_former_slug_redirects_to_the_address_with_the_new_one(client, maker):
    """Together with all else that is not canonical, once."""
    record = maker("Old name")
    name = record._meta.model_name
    record.slug = "new-name"
    record.save()
    response = client.get(f"/news/?page=1&{name}=old-name&kind=news")
    expected = f"?kind=news&{name}=new-name"
    assert (response.status_code, response.url) == (301, f"/news/{expected}")
    page(client, response.url)


def test_a_parent_includes_its_descendants():
    """Institutions and fields of work; countries have none."""
    parent = builders.institution("Above")
    child = builders.institution("Below", parent=parent)
    country = builders.country("Malta")
    question = read("?institution=above&country=malta")
    assert question.families() == {"institution": {parent.pk, child.pk}, "country": {country.pk}}


@pytest.mark.parametrize(
    ("query", "is_kept"),
    [
        ("", True), ("?page=2", True), ("?kind=news", True), ("?country=malta", True), ("?language=en", True),
        ("?kind=news&page=2", True), ("?kind=news&kind=speech", False), ("?kind=news&country=malta", False),
        ("?from=2020-01-01", False), ("?to=2030-01-01", False), ("?sort=oldest", False), ("?size=50", False),
        ("?at=2025-01-01T00:00:00Z", False),
    ],
)  # fmt: skip
def test_search_engines_keep_lists_with_one_filter_at_most(client, query, is_kept):
    """What is combined shows the same stories again, in more addresses than a crawler can ask for."""
    malta = builders.country("Malta")
    for _number in range(51):
        builders.published(countries=[malta.pk])
    question = read(query)
    assert is_for_crawlers(question) == is_kept
    shown = page(client, f"/news/{question.query()}")
    assert ('<meta name="robots" content="noindex">' not in shown) == is_kept


def test_the_subject_of_a_page_is_no_filter_to_a_search_engine(client):
    """One more is kept, two are not."""
    builders.country("Malta")
    assert "noindex" not in page(client, "/countries/malta/?kind=news")
    assert "noindex" in page(client, "/countries/malta/?kind=news&language=en")


@pytest.mark.parametrize(("query", "status"), [("", 200), ("?kind=rumour", 404), ("?page=1", 301), ("?from=foo", 200)])
def test_a_head_is_answered_as_a_get_is(client, query, status):
    """Without the body."""
    got, headed = client.get(f"/news/{query}"), client.head(f"/news/{query}")
    assert (headed.status_code, headed.content, headed.get("Location")) == (status, b"", got.get("Location"))


def test_hundreds_of_values_are_a_question_like_others(client):
    """And more parameters than a form may have are refused, not an error of the server's."""
    topics = [builders.topic() for _number in range(300)]
    builders.published("Alpha", topics=[topics[-1].pk])
    values = urlencode([("topic", topic.slug) for topic in reversed(topics)])
    assert client.get(f"/news/?{values}").status_code == 301
    answer = client.get(f"/news/?{values}", follow=True)
    assert (answer.status_code, len(answer.redirect_chain)) == (200, 1)
    assert b"Alpha" in answer.content
    assert client.get("/news/?" + "topic=x&" * 4_100).status_code == 400


def test_a_list_of_a_past_moment_keeps_its_choices_in_the_form(client):
    """It has no facets that would hold them."""
    builders.country("Malta")
    shown = main(client, "/news/?kind=news&country=malta&at=2025-01-01T00:00:00Z")
    for name, value in (("kind", "news"), ("country", "malta"), ("at", "2025-01-01T00:00:00Z")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in shown


PAIRS = st.lists(
    st.one_of(
        st.tuples(st.just("kind"), st.sampled_from(Edition.Kind.values)),
        st.tuples(st.just("country"), st.sampled_from(["ukraine", "malta"])),
        st.tuples(st.just("institution"), st.sampled_from(["above", "below"])),
        st.tuples(st.just("topic"), st.sampled_from(["mines", "earlier"])),
        st.tuples(st.just("language"), st.sampled_from(["en", "fr", "sq", ""])),
        st.tuples(st.just("utm_source"), st.text(max_size=3)),
    ),
    max_size=8,
)
SINGLE = st.fixed_dictionaries(
    {},
    optional={
        "size": st.sampled_from(SIZES),
        "sort": st.sampled_from(["newest", "oldest"]),
        "from": st.sampled_from(["2024", "2024-01-01"]),
        "to": st.sampled_from(["2024-02", "2024-12-31", ""]),
        "at": st.sampled_from(["2025-01-01", "2025-11-26T11:00+01:00"]),
        "page": st.just(1),
    },
)


class OneAddress(TestCase):
    """Whatever the order, the repeats and the strangers in an address, there is one canonical form of it."""

    @settings(max_examples=60, deadline=None)
    @given(pairs=PAIRS, single=SINGLE, repeated=st.integers(0, 8), chance=st.randoms(use_true_random=False))
    def test_a_permuted_address_gives_the_same_canonical_one(self, pairs, single, repeated, chance):
        """And leads there by one redirect, or is it already."""
        for name in ("Ukraine", "Malta"):
            builders.country(name)
        builders.institution("Below", parent=builders.institution("Above"))
        topic = builders.topic("Earlier")
        topic.slug = "mines"
        topic.save()
        forget()  # each example begins with a database of its own
        pairs = pairs + list(single.items())
        mixed = pairs + pairs[:repeated]
        chance.shuffle(mixed)
        first, second = read(f"?{urlencode(pairs)}"), read(f"?{urlencode(mixed)}")
        assert first == second
        response = self.client.get(f"/news/?{urlencode(mixed)}")
        if response.status_code == 301:
            assert response.url == f"/news/{first.query()}"
            response = self.client.get(response.url)
        assert response.status_code == 200
        asked = [pair for pair in parse_qsl(response.request["QUERY_STRING"]) if pair[0] != "utm_source"]
        assert asked == parse_qsl(first.query().removeprefix("?"))


def test_a_record_that_another_process_deletes_meanwhile_is_no_error():
    """Its number was read a moment ago; it narrows the list to nothing, and no address names it."""
    gone = Question(institutions=(9_999,), countries=(9_999,))
    assert gone.query() == ""
    assert gone.families() == {"institution": frozenset({9_999}), "country": frozenset({9_999})}
