"""Who may do what: every act with every role, at home and elsewhere; every address of the newsroom's admin."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse

from news import access, workflow
from news.models import Contribution, Edition, NewsItem
from taxonomy.models import Institution
from tests import builders

pytestmark = pytest.mark.django_db

FUTURE = datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)
PUBLISHER = (*builders.PUBLISHER, "add_importbatch", "view_importbatch", "undo_importbatch")
ADMINISTRATOR = (*PUBLISHER, "work_everywhere")


def _member(*permissions: str, **fields: Any) -> Callable[[Institution], Any]:
    """Make what creates a member of staff who works for an institution."""
    return lambda home: builders.member_of_staff("", *permissions, home=[home], **fields)


# All who may come, each working for the institution given.
ROLES: dict[str, Callable[[Institution], Any]] = {
    "anonymous": lambda _home: AnonymousUser(),
    "visitor with an account": _member(*ADMINISTRATOR, is_staff=False),
    "administrator who left": _member(*ADMINISTRATOR, is_active=False),
    "staff without permissions": _member(),
    "reader": _member("view_newsitem"),
    "writer": _member(*builders.WRITER),
    "editor": _member(*builders.EDITOR),
    "publisher": _member(*PUBLISHER),
    "administrator": _member(*ADMINISTRATOR),
    "superuser": lambda _home: User.objects.create_superuser("root"),
}
EVERYWHERE = {"administrator", "superuser"}
PUBLISHES = {"publisher"} | EVERYWHERE
APPROVES = {"editor"} | PUBLISHES
WRITES = {"writer"} | APPROVES
READS = {"reader"} | WRITES
MAY = {
    "see": READS,
    "create": WRITES,
    "write": WRITES,
    "discard": WRITES,
    "submit": WRITES,
    "return": APPROVES,
    "approve": APPROVES,
    "force": PUBLISHES,
    "review": PUBLISHES,
    "unschedule": PUBLISHES,
    "remove": PUBLISHES,
    "restore": PUBLISHES,
    "pick": WRITES,
    "publish_import": PUBLISHES,
    "import": PUBLISHES,
    "see_imports": PUBLISHES,
    "undo_import": PUBLISHES,
    "create_missing": {"superuser"},  # who may write the taxonomy too
}
# What concerns no edition that there is.
NEEDS_NO_HOME = {"create", "pick", "publish_import", "import", "see_imports", "undo_import", "create_missing"}
PLACES = ("own", "below", "other")


def place(where: str, home: Institution) -> Institution:
    """Return the institution that issues the item."""
    if where == "own":
        return home
    return builders.institution(parent=home if where == "below" else None)


def test_the_table_names_every_act():
    """One that is added without a line fails here."""
    assert set(MAY) == set(access.ACTS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", MAY)
def test_each_role_may_do_what_the_table_says_at_home_and_nothing_elsewhere(act: str, role: str):
    """Every act, every role, every place: what one's own institutions and those below them issue, or others."""
    home = builders.institution()
    user = ROLES[role](home)
    editions = {where: builders.draft(issued_by=[place(where, home).pk]) for where in PLACES}
    is_everywhere = role in EVERYWHERE or act in NEEDS_NO_HOME
    asked = dict.fromkeys(PLACES) if act in NEEDS_NO_HOME else editions
    found = {where: access.may(user, act, edition) for where, edition in asked.items()}
    assert found == {where: role in MAY[act] and (where != "other" or is_everywhere) for where in PLACES}


@pytest.mark.parametrize("part", Contribution.Part.values)
@pytest.mark.parametrize("role", sorted(APPROVES))
def test_nobody_approves_what_they_wrote_or_submitted_whatever_their_role(role: str, part: str):
    """A superuser neither; they may force it, which is seen."""
    home = builders.institution()
    edition, user = builders.draft(issued_by=[home.pk]), ROLES[role](home)
    Contribution.objects.create(edition=edition, person=user, part=part)
    assert not access.may(user, "approve", edition)
    assert access.may(user, "force", edition) is (role in PUBLISHES)


@pytest.mark.parametrize("role", sorted(PUBLISHES))
def test_nobody_reviews_what_they_forced(role: str):
    """Whatever their role."""
    home = builders.institution()
    user = ROLES[role](home)
    edition = workflow.force(builders.draft(issued_by=[home.pk]), reason="R", by=user)
    assert not access.may(user, "review", edition)
    assert access.may(ROLES["publisher"](home), "review", edition)


def test_what_nobody_issues_yet_is_at_home_with_who_wrote_it_alone():
    """A draft begins without its institution."""
    home = builders.institution()
    wanda, other = ROLES["writer"](home), ROLES["writer"](home)
    edition = workflow.create_item(workflow.Content(title="Begun"), by=wanda)
    assert access.may(wanda, "write", edition)
    assert not access.may(other, "see", edition)


