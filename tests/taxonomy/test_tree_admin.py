"""The list of a tree in the admin: what it shows, what its buttons do, and what it refuses in words."""

import re
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import models
from django.test import Client
from django.urls import reverse

from record.models import Act
from taxonomy import tree_check
from taxonomy.models import NavigationItem, Topic
from tests import builders
from tests.taxonomy.outlines import loaded, outline, plant

pytestmark = pytest.mark.django_db

LIST = reverse("admin:taxonomy_topic_changelist")
MOVE = reverse("admin:taxonomy_topic_move")
JSON = {"Accept": "application/json"}


@pytest.fixture
def desk(client: Client) -> Client:
    """Return the browser of someone who may change fields of work."""
    permissions = ("view_topic", "change_topic", "add_topic")
    client.force_login(builders.member_of_staff("anna", *permissions))
    return client


def button(desk: Client, way: str, slug: str) -> str:
    """Return what a button of the list sends."""
    page = desk.get(LIST).content.decode()
    found = re.search(rf'<button name="move" value="([^"]+)" id="{way}-{loaded(slug).pk}"', page)
    assert found
    return found[1]


def press(desk: Client, way: str, slug: str) -> str:
    """Press a button as a browser without scripts does; return the words that the next page shows."""
    answer = desk.post(MOVE, {"move": button(desk, way, slug)})
    assert answer.status_code == 302
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def seen(node: Topic, position: str, target: Topic) -> str:
    """Return what a drop sends."""
    return f"drop:{node.pk},{node.parent_id or 0},{position},{target.pk},{target.parent_id or 0}"


@pytest.mark.parametrize(
    ("way", "slug", "expected", "words"),
    [
        ("up", "d", "a(d b(c)) e", "“d” is now first below “a”."),
        ("down", "b", "a(d b(c)) e", "“b” now stands below “a”, after “d”."),
        ("in", "d", "a(b(c d)) e", "“d” now stands below “b”, after “c”."),
        ("out", "c", "a(b c d) e", "“c” now stands below “a”, after “b”."),
        ("out", "b", "a(d) b(c) e", "“b” now stands at the top, after “a”."),
        ("up", "e", "e a(b(c) d)", "“e” is now first at the top."),
        ("in", "e", "a(b(c) d e)", "“e” now stands below “a”, after “d”."),
    ],
)
def test_a_button_moves_its_entry_and_says_where_it_went(desk, way, slug, expected, words):
    """Without scripts the button posts the form."""
    plant("a(b(c) d) e")
    assert press(desk, way, slug) == words
    assert outline() == expected


@pytest.mark.parametrize(("way", "slug"), [("up", "a"), ("in", "b"), ("down", "e"), ("out", "a")])
def test_a_button_that_leads_nowhere_says_so(desk, way, slug):
    """It can be pressed, so that the focus is never lost."""
    plant("a(b(c) d) e")
    assert "cannot go further" in press(desk, way, slug)
    assert outline() == "a(b(c) d) e"


def test_without_scripts_the_focus_comes_back_to_the_button(desk):
    """The next page has the attribute on it."""
    nodes = plant("a b")
    answer = desk.post(MOVE, {"move": button(desk, "up", "b")}, follow=True)
    page = answer.content.decode()
    assert re.search(rf'id="up-{nodes["b"].pk}"[^>]* autofocus', page)
    assert page.count("autofocus") == 1


def test_a_script_gets_the_words_and_the_tree_as_it_stands_now(desk):
    """Also what others have done meanwhile."""
    nodes = plant("a b c")
    wish = seen(nodes["c"], "last-child", nodes["a"])
    builders.topic("new")
    answer = desk.post(MOVE, {"move": wish}, headers=JSON)
    assert answer.status_code == 200
    assert answer.json()["words"] == "“c” is now first below “a”."
    assert ">new</a>" in answer.json()["tree"]
    assert outline() == "a(c) b new"


def test_an_entry_that_someone_else_moved_meanwhile_is_not_moved_blindly(desk):
    """Neither it nor the one that it was dropped on."""
    nodes = plant("a b c d")
    onto_moved = seen(nodes["c"], "last-child", nodes["b"])
    of_moved = seen(nodes["b"], "last-child", nodes["c"])
    loaded("b").move(loaded("a"))
    for wish in (onto_moved, of_moved):
        answer = desk.post(MOVE, {"move": wish}, headers=JSON)
        assert answer.status_code == 409
        assert "Someone else has moved “b” meanwhile" in answer.json()["words"]
    assert outline() == "a(b) c d"


@pytest.mark.parametrize("gone", ["a", "b"])
def test_an_entry_that_someone_else_deleted_is_answered_in_words(desk, gone):
    """With the tree as it stands now."""
    nodes = plant("a b")
    wish = seen(nodes["b"], "left", nodes["a"])
    loaded(gone).delete()
    answer = desk.post(MOVE, {"move": wish}, headers=JSON)
    assert (answer.status_code, "deleted" in answer.json()["words"]) == (409, True)


def test_an_entry_cannot_be_dropped_below_itself(desk):
    """Not by a wish written by hand either."""
    nodes = plant("a(b)")
    answer = desk.post(MOVE, {"move": seen(nodes["a"], "last-child", nodes["b"])}, headers=JSON)
    assert answer.status_code == 409
    assert "which lies below it" in answer.json()["words"]
    assert outline() == "a(b)"


@pytest.mark.parametrize(
    "wish",
    [
        "",
        "up:",
        "x",
        "drop:1,2,left,3",
        "drop:1,0,under,2,0",
        "drop:-1,0,left,2,0",
        "drop:1,0,left,²,0",
        f"drop:{9**30},0,left,2,0",
    ],
)
def test_a_wish_that_the_list_does_not_write_is_refused(desk, wish):
    """No error page, nothing moved."""
    plant("a b")
    assert desk.post(MOVE, {"move": wish}, headers=JSON).status_code == 409
    assert outline() == "a b"


