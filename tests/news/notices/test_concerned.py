"""Who is told of an act."""

import datetime

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from news import access, workflow
from news.models import Notice, Person
from news.notices import tell
from news.notices.concerned import approvers, item_people, reviewers, those_who_may
from news.workflow import RemovalWish, WorkflowError
from taxonomy.catalogue import catalogue
from tests import builders
from tests.news.notices.inbox import text_to, told

pytestmark = pytest.mark.django_db
IN_A_WEEK = datetime.timedelta(days=7)


def test_a_submission_is_told_to_those_who_may_approve_it(act, draft):
    """Not to who submitted it, who could not."""
    act("wera", workflow.submit, draft)
    assert told() == {"edo", "pia", "paul"}


def test_a_return_is_told_to_its_writers(act, submitted):
    """With the remark."""
    act("edo", workflow.send_back, submitted, remark="The second paragraph repeats the first.")
    assert told() == {"wera"}
    assert "    The second paragraph repeats the first." in text_to("wera")


def test_an_approval_is_told_to_its_writers_and_to_who_submitted_it(act, draft):
    """Two people had a hand in it."""
    act("edo", workflow.submit, draft)
    mail.outbox.clear()
    act("pia", workflow.approve, draft)
    assert told() == {"wera", "edo"}
    assert "It is public" in text_to("wera")


def test_a_later_moment_is_told_as_one(act, submitted):
    """In the reader's time zone, and in UTC."""
    moment = timezone.now() + IN_A_WEEK
    act("edo", workflow.approve, submitted, visible_from=moment)
    assert [message.subject for message in mail.outbox] == ["Scheduled: Talks open"]
    assert f"{moment:%H:%M} (UTC)" in text_to("wera")


def test_taking_back_is_told_to_the_writers(act, submitted):
    """It is a draft again."""
    act("edo", workflow.approve, submitted, visible_from=timezone.now() + IN_A_WEEK)
    mail.outbox.clear()
    act("pia", workflow.unschedule, submitted)
    assert told() == {"wera"}
    assert mail.outbox[0].subject == "Taken back: Talks open"


def test_an_approval_without_second_eyes_is_told_to_who_may_review_it(act, draft):
    """With the reason; who forced it cannot review it."""
    act("pia", workflow.force, draft, reason="The minister speaks in a minute.")
    assert "Reason:\n    The minister speaks in a minute." in text_to("paul")
    assert "say there that you have reviewed it" in text_to("paul")


def test_an_approval_without_second_eyes_is_told_to_the_writers(act, draft):
    """They wrote what is public now, and have nothing to review."""
    act("pia", workflow.force, draft, reason="The minister speaks in a minute.")
    assert told() == {"paul", "wera"}
    assert "approved this edition without second eyes" in text_to("wera")
    assert "Nothing has to be done." in text_to("wera")
    assert "reviewed it" not in text_to("wera")


@pytest.mark.parametrize(
    ("kind", "words"), [("error", "published in error"), ("withdrawn", "withdrawn"), ("consolidated", "consolidated")]
)
def test_a_removal_is_told_to_the_writers_and_the_other_publishers(act, public, kind, words):
    """With its kind, and the reason that readers are not told."""
    leads_to = "/news/" if kind == "consolidated" else ""
    explanation = "It was wrong." if kind == "withdrawn" else ""
    wish = RemovalWish(kind=kind, reason="The figures were another year's.", explanation=explanation, leads_to=leads_to)
    act("pia", workflow.remove, public.item, wish)
    assert told() == {"wera", "paul"}
    assert f"Kind of removal: {words}" in text_to("paul")
    assert "The figures were another year's." in text_to("wera")


def test_an_undone_removal_is_told_to_the_same(act, public):
    """It is public again."""
    act("pia", workflow.remove, public.item, RemovalWish(kind="error", reason="Wrong."))
    mail.outbox.clear()
    act("paul", workflow.restore, public.item)
    assert told() == {"wera", "pia"}


def test_who_wrote_an_earlier_edition_is_told_of_a_removal(act, public):
    """It concerns the whole item."""
    opened = act("edo", workflow.open_edition, public.item)
    again = builders.content("Talks open", issued_by=opened.tags["issued_by"], is_minor=True)
    act("edo", workflow.save_draft, opened, again)
    act("edo", workflow.submit, opened)
    act("pia", workflow.approve, opened)
    mail.outbox.clear()
    act("pia", workflow.remove, public.item, RemovalWish(kind="error", reason="Wrong."))
    assert told() == {"wera", "edo", "paul"}


def test_nobody_is_told_of_an_import(django_capture_on_commit_callbacks, house):
    """An archive of 20,000 items would be 20,000 mails."""
    builders.member_of_staff("pia", *builders.PUBLISHER, home=[house], email="pia@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        builders.published("Archive", issued_by=[house.pk])
    assert (mail.outbox, Notice.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"is_staff": False}, {"email": ""}], ids=["left", "no longer staff", "no address"]
)
def test_who_cannot_act_on_it_or_be_reached_is_not_told(act, draft, newsroom, change):
    """And nothing waits for them."""
    for name, value in change.items():
        setattr(newsroom["edo"], name, value)
    newsroom["edo"].save()
    act("wera", workflow.submit, draft)
    assert "edo" not in told()
    assert not Notice.objects.filter(person=newsroom["edo"]).exists()