# Every address of the newsroom's admin: how it is asked, the state of the item, the act that it needs, and what it
# answers to who may; all others get 403, or the login.
ADDRESSES: dict[str, tuple[str, str, str, int]] = {
    "changelist": ("get", "draft", "see", 200),
    "desk": ("get", "draft", "see", 200),
    "add": ("get", "draft", "create", 200),
    "suggest": ("get", "draft", "pick", 200),
    "change": ("get", "draft", "see", 200),
    "history": ("get", "draft", "see", 200),
    "preview": ("get", "draft", "see", 200),
    "compare": ("get", "draft", "see", 200),
    "discard": ("get", "draft", "discard", 200),
    "submit": ("post", "draft", "submit", 302),
    "approve": ("post", "submitted", "approve", 302),
    "return": ("post", "submitted", "return", 302),
    "force": ("get", "submitted", "force", 200),
    "review": ("post", "forced", "review", 302),
    "unschedule": ("post", "scheduled", "unschedule", 302),
    "open_edition": ("post", "public", "write", 302),
    "remove": ("get", "public", "remove", 200),
    "restore": ("get", "removed", "restore", 200),
    "delete": ("get", "draft", "", 200),  # nobody's
}
NO_ITEM = {"changelist", "desk", "add", "suggest"}
WITH_A_PAGE = ("discard", "force", "remove", "restore")  # they act when posted to


def in_state(state: str, issuer: Institution) -> Edition:
    """Create an item whose newest edition is in the state."""
    edition = builders.draft("Quiet", issued_by=[issuer.pk])
    if state == "submitted":
        return workflow.submit(edition, by=None)
    if state == "forced":
        return workflow.force(edition, reason="R", by=builders.member_of_staff("", *ADMINISTRATOR))
    if state != "draft":
        workflow.approve(edition, visible_from=FUTURE if state == "scheduled" else None, by=None)
    if state == "removed":
        workflow.remove(edition.item, workflow.RemovalWish(kind="error", reason="R"), by=None)
    return edition


def test_the_table_of_addresses_names_every_address_of_the_newsrooms_admin():
    """An address that is added without a line in the table fails here."""
    named = {pattern.name for pattern in admin.site.get_model_admin(NewsItem).urls if pattern.name}
    assert named == {f"news_newsitem_{name}" for name in ADDRESSES}


@pytest.mark.parametrize("where", ["own", "other"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ADDRESSES)
def test_each_address_answers_only_to_those_who_may(client, name: str, role: str, where: str):
    """Whoever isn't staff is led to the login, whoever may not do it here is refused, and then nothing has changed."""
    method, state, act, answer = ADDRESSES[name]
    home = builders.institution()
    edition = in_state(state, place(where, home))
    user = ROLES[role](home)
    if user.pk:
        client.force_login(user)
    edition.refresh_from_db()
    sent = {"edition": edition.number, "seen": edition.saved_at.isoformat(), "return-remark": "Why?"}
    address = reverse(f"admin:news_newsitem_{name}", args=[] if name in NO_ITEM else [edition.item_id])
    before = list(Edition.objects.order_by("pk").values())
    response = getattr(client, method)(address, sent if method == "post" else {})
    is_at_home = where == "own" or role in EVERYWHERE or name in NO_ITEM
    may = role in MAY.get(act, ()) and is_at_home
    is_staff = user.is_active and user.is_staff
    assert response.status_code == (answer if may else 403 if is_staff else 302)
    assert is_staff or response["Location"].startswith("/admin/login/")
    assert may or list(Edition.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("role", sorted(set(ROLES) - PUBLISHES - {"anonymous"}))
@pytest.mark.parametrize("name", WITH_A_PAGE)
def test_a_page_that_asks_first_refuses_the_answer_too(client, name: str, role: str):
    """Whoever never saw the question cannot post its answer; those of other institutions neither."""
    home = builders.institution()
    edition = in_state(ADDRESSES[name][1], builders.institution())
    client.force_login(ROLES[role](home))
    sent = {"edition": edition.number, "seen": edition.saved_at.isoformat(), "reason": "R", "when": "now"}
    sent |= {"kind": "error", "sure": "1", "removal": getattr(edition.item.removals.first(), "pk", "")}
    before = list(Edition.objects.values())
    answer = client.post(reverse(f"admin:news_newsitem_{name}", args=[edition.item_id]), sent)
    assert answer.status_code in {302, 403}
    assert answer.status_code == 403 or answer["Location"].startswith("/admin/login/")
    assert list(Edition.objects.values()) == before


def test_a_reader_who_posts_the_form_writes_nothing(client):
    """The page shows no form; the address refuses the act all the same."""
    home = builders.institution()
    edition = builders.draft("Quiet", issued_by=[home.pk])
    client.force_login(ROLES["reader"](home))
    address = reverse("admin:news_newsitem_change", args=[edition.item_id])
    assert 'name="title"' not in client.get(address).content.decode()
    sent = {"title": "Loud", "kind": "news", "seen": edition.saved_at.isoformat(), "_save": "1"}
    assert client.post(address, sent).status_code == 403
    edition.refresh_from_db()
    assert edition.title == "Quiet"


def test_the_form_of_another_institutions_item_writes_nothing(client):
    """Posted by a writer who guessed its address."""
    edition = builders.draft("Quiet")
    client.force_login(ROLES["administrator"](builders.institution()))
    address = reverse("admin:news_newsitem_change", args=[edition.item_id])
    sent = {"title": "Loud", "kind": "news", "seen": edition.saved_at.isoformat(), "slug": "loud", "_save": "1"}
    client.force_login(ROLES["publisher"](builders.institution()))
    assert client.post(address, sent | {"issued_by": edition.tags["issued_by"]}).status_code == 403
    edition.refresh_from_db()
    assert (edition.title, edition.item.slug) == ("Quiet", "quiet")
