"""The page of search: what it shows of what was found, what it says where nothing was, and its one address."""

import datetime
import re

import pytest

from news import search_page
from news.models import SearchCount
from news.search_page import FEW
from tests import builders

pytestmark = pytest.mark.django_db

BUDGET = 11  # queries: five for the page, six to count the search, those that begin and end it included


def page(client, address):
    """Return the page, which must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def main(client, address):
    """Return what stands between the frames, spaces as one."""
    content = page(client, address)
    return " ".join(content[content.index("<main") : content.index("</main>")].split())


def titles(client, address):
    """Return the titles of the news that were found, without the marks."""
    rows = re.findall(r'<li class="row">.*?</li>', main(client, address))
    return [re.sub(r"<[^>]+>", "", re.search(r'class="row__link"[^>]*>(.*?)</a>', row)[1]).strip() for row in rows]


def counted(client, address):
    """Return the number of news that the page says it has found."""
    return int(re.search(r'role="status">([\d,]+) news item', main(client, address))[1].replace(",", ""))


def test_the_words_are_marked_in_the_title_and_in_the_passage_that_has_them(client):
    """In whatever form they stand there, and the text is shown as text."""
    body = f"<p>{'Much else happened. ' * 30}Then the patrol met &lt;b&gt; at the bridge.</p>"
    builders.published("Two borders", summary="Nothing of it here.", body=body)
    shown = main(client, "/search/?q=border+patrols")
    assert "Two <mark>borders</mark>" in shown
    assert "Then the <mark>patrol</mark> met &lt;b&gt; at the bridge." in shown
    assert "Nothing of it here." not in shown


def test_what_was_typed_is_shown_as_text(client):
    """Wherever the page repeats it: title, field, filters, sentence."""
    shown = page(client, '/search/?q=%3Cscript%3Ealert(1)%3C/script%3E"onfocus=x')
    assert "<script>alert" not in shown
    assert '"onfocus' not in shown.replace("&quot;onfocus", "")


def test_records_stand_above_the_news_with_the_name_that_was_found(client):
    """A country, an institution, a field of work, a page by its text."""
    builders.country("Moldova", iso_code="MD")
    mission = builders.institution("Mission to Moldova")
    mission.former_names.create(name="Chisinau Mission")
    builders.navigation_item("Annual meetings", body="<p>Every year in Moldova.</p>")
    builders.published("Moldova votes")
    shown = main(client, "/search/?q=moldova")
    order = [shown.index(text) for text in ("/countries/moldova/", "/institutions/mission-to-moldova/",
             "/annual-meetings/", "In the text of the page.", "1 news item")]  # fmt: skip
    assert order == sorted(order)
    assert "Also known as: <mark>Chisinau</mark> Mission" in main(client, "/search/?q=chisinau")


def test_filters_narrow_what_was_found_and_each_can_be_removed(client):
    """The number beside a value is what the click lists; what is no news stands above the whole answer only."""
    austria = builders.country("Austria", iso_code="AT")
    builders.published("Border one", countries=[austria.pk], kind="statement")
    builders.published("Border two", kind="statement")
    builders.published("Border three")
    builders.topic("Border management")
    whole = main(client, "/search/?q=border")
    assert "/fields-of-work/border-management/" in whole
    assert re.search(r'value="statement".{0,80}Statements.{0,40}>2<', whole)
    narrowed = main(client, "/search/?q=border&kind=statement")
    assert titles(client, "/search/?q=border&kind=statement&sort=oldest") == ["Border one", "Border two"]
    assert 'href="/search/?q=border&amp;kind=statement&amp;country=austria"' not in narrowed
    assert 'class="chip chip--off" href="/search/?q=border"' in narrowed
    assert "/fields-of-work/border-management/" not in narrowed
    assert titles(client, "/search/?q=border&kind=statement&country=austria") == ["Border one"]
    nothing = main(client, "/search/?q=border&kind=speech")
    assert "Nothing matches all of this" in nothing
    assert '<a href="/search/?q=border">Show the list without filters</a>' in nothing


def test_results_have_orders_sizes_and_pages(client):
    """As any list; a page that the answer does not have is not found."""
    for number in range(25):
        issued_at = builders.LONG_AGO + datetime.timedelta(days=number)
        builders.published(f"Border {number}", issued_at=issued_at)
    assert titles(client, "/search/?q=border&sort=newest")[0] == "Border 24"
    assert titles(client, "/search/?q=border&sort=oldest")[0] == "Border 0"
    assert len(titles(client, "/search/?q=border")) == 20
    assert len(titles(client, "/search/?q=border&size=50")) == 25
    assert len(titles(client, "/search/?q=border&page=2")) == 5
    assert client.get("/search/?q=border&page=3").status_code == 404


def test_the_page_says_when_only_the_newest_are_ranked(client, monkeypatch):
    """And only then, and only in the order that is meant."""
    builders.published("Border one")
    builders.published("Border two")
    note = "are in the order of how well they match"
    assert note not in main(client, "/search/?q=border")
    monkeypatch.setattr(search_page, "MOST_RANKED", 1)
    assert note in main(client, "/search/?q=border")
    assert note not in main(client, "/search/?q=border&sort=newest")


def test_another_spelling_is_offered_with_what_it_finds_and_never_taken_silently(client):
    """The page goes on about the words that were typed; the number is the one that the way to them shows."""
    builders.published("Border one")
    builders.published("Border two")
    builders.topic("Border management")
    shown = main(client, "/search/?q=bordr")
    assert 'Did you mean <a href="/search/?q=border">border</a>? It has 2 news items.' in shown
    assert "Nothing found for “bordr”" in shown
    assert titles(client, "/search/?q=bordr") == []
    assert counted(client, "/search/?q=border") == 2


def test_where_nothing_has_all_the_words_each_is_offered_alone(client):
    """With as many results as the way to it shows; a word that finds nothing is not offered."""
    builders.published("Border one")
    builders.published("Border two")
    builders.published("Floods")
    shown = main(client, "/search/?q=border+floods+zeppelinish")
    assert re.search(r'href="/search/\?q=border">border <span class="links__count">2</span>', shown)
    assert re.search(r'href="/search/\?q=floods">floods <span class="links__count">1</span>', shown)
    assert 'href="/search/?q=zeppelinish"' not in shown
    assert counted(client, "/search/?q=border") == 2


@pytest.mark.parametrize("query", ["?q=zeppelinish", "", "?q=-border"])
def test_an_empty_page_says_how_to_search_and_where_else_to_look(client, query):
    """Nothing found, nothing asked, nothing to look for."""
    shown = main(client, f"/search/{query}")
    assert "How to search" in shown
    for address in ("/news/", "/countries/", "/institutions/", "/fields-of-work/"):
        assert f'href="{address}"' in shown
    assert ("Nothing found for “zeppelinish”" in shown) == ("zepp" in query)
    assert ("Write at least one word" in shown) == ("-border" in query)


def test_records_without_news_are_not_called_nothing(client):
    """The country is there though nobody wrote of it."""
    builders.country("Andorra", iso_code="AD")
    shown = main(client, "/search/?q=andorra")
    assert "/countries/andorra/" in shown
    assert "No news found for “andorra”" in shown
    assert "Nothing found" not in shown


def test_a_query_that_is_too_long_is_cut_and_the_page_says_so(client):
    """The address is cut too, in one redirect."""
    words = "border " * 60
    assert "That was long: the first 200 characters were looked at" in main(client, f"/search/?q={words.strip()}")
    assert "That was long" not in main(client, "/search/?q=border")
    answer = client.get("/search/", {"q": "a" * 5_000}, follow=True)
    assert [status for _address, status in answer.redirect_chain] == [301]
    assert len(answer.redirect_chain[0][0]) < 600


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/search/?q=", "/search/"),
        ("/search/?q=++border++patrol+", "/search/?q=border+patrol"),
        ("/search/?q=one&q=border", "/search/?q=border"),
        ("/search/?page=1&q=border&sort=relevance&size=20&country=", "/search/?q=border"),
        ("/news/?q=border", "/search/?q=border"),
        ("/news/?page=2&kind=speech&q=border", "/search/?q=border&kind=speech&page=2"),
        ("/countries/austria/?q=border", "/search/?q=border&country=austria"),
        ("/search/?kind=speech", "/news/?kind=speech"),
        ("/search/?at=2025-11-26T10%3A00%3A00Z", "/news/?at=2025-11-26T10%3A00%3A00Z"),
        ("/ru/news/?q=border", "/ru/search/?q=border"),
    ],
)
def test_every_other_form_of_a_question_leads_to_its_one_address_at_once(client, asked, address):
    """By one redirect for good."""
    builders.country("Austria", iso_code="AT")
    answer = client.get(asked)
    assert (answer.status_code, answer["Location"]) == (301, address)


def test_the_page_has_one_address_and_is_in_no_index(client):
    """Whatever a campaign hangs on it."""
    shown = page(client, "/search/?q=border&utm_source=x")
    assert 'rel="canonical" href="http://127.0.0.1:8000/search/?q=border"' in shown
    assert '<meta name="robots" content="noindex">' in shown
    assert '<meta name="robots" content="noindex">' in page(client, "/search/")


def test_the_title_says_words_filters_and_page(client):
    """So that tabs and histories can be told apart."""
    for number in range(21):
        builders.published(f"Border {number}", kind="statement")

    def title(address):
        return re.search("<title>(.*?)</title>", page(client, address))[1]

    assert title("/search/") == "Search | OSCE"
    assert title("/search/?q=border") == "Search: border | OSCE"
    assert title("/search/?q=border&kind=statement&page=2") == "Search: border, Statements, page 2 | OSCE"


def test_a_date_that_is_none_is_said_beside_its_field_and_hides_nothing(client):
    """What was found stays; nothing is counted of such a question."""
    builders.published("Border one")
    shown = main(client, "/search/?q=border&from=31.02.2025")
    assert "“31.02.2025” is no date." in shown
    assert 'value="31.02.2025" aria-invalid="true"' in shown
    assert titles(client, "/search/?q=border&from=31.02.2025") == ["Border one"]
    assert "is no date" in main(client, "/search/?q=zeppelinish&from=soon")
    assert not SearchCount.objects.exists()


def test_nobody_asks_what_had_certain_words_in_the_past(client):
    """The words of the past are not kept."""
    assert client.get("/search/?q=border&at=2025-11-26T10:00Z").status_code == 404


def test_a_search_is_counted_once_when_it_is_asked_and_not_when_it_is_narrowed(client):
    """Nor when a browser only prepares for a click, or an editor tries what the admin has counted."""
    builders.published("Border one", kind="statement")
    client.get("/search/?q=border", headers={"Sec-Purpose": "prefetch"})
    assert not SearchCount.objects.exists()
    client.get("/search/?q=border", headers={"Referer": "http://testserver/admin/news/searchcount/?days=7"})
    assert not SearchCount.objects.exists()
    for query in ("?q=Border", "?q=border&kind=statement", "?q=border&sort=newest", "?q=zeppelinish"):
        client.get(f"/search/{query}")
    counts = SearchCount.objects.order_by("words").values_list("words", "times", "times_without_result")
    assert list(counts) == [("border", 1, 0), ("zeppelinish", 1, 1)]


def queries(client, django_assert_max_num_queries, address):
    """Return how many queries the page costs when all that is kept is warm."""
    client.get("/search/?q=something")  # the first page of a process finds that taxonomy has changed
    client.get(address)
    with django_assert_max_num_queries(100) as asked:
        client.get(address)
    return len(asked.captured_queries)


def test_a_page_of_results_costs_as_many_queries_however_many_it_shows(client, django_assert_max_num_queries):
    """Of some results and of a full page; by date, filtered, with records above, with phrases, with words left out."""
    austria = builders.country("Austria", iso_code="AT")
    asked = ["border", "border&sort=newest", "border&country=austria", "austria", '"border+in"+austria+-river']

    def cost():
        addresses = [f"/search/?q={words}" for words in asked]
        return [queries(client, django_assert_max_num_queries, address) for address in addresses]

    for number in range(FEW + 1):
        builders.published(f"Border in Austria {number}", countries=[austria.pk])
    some = cost()
    for number in range(20):
        builders.published(f"Border in Austria, again {number}", countries=[austria.pk])
    assert cost() == some
    assert max(some) <= BUDGET
