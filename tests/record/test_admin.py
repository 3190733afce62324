"""The page of all acts: to be read by those entitled, filtered, at any size; to be written by nobody."""

import datetime
from itertools import chain
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from record.actors import acting
from record.acts import record_act
from record.filters import PAGE_SIZE
from record.models import Act
from tests import builders

pytestmark = pytest.mark.django_db

LIST = reverse("admin:record_act_changelist")
MONDAY = datetime.datetime(2020, 11, 2, 23, 30, tzinfo=datetime.UTC)


@pytest.fixture
def auditor() -> User:
    """Return someone who may read the record, and nothing else."""
    user = builders.member_of_staff("auditor")
    user.user_permissions.add(Permission.objects.get(codename="view_act"))
    return user


@pytest.fixture
def desk(client: Client, auditor: User) -> Client:
    """Return the auditor's browser."""
    client.force_login(auditor)
    return client


@pytest.fixture
def _week() -> None:
    """Have three people act on three days, from two addresses."""
    topic, country = builders.topic("Mines"), builders.country("Malta")
    days = [
        ("anna (Anna Berg)", "192.0.2.7", "approve", topic),
        ("anna (Anna Berg)", "2001:db8::1", "return", country),
        ("hanna (Hanna Tal)", "192.0.2.7", "approve", country),
    ]
    for day, (name, address, verb, record) in enumerate(days):
        with time_machine.travel(MONDAY + datetime.timedelta(days=day), tick=False), acting(name, address=address):
            record_act(verb, record, before={"state": "before"}, after={"state": verb}, reason=f"Day {day}")


def shown(desk: Client, **asked: str) -> list[str]:
    """Return the reasons of the acts that the page lists, which name their days."""
    answer = desk.get(LIST, asked)
    assert answer.status_code == 200
    return [told.act.reason for told in answer.context["page"].acts]


@pytest.mark.usefixtures("_week")
@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ({"verb": "approve"}, "20"),
        ({"model": "taxonomy.country", "verb": "return"}, "1"),
        ({"actor": "anna (Anna Berg)"}, "10"),
        ({"actor": "BERG"}, "10"),
        ({"actor": "nobody"}, ""),
        ({"address": "192.0.2.7"}, "20"),
        ({"address": "2001:0db8:0::1"}, "1"),
        ({"since": "2020-11-03", "until": "2020-11-03"}, "1"),
        ({"since": "2020-11-04", "verb": "approve"}, "2"),
        ({"until": "2020-11-02"}, "0"),
        ({"since": "the day before yesterday"}, ""),
        ({"verb": "steal"}, ""),
    ],
)
def test_the_acts_are_narrowed_down(desk, asked, days):
    """By each question alone and together; days are those of UTC; what cannot be asked finds nothing."""
    assert shown(desk, **asked) == [f"Day {day}" for day in days]


@pytest.mark.usefixtures("_week")
def test_where_a_name_means_more_than_one_the_page_asks_whom(desk):
    """Each is a link that keeps the other questions."""
    answer = desk.get(LIST, {"actor": "anna", "verb": "approve"})
    page = answer.content.decode()
    assert "More than one is called so" in page
    assert 'href="?actor=hanna+%28Hanna+Tal%29&amp;verb=approve"' in page
    assert answer.context["form"].actors_to_choose == ["anna (Anna Berg)", "hanna (Hanna Tal)"]


@pytest.mark.usefixtures("_week")
def test_one_act_shows_what_was_before_and_after_side_by_side(desk):
    """All of it, with who, when in UTC, from where and why."""
    act = Act.objects.get(verb="return")
    page = desk.get(reverse("admin:record_act_change", args=[act.pk])).content.decode()
    for words in ("anna (Anna Berg)", "2020-11-03 23:30:00.000000 UTC", "2001:db8::1", "Day 1", "Malta"):
        assert words in page
    assert '<th scope="row">State</th><td>before</td><td>return</td>' in page


def test_older_acts_follow_page_by_page_without_a_gap(desk):
    """Acts of one moment too; what is written meanwhile moves nothing."""
    topic = builders.topic()
    with time_machine.travel(MONDAY, tick=False):
        for number in range(2 * PAGE_SIZE + 3):
            record_act("review", topic, reason=str(number))
    asked, pages = {"verb": "review"}, []
    for _page in range(3):
        page = desk.get(LIST, asked).context["page"]
        pages.append([told.act.reason for told in page.acts])
        record_act("review", topic, reason="meanwhile")
        asked |= {"older": page.older}
    assert page.older == ""
    assert [len(reasons) for reasons in pages] == [PAGE_SIZE, PAGE_SIZE, 3]
    assert list(chain.from_iterable(pages)) == [str(number) for number in reversed(range(2 * PAGE_SIZE + 3))]


@pytest.mark.parametrize("older", ["x", "2020-11-03", "2020-11-03T00:00:00,1", "2020-11-03T00:00:00+00:00,x", "\x00,1"])
def test_a_place_that_is_none_leads_to_the_first_page(desk, older):
    """No error page."""
    page = desk.get(LIST, {"older": older}).context["page"]
    assert page.is_first
    assert page.acts


@pytest.mark.usefixtures("_week")
@pytest.mark.parametrize("asked", [{}, {"verb": "review"}, {"actor": "anna (Anna Berg)"}])
def test_the_page_costs_seven_queries_however_many_acts_and_counts_none(desk, asked, django_assert_num_queries):
    """Session, person, rights (two), verbs, kinds, acts; one more for names."""
    topic = builders.topic()
    for _ in range(PAGE_SIZE + 5):
        record_act("review", topic, after={"parent": "Security (1)"})
    with django_assert_num_queries(7 + ("actor" in asked)) as queries:
        desk.get(LIST, asked)
    assert not any("COUNT(" in query["sql"] for query in queries.captured_queries)


@pytest.mark.parametrize("permissions", [(), builders.EDITOR])
def test_who_is_not_entitled_is_refused(client, permissions):
    """Staff without the permission; the index doesn't name the page to them either."""
    act_address = reverse("admin:record_act_change", args=[_act_on_another_user()])
    client.force_login(builders.member_of_staff("guest", *permissions))
    assert client.get(LIST).status_code == 403
    assert client.get(act_address).status_code == 403
    assert "Record of all acts" not in client.get(reverse("admin:index")).content.decode()


def _act_on_another_user() -> int:
    builders.member_of_staff("someone")
    act = Act.objects.filter(model="auth.user").first()
    assert act
    return act.pk


def test_who_may_not_enter_the_admin_is_sent_to_log_in(client):
    """A visitor."""
    act = _act_on_another_user()
    for address in (LIST, reverse("admin:record_act_change", args=[act])):
        assert client.get(address)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("path", ["add/", "{}/change/", "{}/delete/", "{}/history/"])
def test_nobody_adds_changes_or_deletes_an_act(client, path):
    """There is no such page, for a superuser neither."""
    client.force_login(User.objects.create_superuser("root"))
    act = Act.objects.get(verb="create", model="auth.user")
    address = LIST + path.format(act.pk)
    assert client.get(address).status_code == client.post(address, {"post": "yes"}).status_code == 404
    own: Any = client.post(reverse("admin:record_act_change", args=[act.pk]), {"actor": "nobody", "_save": "1"})
    assert own.status_code in {200, 405}
    assert Act.objects.get(pk=act.pk).actor == "system"
