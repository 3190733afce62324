"""What editors see of what readers search for."""

import datetime
import re

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from news.models import SearchCount
from tests import builders

pytestmark = pytest.mark.django_db

PAGE = "/admin/news/searchcount/"


def count(words, times, in_vain=0, days_ago=0):
    """Keep counts of a day."""
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    SearchCount.objects.create(day=day, words=words, times=times, times_without_result=in_vain)


def tables(client, query=""):
    """Return the rows of both tables as they are read, those in vain first, by their captions."""
    content = client.get(PAGE + query).content.decode()
    found = {}
    for table in re.findall(r"<table>.*?</table>", content, re.DOTALL):
        caption = re.search(r"<caption>(.*?)</caption>", table)[1]
        rows = re.findall(r"<tr>(.*?)</tr>", re.search(r"<tbody>(.*)</tbody>", table, re.DOTALL)[1], re.DOTALL)
        found[caption] = [
            [re.sub("<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows
        ]
    return found


@pytest.fixture
def reader_of_counts(client):
    """Return the browser of someone who may see the counts and nothing else."""
    client.force_login(builders.member_of_staff("nora", "view_searchcount"))
    return client


def test_what_was_searched_in_vain_stands_first_and_both_begin_with_the_most(reader_of_counts):
    """The days of the period are added up; what found nothing says when last."""
    count("border", 5, days_ago=2)
    count("border", 1_200)
    count("podcast", 3, in_vain=3, days_ago=1)
    count("jobs", 9, in_vain=7, days_ago=4)
    count("jobs", 2)
    day = (timezone.localdate() - datetime.timedelta(days=4)).isoformat()
    found = tables(reader_of_counts)
    assert list(found) == ["Found nothing", "Searched for most"]
    assert [row[0] for row in found["Found nothing"]] == ["jobs", "podcast"]
    assert found["Found nothing"][0] == ["jobs", "11", "7", day]
    assert found["Searched for most"] == [["border", "1,205", "0"], ["jobs", "11", "7"], ["podcast", "3", "3"]]


def test_a_period_is_chosen_and_another_one_is_the_usual(reader_of_counts):
    """A week, a month, a year, to the day; what is none is a month."""
    for words, days in (("today", 0), ("week", 6), ("month", 29), ("year", 364), ("older", 365)):
        count(words, 2, days_ago=days)

    def words(query):
        return {row[0] for row in tables(reader_of_counts, query)["Searched for most"]}

    assert words("?days=7") == {"today", "week"}
    assert words("") == words("?days=x") == words("?days=99999999999") == {"today", "week", "month"}
    assert words("?days=365") == {"today", "week", "month", "year"}


def test_the_page_tells_how_many_searches_there_were_and_how_many_found_nothing(reader_of_counts):
    """Of all words, those too that no table has room for."""
    count("border", 3_000)
    count("podcast", 12, in_vain=12)
    content = " ".join(reader_of_counts.get(PAGE).content.decode().split())
    assert "3,012 searches, 12 found nothing" in content


def test_an_empty_table_says_whether_nobody_searched_or_all_found_something(reader_of_counts):
    """Two very different news."""
    assert tables(reader_of_counts)["Found nothing"] == [["Nobody has searched yet."]]
    count("border", 3)
    assert tables(reader_of_counts)["Found nothing"] == [["Every search found something."]]


def test_words_are_shown_as_text_and_lead_to_what_they_find(reader_of_counts):
    """Whatever a reader has typed."""
    count("<script>alert(1)</script> & co", 2)
    content = reader_of_counts.get(PAGE).content.decode()
    assert "<script>alert" not in content
    assert 'href="/search/?q=%3Cscript%3Ealert%281%29%3C%2Fscript%3E%20%26%20co"' in content


@pytest.mark.parametrize(
    ("group", "status"), [("Writer", 403), ("Editor", 200), ("Publisher", 200), ("Administrator", 200)]
)
def test_editors_see_the_counts_and_writers_do_not(client, group, status):
    """As the groups are shipped; the admin's first page leads whoever may."""
    user = builders.member_of_staff()
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    assert client.get(PAGE).status_code == status
    assert (f'href="{PAGE}"' in client.get("/admin/").content.decode()) == (status == 200)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nobody_changes_counts(admin_client, method):
    """A superuser neither: the page only shows."""
    count("border", 3)
    getattr(admin_client, method)(PAGE, {"action": "delete_selected", "_selected_action": "1"})
    for page in ("add/", "1/change/", "1/delete/"):
        assert admin_client.get(PAGE + page).status_code == 404
    assert SearchCount.objects.get().times == 3


def test_the_page_costs_as_many_queries_however_many_words(reader_of_counts, django_assert_max_num_queries):
    """One for the sum, one for each table."""

    def cost():
        with django_assert_max_num_queries(12) as asked:
            reader_of_counts.get(PAGE)
        return len(asked.captured_queries)

    count("border", 3, in_vain=1)
    few = cost()
    for number in range(150):
        count(f"border {number}", 2, in_vain=1)
    assert cost() == few
    assert len(tables(reader_of_counts)["Found nothing"]) == 100
