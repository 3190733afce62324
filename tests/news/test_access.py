"""Who may do what: every role with every act, and every address of the newsroom's admin."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse

from news import access
from news.models import Edition, NewsItem
from tests import builders

pytestmark = pytest.mark.django_db

ROLES = {
    "anonymous": AnonymousUser,
    "visitor with an account": lambda: builders.member_of_staff("visitor", *builders.EDITOR, is_staff=False),
    "staff without permissions": lambda: builders.member_of_staff("clerk"),
    "reader": lambda: builders.member_of_staff("reader", "view_newsitem"),
    "writer": lambda: builders.member_of_staff("writer", *builders.WRITER),
    "editor": lambda: builders.member_of_staff("editor", *builders.EDITOR),
    "editor who left": lambda: builders.member_of_staff("gone", *builders.EDITOR, is_active=False),
    "administrator": lambda: User.objects.create_superuser("root"),
}
READS = {"reader", "writer", "editor", "administrator"}
WRITES = {"writer", "editor", "administrator"}
APPROVES = {"editor", "administrator"}
ACTS = {
    access.may_see: READS,
    access.may_preview: READS,
    access.may_create: WRITES,
    access.may_write: WRITES,
    access.may_discard: WRITES,
    access.may_pick: WRITES,
    access.may_approve: APPROVES,
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_each_role_may_do_what_the_table_says(act: Any, role: str):
    """One table, every cell of it."""
    assert act(ROLES[role]()) is (role in ACTS[act])


# What each address of the admin answers to the roles that may (the number) and to all others (403, or the login).
ADDRESSES = {
    "news_newsitem_changelist": ("get", READS, 200),
    "news_newsitem_add": ("get", WRITES, 200),
    "news_newsitem_change": ("get", READS, 200),
    "news_newsitem_history": ("get", READS, 200),
    "news_newsitem_preview": ("get", READS, 200),
    "news_newsitem_discard": ("get", WRITES, 200),
    "news_newsitem_open_edition": ("post", WRITES, 302),
    "news_newsitem_suggest": ("get", WRITES, 200),
    "news_newsitem_delete": ("get", set(), 200),
}


def test_the_table_of_addresses_names_every_address_of_the_newsrooms_admin():
    """An address that is added without a line in the table fails here."""
    named = {pattern.name for pattern in admin.site.get_model_admin(NewsItem).urls if pattern.name}
    assert named == set(ADDRESSES)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ADDRESSES)
def test_each_address_answers_only_to_those_who_may(client, name: str, role: str):
    """Whoever isn't staff is led to the login, whoever lacks the permission is refused."""
    item = builders.draft().item
    user = ROLES[role]()
    if user.pk:
        client.force_login(user)
    takes_item = name not in {"news_newsitem_changelist", "news_newsitem_add", "news_newsitem_suggest"}
    method, allowed, answer = ADDRESSES[name]
    response = getattr(client, method)(reverse(f"admin:{name}", args=[item.pk] if takes_item else []))
    is_staff = user.is_active and user.is_staff
    expected = answer if role in allowed else 403 if is_staff else 302
    assert response.status_code == expected
    assert is_staff or response["Location"].startswith("/admin/login/")


def test_a_writer_who_posts_the_button_of_an_editor_approves_nothing(client):
    """The page hides the button; the address refuses the act all the same."""
    edition = builders.draft("Quiet")
    client.force_login(ROLES["writer"]())
    form = client.get(reverse("admin:news_newsitem_change", args=[edition.item_id]))
    assert "Approve now" not in form.content.decode()
    answer = client.post(
        reverse("admin:news_newsitem_change", args=[edition.item_id]),
        {"title": "Quiet", "kind": "news", "seen": edition.saved_at.isoformat(), "summary": "S.", "body": "<p>T.</p>"}
        | {"issued_at": "2020-01-01T10:00", "issued_by": edition.tags["issued_by"], "_approve": "1"},
    )
    assert answer.status_code == 403
    assert not Edition.objects.visible().exists()
