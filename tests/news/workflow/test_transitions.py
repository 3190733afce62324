"""The table of acts: from each state, by each role, at home and elsewhere; every cell of it."""

import datetime
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from news import access, workflow
from news.models import Edition, NewsItem, Removal
from record.models import Act
from tests import builders

pytestmark = pytest.mark.django_db

LATER = datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)
ROLES = {
    "reader": ("view_newsitem",),
    "writer": builders.WRITER,
    "editor": builders.EDITOR,
    "publisher": builders.PUBLISHER,
    "administrator": (*builders.PUBLISHER, "work_everywhere"),
}
# The acts that a role has beyond those of the one before it.
GAINS = {
    "reader": set(),
    "writer": {"write", "open", "submit", "discard"},
    "editor": {"return", "approve"},
    "publisher": {"force", "unschedule", "review", "remove", "restore"},
    "administrator": set(),
}
# The states in which an act is done; in every other it is refused with a reason.
STATES_OF = {
    "write": {"draft", "submitted", "returned"},
    "open": {"public", "forced", "replaced"},
    "submit": {"draft", "returned"},
    "return": {"submitted"},
    "approve": {"submitted"},
    "force": {"draft", "submitted", "returned"},
    "unschedule": {"scheduled"},
    "review": {"forced"},
    "discard": {"draft", "submitted", "returned"},
    "remove": {"public", "forced", "replaced"},
    "restore": {"withdrawn"},
}
STATES = ["draft", "submitted", "returned", "scheduled", "public", "forced", "replaced", "withdrawn"]
RESULT = {  # the state of the edition that was acted upon
    "submit": Edition.State.SUBMITTED,
    "return": Edition.State.RETURNED,
    "approve": Edition.State.APPROVED,
    "force": Edition.State.APPROVED,
    "unschedule": Edition.State.DRAFT,
}


def edition_in(state: str, institution: Any) -> Edition:
    """Return an edition that somebody else has brought into the state; the newest of its item."""
    edition = builders.draft("A story", issued_by=[institution.pk])
    steps: dict[str, list[Callable[[Edition], Any]]] = {
        "submitted": [submit],
        "returned": [submit, send_back],
        "scheduled": [lambda one: workflow.approve(one, by=None, visible_from=LATER)],
        "public": [publish],
        "forced": [force],
        "replaced": [publish, lambda one: builders.next_edition(one, "A story", issued_by=[institution.pk])],
        "withdrawn": [publish, withdraw],
    }
    for step in steps.get(state, []):
        step(edition)
    return workflow.newest_edition(edition.item)


def submit(edition: Edition) -> None:
    """Submit it."""
    workflow.submit(edition, by=None)


def send_back(edition: Edition) -> None:
    """Return it."""
    workflow.send_back(edition, by=None, remark="Name the source.")


def publish(edition: Edition) -> None:
    """Make it public."""
    workflow.approve(edition, by=None)


def force(edition: Edition) -> None:
    """Make it public without second eyes."""
    workflow.force(edition, by=builders.member_of_staff("", "force_edition", "work_everywhere"), reason="It is urgent.")


def withdraw(edition: Edition) -> None:
    """Withdraw it."""
    wish = workflow.RemovalWish(kind=Removal.Kind.WITHDRAWN, reason="Outdated.", explanation="It is outdated.")
    workflow.remove(edition.item, wish, by=None)


ACTS: dict[str, Callable[[Edition, Any], Any]] = {
    "write": lambda edition, by: workflow.save_draft(edition, workflow.content_of(edition), by=by),
    "open": lambda edition, by: workflow.open_edition(edition.item, by=by),
    "submit": lambda edition, by: workflow.submit(edition, by=by),
    "return": lambda edition, by: workflow.send_back(edition, by=by, remark="Name the source."),
    "approve": lambda edition, by: workflow.approve(edition, by=by),
    "force": lambda edition, by: workflow.force(edition, by=by, reason="It is urgent."),
    "unschedule": lambda edition, by: workflow.unschedule(edition, by=by),
    "review": lambda edition, by: workflow.review(edition, by=by),
    "discard": lambda edition, by: workflow.discard(edition, by=by),
    "remove": lambda edition, by: workflow.remove(
        edition.item, workflow.RemovalWish(kind="withdrawn", reason="Outdated.", explanation="Outdated."), by=by
    ),
    "restore": lambda edition, by: workflow.restore(edition.item, by=by),
}


def acts_of(role: str) -> set[str]:
    """Return every act that a role may do at home."""
    names = list(ROLES)
    return set().union(*(GAINS[name] for name in names[: names.index(role) + 1]))


def outcome(act: str, edition: Edition, by: Any) -> str:
    """Do the act, and say what came of it."""
    try:
        ACTS[act](edition, by)
    except PermissionDenied:
        return "not allowed"
    except workflow.WorkflowError as error:
        return "refused" if all(error.messages) else "refused without a word"
    return "done"