def test_moves_are_recorded(desk):
    """The history of the entry says where it stood and where it went."""
    nodes = plant("a b")
    press(desk, "up", "b")
    act = Act.objects.get(verb="change", model="taxonomy.topic")
    assert (act.title, act.before, act.after) == ("b", {"place": f"after a ({nodes['a'].pk})"}, {"place": "first"})


def test_who_may_not_change_the_tree_sees_it_without_buttons_and_moves_nothing(client):
    """The address of moves asks for the permission too."""
    nodes = plant("a b")
    client.force_login(builders.member_of_staff("guest", "view_topic"))
    page = client.get(LIST)
    assert page.status_code == 200
    assert 'name="move"' not in page.content.decode()
    assert "?parent=" not in page.content.decode()
    assert client.post(MOVE, {"move": seen(nodes["b"], "left", nodes["a"])}).status_code == 403
    assert outline() == "a b"


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_see_the_tree_is_refused(client, method):
    """Staff without the permission get no list, others the login."""
    client.force_login(builders.member_of_staff("guest"))
    assert getattr(client, method)(LIST if method == "get" else MOVE).status_code == 403
    client.logout()
    assert "/login/" in getattr(client, method)(LIST if method == "get" else MOVE).headers["Location"]


def test_a_move_needs_the_token_against_forged_requests():
    """And is never a GET."""
    nodes = plant("a b")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(builders.member_of_staff("anna", "view_topic", "change_topic"))
    wish = {"move": seen(nodes["b"], "left", nodes["a"])}
    assert strict.post(MOVE, wish).status_code == 403
    assert strict.get(MOVE, wish).status_code == 405
    assert outline() == "a b"


@pytest.mark.parametrize("name", ["topic", "institution", "navigationitem"])
def test_a_thousand_nodes_cost_five_queries(client, django_assert_max_num_queries, name):
    """The session, the person, two of permissions, and the tree."""
    build = {"topic": builders.topic, "institution": builders.institution, "navigationitem": builders.navigation_item}
    parents: list[Any] = [None]
    country = builders.country()
    for number in range(60):
        more = {"country": country} if name == "navigationitem" and number % 2 else {}
        parents.append(build[name](f"n{number}", parent=parents[number // 3], **more))
    model = type(parents[-1])
    grow(model, 1000)
    client.force_login(builders.member_of_staff("anna", f"view_{name}", f"change_{name}"))
    with django_assert_max_num_queries(5):
        page = client.get(reverse(f"admin:taxonomy_{name}_changelist")).content.decode()
    assert page.count('class="tree-row') == 1000
    assert page.count("<ul") == page.count("</ul>")


def grow(model: type[models.Model], size: int) -> None:
    """Fill the tree up to a size with copies in the last root: quicker than saving each."""
    first = model.objects.order_by("pk").first()
    values = {field.attname: getattr(first, field.attname) for field in model._meta.concrete_fields}
    rows = []
    for number in range(size - model.objects.count()):
        values |= {"id": 100_000 + number, "slug": f"copy-{number}", "parent_id": first.pk}
        rows.append(model(**values))
    models.QuerySet(model).bulk_create(rows)
    tree_check.repair(model)


def test_the_list_says_what_an_entry_of_the_navigation_leads_to(admin_client):
    """Records by name, own pages by path, and that an entry is hidden."""
    work = builders.navigation_item("Activities")
    builders.navigation_item("Projects", parent=work)
    builders.navigation_item("", slug="austria", parent=work, country=builders.country("Austria"))
    builders.navigation_item("Speeches", address="/news/?kind=speech", is_shown=False)
    page = admin_client.get(reverse("admin:taxonomy_navigationitem_changelist")).content.decode()
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Activities /activities/" in words
    assert "Projects /activities/projects/" in words
    assert "→ country: Austria" in words
    assert "Speeches → /news/?kind=speech not in the menu" in words


@time_machine.travel("2026-11-24", tick=False)
def test_the_list_says_since_when_an_institution_is_closed(admin_client):
    """As exactly as it is known, and on the day from which it holds."""
    builders.institution("Mission A", opened_on="1992", closed_on="2011")
    builders.institution("Mission B", closed_on="2027-01-01")
    page = admin_client.get(reverse("admin:taxonomy_institution_changelist")).content.decode()
    assert "closed 2011" in page
    assert "closes 1 January 2027" in page
    assert page.count("is-faint") == 1


def test_the_page_carries_no_inline_style_or_script(desk):
    """What the policy would refuse."""
    plant("a(b) c")
    page = desk.get(LIST).content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>\s*\S", page)
    assert not re.search(r"\son\w+=", page)


def test_names_are_escaped(desk):
    """In the list and in the words."""
    builders.topic("<b>bold</b>", slug="a")
    builders.topic("<script>alert(1)</script>", slug="b")
    answer = desk.post(MOVE, {"move": button(desk, "up", "b")}, follow=True)
    assert "<b>bold" not in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()


def test_an_entry_is_added_below_the_one_whose_button_was_pressed(desk):
    """The form has the parent chosen."""
    nodes = plant("a(b)")
    page = desk.get(reverse("admin:taxonomy_topic_add"), {"parent": nodes["b"].pk}).content.decode()
    assert re.search(rf'<option value="{nodes["b"].pk}" selected>— b</option>', page)


def test_the_empty_list_says_so(desk):
    """Instead of a list of nothing."""
    assert "There is nothing here yet." in desk.get(LIST).content.decode()
    assert not NavigationItem.objects.exists()