def test_a_writer_who_works_elsewhere_by_now_is_not_told(act, submitted, newsroom):
    """The title of what is not public is nothing for another house."""
    newsroom["wera"].person.institutions.set([builders.institution("Mission")])
    act("edo", workflow.approve, submitted, visible_from=timezone.now() + IN_A_WEEK)
    assert told() == set()


def test_a_refused_act_tells_nobody(act, draft):
    """And leaves nothing that would be sent later."""
    with pytest.raises(WorkflowError):
        act("pia", workflow.force, draft, reason=" ")
    assert (mail.outbox, Notice.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_rolled_back_tells_nobody(newsroom, house):
    """The notice goes with the act."""
    edition = workflow.create_item(builders.content(issued_by=[house.pk]), by=newsroom["wera"])
    with transaction.atomic():
        workflow.submit(edition, by=newsroom["wera"])
        transaction.set_rollback(True)
    assert (mail.outbox, Notice.objects.count()) == ([], 0)
    workflow.submit(edition, by=newsroom["wera"])
    assert told() == {"edo", "pia", "paul"}


# Those who may, all at once and one by one

PEOPLE = {
    "clerk": {},
    "reader": {"rights": ["view_newsitem"]},
    "writer": {"rights": builders.WRITER},
    "editor": {"rights": builders.EDITOR},
    "publisher": {"rights": builders.PUBLISHER},
    "editor everywhere": {"rights": [*builders.EDITOR, "work_everywhere"], "home": None},
    "publisher of a house above": {"rights": builders.PUBLISHER, "home": "above"},
    "publisher of a house below": {"rights": builders.PUBLISHER, "home": "below"},
    "publisher elsewhere": {"rights": builders.PUBLISHER, "home": "elsewhere"},
    "publisher of nowhere": {"rights": builders.PUBLISHER, "home": None},
    "publisher who left": {"rights": builders.PUBLISHER, "is_active": False},
    "publisher without the admin": {"rights": builders.PUBLISHER, "is_staff": False},
    "superuser": {"is_superuser": True, "home": None},
    "superuser without the admin": {"is_superuser": True, "is_staff": False, "home": None},
}
QUESTIONS = {
    "approve": approvers,
    "review": reviewers,
    "remove": lambda edition: those_who_may(edition, "remove_item"),
    "see": lambda edition: those_who_may(
        edition, "view_newsitem", "add_newsitem", "change_newsitem", "approve_edition"
    ),
}


@pytest.mark.parametrize("act", QUESTIONS)
@pytest.mark.parametrize("has_issuers", [True, False], ids=["issued by a house", "issued by nobody yet"])
def test_those_who_may_are_the_same_whether_all_are_asked_or_each(act, has_issuers):
    """`news.access` asks one person, `concerned` asks the database for all: one table of cases ties both."""
    above = builders.institution("Above")
    house = builders.institution("House", parent=above)
    homes = {"above": [above], "house": [house], "elsewhere": [builders.institution()], None: []}
    homes["below"] = [builders.institution("Below", parent=house)]
    users = []
    for name, given in PEOPLE.items():
        options = dict(given)
        home = homes[options.pop("home", "house")]
        users.append(builders.member_of_staff(name, *options.pop("rights", ()), home=home, **options))
    author, submitter = (builders.member_of_staff(name, *builders.PUBLISHER, home=[house]) for name in ("a", "s"))
    content = builders.content(issued_by=[house.pk] if has_issuers else [])
    edition = workflow.create_item(content, by=author)
    if has_issuers:
        workflow.submit(edition, by=submitter)
    asked = {user.username for user in [*users, author, submitter] if access.may(user, act, edition)}
    assert {user.username for user in QUESTIONS[act](edition)} == asked
    assert asked


def test_telling_500_people_costs_as_many_queries_as_telling_five(house, newsroom, django_assert_num_queries):
    """One finds them, one stores what they are told."""
    for number in range(500):
        zone = ["Europe/Vienna", "Asia/Tashkent"][number % 2]
        person = builders.member_of_staff(f"n{number}", *builders.EDITOR, home=[house], email=f"n{number}@example.org")
        Person.objects.filter(user=person).update(time_zone=zone)
    edition = builders.draft(issued_by=[house.pk])
    catalogue()
    with django_assert_num_queries(2):
        tell("submit", edition, by=newsroom["wera"])
    assert Notice.objects.count() == 503


def test_who_may_remove_is_concerned_once_though_he_wrote_too(house, newsroom):
    """Two reasons are one mail."""
    edition = workflow.create_item(builders.content(issued_by=[house.pk]), by=newsroom["pia"])
    assert [user.username for user in item_people(edition)].count("pia") == 1