@pytest.mark.parametrize("place", ["own", "other"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", ACTS)
def test_each_act_from_each_state_by_each_role_does_what_the_table_says(act, role, place):
    """Who may not is told nothing of states; who may is told what stands in the way."""
    institution = builders.institution()
    home = [institution] if place == "own" else [builders.institution()]
    person = builders.member_of_staff("", *ROLES[role], home=home)
    may = act in acts_of(role) and (place == "own" or role == "administrator")
    expected, found = {}, {}
    for state in STATES:
        edition = edition_in(state, institution)
        expected[state] = "not allowed" if not may else "done" if state in STATES_OF[act] else "refused"
        before = snapshot(edition)
        found[state] = outcome(act, edition, person)
        if found[state] != "done":
            assert snapshot(edition) == before
        elif act in RESULT:
            edition.refresh_from_db()
            assert edition.state == RESULT[act]
    assert found == expected


def snapshot(edition: Edition) -> Any:
    """Return all that an act could change of the item."""
    rows = Edition.objects.filter(item=edition.item_id).order_by("number")
    return list(rows.values("state", "title", "visible_from", "visible_until", "listed_until", "remark"))


def test_the_table_of_this_test_names_every_act_of_the_site():
    """An act that is added without a row here fails."""
    of_imports = {"import", "publish_import", "see_imports", "undo_import", "create_missing"}
    beside = {"see", "create", "pick"} | of_imports  # no act on an edition
    assert set(access.ACTS) - beside == set(ACTS) - {"open"}
    assert set(workflow.TRANSITIONS) <= set(ACTS)


@pytest.mark.parametrize("state", STATES)
def test_each_act_stands_in_the_record_by_a_word(state):
    """In the reader's language, not as a code."""
    edition_in(state, builders.institution())
    verbs = set(
        Act.objects.filter(model__startswith="news.")
        .exclude(verb__in=["create", "change"])
        .values_list("verb", flat=True)
    )
    assert verbs <= set(workflow.VERBS)


@pytest.mark.parametrize("part", ["wrote it", "submitted it", "corrected it after it was submitted"])
def test_whoever_had_a_hand_in_an_edition_cannot_approve_it(part):
    """Second eyes are someone else's."""
    institution = builders.institution()
    writer, editor = (builders.member_of_staff(name, *builders.EDITOR, home=[institution]) for name in ("ina", "jan"))
    content = builders.content("A story", issued_by=[institution.pk])
    edition = workflow.create_item(content, by=editor if part == "wrote it" else writer)
    workflow.submit(edition, by=editor if part == "submitted it" else writer)
    if part == "corrected it after it was submitted":
        workflow.save_draft(edition, content, by=editor)
    with pytest.raises(workflow.WorkflowError, match="Someone else has to approve it"):
        workflow.approve(edition, by=editor)
    assert not Edition.objects.visible().exists()
    other = builders.member_of_staff("kim", *builders.EDITOR, home=[institution])
    assert workflow.approve(edition, by=other).visible_from <= timezone.now()


def test_an_edition_of_an_institution_below_ones_own_is_at_home():
    """Whoever works for the Secretariat works for its departments."""
    secretariat = builders.institution("Secretariat")
    department = builders.institution("Department", parent=secretariat)
    edition = builders.draft("A story", issued_by=[department.pk])
    assert access.may(builders.member_of_staff("", *builders.WRITER, home=[secretariat]), "write", edition)
    edition = builders.draft("A story", issued_by=[secretariat.pk])
    assert not access.may(builders.member_of_staff("", *builders.WRITER, home=[department]), "write", edition)


def test_what_nobody_issues_yet_is_at_home_with_who_wrote_it():
    """Until it is issued by an institution, colleagues do not see it."""
    writer, other = (builders.member_of_staff("", *builders.WRITER, home=[builders.institution()]) for _ in range(2))
    edition = workflow.create_item(workflow.Content(title="A thought"), by=writer)
    assert access.may(writer, "write", edition)
    assert not access.may(other, "see", edition)


def test_nobody_gives_an_edition_away_to_institutions_that_are_not_theirs():
    """The complaint stands at its field."""
    home, elsewhere = builders.institution(), builders.institution()
    writer = builders.member_of_staff("", *builders.WRITER, home=[home])
    edition = workflow.create_item(builders.content("Ours", issued_by=[home.pk]), by=writer)
    with pytest.raises(workflow.WorkflowError) as refused:
        workflow.save_draft(edition, builders.content("Ours", issued_by=[elsewhere.pk]), by=writer)
    assert list(refused.value.message_dict) == ["issued_by"]
    joint = workflow.save_draft(edition, builders.content("Joint", issued_by=[elsewhere.pk, home.pk]), by=writer)
    assert joint.title == "Joint"


@pytest.mark.parametrize(("role", "place"), list(product(["writer", "administrator"], ["own", "other"])))
def test_the_list_of_items_at_home_holds_what_the_rule_for_one_item_says(role, place):
    """The rule stands in SQL and in Python; both give the same answer."""
    home, elsewhere = builders.institution(), builders.institution()
    below = builders.institution(parent=home)
    person = builders.member_of_staff("", *ROLES[role], home=[home])
    issuers = {"own": [[home.pk], [below.pk], [elsewhere.pk, home.pk]], "other": [[elsewhere.pk]]}[place]
    editions = [builders.draft("A story", issued_by=numbers) for numbers in issuers]
    editions.append(workflow.create_item(workflow.Content(title="Nobody's"), by=person if place == "own" else None))
    listed = set(NewsItem.objects.filter(access.at_home(person)).values_list("pk", flat=True))
    assert listed == {edition.item_id for edition in editions if access.may(person, "write", edition)}


def test_a_draft_takes_a_public_item_from_nobody():
    """A colleague elsewhere who opens a joint text and names only his own house does not lock the other out."""
    ours, theirs = builders.institution(), builders.institution()
    public = builders.published("Joint", issued_by=[ours.pk, theirs.pk])
    olga, petra = (builders.member_of_staff("", *builders.PUBLISHER, home=[home]) for home in (theirs, ours))
    opened = workflow.open_edition(public.item, by=olga)
    opened = workflow.save_draft(opened, builders.content("Theirs", issued_by=[theirs.pk]), by=olga)
    assert access.may(petra, "write", opened)
    assert NewsItem.objects.filter(access.at_home(petra)).exists()
