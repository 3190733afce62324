"""Where items stood before: each of these addresses leads to the item by one redirect."""

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from news import workflow
from news.former_addresses import Asked, item_at, items_at, normal, rows_for
from news.models import FormerAddress
from news.workflow import RemovalWish
from tests import builders

pytestmark = pytest.mark.django_db


def stood_at(edition, *paths):
    """Let the item have stood at the paths."""
    FormerAddress.objects.bulk_create(rows_for(edition.item, paths))
    return edition


def redirects_to(client, path):
    """Return the address to which a path leads by one redirect, and check that a page answers there."""
    answer = client.get(path)
    assert answer.status_code == 301, path
    address = answer.headers["Location"]
    assert client.get(address).status_code in {200, 410}
    return address


def leads_nowhere(client, path):
    """Say whether nothing is found, once the slash at the end is added."""
    return client.get(path, follow=True).status_code == 404


def test_an_exact_address_leads_to_the_item(client):
    """With a slash at the end or without, percent-encoded or not."""
    edition = stood_at(builders.published(), "/archive/Über uns.html")
    for path in ("/archive/Über uns.html", "/archive/%C3%9Cber%20uns.html", "/archive/Über uns.html/"):
        assert redirects_to(client, path) == edition.get_absolute_url()


def test_capitals_count(client):
    """Other systems kept two texts at two such addresses."""
    stood_at(builders.published(), "/Archive/One")
    assert leads_nowhere(client, "/archive/one")


@pytest.mark.parametrize(
    "path", ["/node/12345", "/ukraine/12345", "/a/b/c/12345", "/ukraine/12345/", "/UKRAINE/12345", "/x%20y/12345"]
)
def test_in_the_legacy_scheme_the_number_decides(client, path):
    """Whatever stood before it has been renamed since."""
    edition = stood_at(builders.published(), "/special-monitoring-mission/12345")
    assert redirects_to(client, path) == edition.get_absolute_url()


@pytest.mark.parametrize("path", ["/12345", "/ru/12345", "/node/x12345", "/node/12345/print", "/node/" + "1" * 19])
def test_other_addresses_have_no_number(client, path):
    """Only the last part is one, and something stands before it."""
    stood_at(builders.published(), "/node/12345")
    assert leads_nowhere(client, path)


def test_the_language_in_front_decides_among_the_versions(client):
    """Without one it is English; where there is no such version, the original."""
    russian = builders.published("Оригинал", language="ru")
    english = builders.published("Translation", language="en", translation_of=russian.item)
    albanian = builders.published("Përkthim", language="sq", translation_of=russian.item)
    stood_at(russian, "/ru/a/7")
    stood_at(english, "/a/7")
    stood_at(albanian, "/sq/a/7")
    assert redirects_to(client, "/node/7") == english.get_absolute_url()
    assert redirects_to(client, "/RU/b/7") == russian.get_absolute_url()
    assert redirects_to(client, "/sq/b/7") == albanian.get_absolute_url()
    assert redirects_to(client, "/fr/b/7") == russian.get_absolute_url()


def test_the_query_is_dropped_and_head_answers_too(client):
    """The former site's parameters mean nothing here."""
    edition = stood_at(builders.published(), "/node.aspx/5")
    assert client.get("/node.aspx/5?page=2").headers["Location"] == edition.get_absolute_url()
    assert client.head("/node.aspx/5").status_code == 301
    assert client.post("/node.aspx/5").status_code == 404


def test_a_draft_is_not_given_away(client):
    """Nor what is to come."""
    stood_at(builders.draft(), "/node/1")
    later = timezone.now() + timezone.timedelta(days=1)
    stood_at(builders.published(visible_from=later), "/node/2")
    assert leads_nowhere(client, "/node/1")
    assert leads_nowhere(client, "/node/2")


def test_what_was_published_in_error_says_so_behind_one_redirect(client):
    """Its address is the one that answers 410."""
    edition = stood_at(builders.published(), "/node/3")
    workflow.remove(edition.item, RemovalWish(kind="error", reason="x"), by=None)
    assert client.get(redirects_to(client, "/node/3")).status_code == 410


def test_what_was_merged_leads_to_the_other_page_at_once(client):
    """Not by way of its own address."""
    edition, other = stood_at(builders.published(), "/node/4"), builders.published()
    workflow.remove(edition.item, RemovalWish(kind="consolidated", reason="x", leads_to=str(other.item_id)), by=None)
    assert redirects_to(client, "/node/4") == other.get_absolute_url()
    assert client.get("/node/4").headers["Cache-Control"] == "no-cache"


def test_what_the_site_has_itself_stays_the_site_s(client):
    """Pages, records, and items that are still drafts; with a slash at the end or without."""
    builders.navigation_item("Our work", slug="our-work")
    builders.country("Ukraine")
    draft = builders.draft()
    own = builders.published()
    paths = ["/our-work", "/countries/ukraine", "/news", f"/news/{draft.item_id}", f"/news/{own.item_id}"]
    stood_at(builders.published(), *paths, f"/other/{draft.item_id}", f"/other/{own.item_id}")
    assert client.get("/our-work/").status_code == 200
    assert client.get("/our-work").headers["Location"] == "/our-work/"
    assert client.get("/countries/ukraine/").status_code == 200
    assert client.get("/countries/ukraine/?kind=nonsense").status_code == 404
    assert client.get("/news").headers["Location"] == "/news/"
    assert client.get(f"/news/{draft.item_id}/").status_code == 404
    assert client.get(f"/news/{own.item_id}").headers["Location"] == f"/news/{own.item_id}/"


@pytest.mark.parametrize("path", ["/admin/5", "/api/5", "/static/5", "/media/x/5", "/fr/admin/5", "/api/v1/5"])
def test_the_site_s_machinery_is_never_asked(path):
    """Even where somebody has kept such an address."""
    stood_at(builders.published(), path)
    assert item_at(path) is None


def test_an_item_s_own_address_is_no_former_one():
    """Nor is one twice the same."""
    edition = builders.published()
    rows = rows_for(edition.item, [edition.get_absolute_url(), "/a/5", "/a/5/", "/a/%35", "//evil", "", "a", "/\x07"])
    assert [(row.path, row.number, row.language) for row in rows] == [("/a/5", 5, "en")]


def test_a_space_is_kept_as_an_address_has_it():
    """An address with a bare one would not be read again."""
    assert normal("/a b%20c") == normal("/a%2520b c/") == "/a%20b%20c"


def test_many_addresses_cost_the_queries_of_one(django_assert_num_queries):
    """For a proof of a million."""
    texts = []
    for number in range(20):
        texts += [f"/x/{number}", f"/exact/{number}"]
        stood_at(builders.published(), f"/exact/{number}")
    with django_assert_num_queries(3):
        assert len(items_at(texts)) == 40


@given(text=st.text(max_size=40) | st.text(st.sampled_from("/%2 35éa0cfF?#"), max_size=20).map("/{}".format))
def test_an_address_that_is_kept_stays_as_it_is(text):
    """An export writes it, and an import reads it."""
    kept = normal(text)
    assert normal(kept) == kept
    assert not kept or Asked(kept).parts is not None
