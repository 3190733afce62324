"""The groups that come with the site: what each may do, and that an administrator has the last word."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

from news import access, groups
from tests import builders

GROUPS = (groups.WRITER, groups.EDITOR, groups.PUBLISHER, groups.ADMINISTRATOR)
ALL, EDITORS, PUBLISHERS, ADMINISTRATORS = GROUPS, GROUPS[1:], GROUPS[2:], GROUPS[3:]
# Every right that a group is given, and to which groups.
RIGHTS = {
    "news.view_newsitem": ALL,
    "news.add_newsitem": ALL,
    "news.change_newsitem": ALL,
    "news.submit_edition": ALL,
    "news.view_searchcount": EDITORS,
    "news.return_edition": EDITORS,
    "news.approve_edition": EDITORS,
    "news.unschedule_edition": PUBLISHERS,
    "news.force_edition": PUBLISHERS,
    "news.review_edition": PUBLISHERS,
    "news.remove_item": PUBLISHERS,
    "news.publish_import": PUBLISHERS,
    **{f"news.{act}_importbatch": PUBLISHERS for act in ("view", "add", "undo")},
    "news.work_everywhere": ADMINISTRATORS,
    "record.view_act": ADMINISTRATORS,
    **{f"library.{act}_{model}": ALL for act in ("view", "add", "change") for model in ("image", "attachment")},
    **{f"library.delete_{model}": EDITORS for model in ("image", "attachment")},
    **{f"library.{act}_logo": ADMINISTRATORS for act in ("view", "add", "change", "delete")},
    **{f"news.{act}_person": ADMINISTRATORS for act in ("view", "add", "change", "delete")},
    **{f"auth.{act}_user": ADMINISTRATORS for act in ("view", "add", "change", "delete")},
    **{f"auth.{act}_group": ADMINISTRATORS for act in ("view", "add", "change", "delete")},
}
# What `news.access` says of each act to someone at home who had no hand in the edition.
ACTS = {
    "see": ALL,
    "create": ALL,
    "write": ALL,
    "discard": ALL,
    "submit": ALL,
    "pick": ALL,
    "return": EDITORS,
    "approve": EDITORS,
    "force": PUBLISHERS,
    "review": PUBLISHERS,
    "unschedule": PUBLISHERS,
    "remove": PUBLISHERS,
    "restore": PUBLISHERS,
    "publish_import": PUBLISHERS,
    "import": PUBLISHERS,
    "see_imports": PUBLISHERS,
    "undo_import": PUBLISHERS,
    "create_missing": ADMINISTRATORS,
}

pytestmark = pytest.mark.django_db


def rights_of(name: str) -> set[str]:
    """Return the rights of a group as the database holds them."""
    rows = Permission.objects.filter(group__name=name).values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def member_of(name: str) -> User:
    """Create a member of staff who has what the group has, and nothing besides."""
    user = builders.member_of_staff()
    user.groups.add(Group.objects.get(name=name))
    return user


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("right", RIGHTS)
def test_each_group_holds_what_the_table_says(right, group):
    """On a fresh site, whose database knows nothing but its migrations."""
    assert (right in rights_of(group)) is (group in RIGHTS[right])


def test_the_table_names_every_right_of_the_newsroom_but_those_that_nobody_is_given():
    """A new right that no group is given fails here; deleting an item and writing the rows behind it are no rights."""
    rows = Permission.objects.filter(content_type__app_label="news", content_type__model__in=["newsitem", "edition"])
    known = {f"news.{codename}" for codename in rows.values_list("codename", flat=True)}
    nobodys = {"news.delete_newsitem", *(f"news.{act}_edition" for act in ("add", "change", "delete", "view"))}
    assert known - nobodys <= RIGHTS.keys()


def test_an_administrator_holds_all_of_taxonomy_and_the_others_none():
    """Every model of it, those of former names too."""
    rows = Permission.objects.filter(content_type__app_label="taxonomy").exclude(content_type__model="referencerecord")
    all_of_it = {f"taxonomy.{codename}" for codename in rows.values_list("codename", flat=True)}
    assert all_of_it <= rights_of(groups.ADMINISTRATOR)
    for name in GROUPS[:3]:
        assert not all_of_it & rights_of(name)


def test_a_group_holds_nothing_that_the_tables_do_not_name():
    """No right comes in by accident."""
    for name in GROUPS:
        others = {right for right in rights_of(name) if not right.startswith("taxonomy.")}
        assert others == {right for right, holders in RIGHTS.items() if name in holders}


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("act", ACTS)
def test_a_member_of_a_group_may_do_what_the_table_says(act, group):
    """Through the group alone, at an institution of his own."""
    edition, user = builders.draft(), member_of(group)
    user.person.institutions.set(edition.tags["issued_by"])
    assert access.may(user, act, edition) is (group in ACTS[act])


def test_the_table_of_acts_names_every_act():
    """An act that is added without a line fails here."""
    assert ACTS.keys() == access.ACTS.keys()


@pytest.mark.parametrize("group", GROUPS)
def test_only_an_administrator_works_for_institutions_that_are_not_his(group):
    """The others see nothing there."""
    assert access.may(member_of(group), "see", builders.draft()) is (group in ADMINISTRATORS)


def test_what_an_administrator_changed_stays_at_the_next_migrate():
    """A right taken away, one given, a new name, a group deleted."""
    right = Permission.objects.get(codename="approve_edition")
    Group.objects.get(name="Editor").permissions.remove(right)
    Group.objects.get(name="Writer").permissions.add(right)
    Group.objects.filter(name="Publisher").update(name="Chefredaktion")
    Group.objects.get(name="Administrator").delete()
    before = rights_of("Chefredaktion")
    call_command("migrate", verbosity=0)
    assert "news.approve_edition" not in rights_of("Editor")
    assert "news.approve_edition" in rights_of("Writer")
    assert rights_of("Chefredaktion") == before
    assert set(Group.objects.values_list("name", flat=True)) == {"Writer", "Editor", "Chefredaktion"}


def test_a_later_releases_rights_reach_each_group_once_whatever_its_name_is(monkeypatch):
    """And none that was deleted is made anew."""
    Group.objects.filter(name="Editor").update(name="Redaktion")
    Group.objects.get(name="Writer").delete()
    later = dict.fromkeys((groups.WRITER, groups.EDITOR), ("news.unschedule_edition",))
    monkeypatch.setattr(groups, "GRANTS", (*groups.GRANTS, later))
    call_command("migrate", verbosity=0)
    assert "news.unschedule_edition" in rights_of("Redaktion")
    assert not Group.objects.filter(name__in=["Writer", "Editor"]).exists()
    Group.objects.get(name="Redaktion").permissions.remove(Permission.objects.get(codename="unschedule_edition"))
    call_command("migrate", verbosity=0)
    assert "news.unschedule_edition" not in rights_of("Redaktion")


def test_a_group_that_someone_made_under_one_of_the_names_is_left_alone(monkeypatch):
    """It was there before, and nobody asked for more rights in it."""
    Group.objects.create(name="Translator")
    monkeypatch.setattr(groups, "GRANTS", (*groups.GRANTS, {"Translator": ("news.add_newsitem",)}))
    call_command("migrate", verbosity=0)
    assert rights_of("Translator") == set()


def test_rights_that_do_not_exist_yet_are_given_with_the_release_that_brings_them(monkeypatch):
    """A database that is migrated half way gets nothing half."""
    monkeypatch.setattr(groups, "GRANTS", (*groups.GRANTS, {"Editor": ("news.fly", "news.unschedule_edition")}))
    call_command("migrate", verbosity=0)
    assert "news.unschedule_edition" not in rights_of("Editor")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", ["first", "after the database was emptied"])
def test_an_emptied_database_has_the_groups_again(_time):
    """As after `flush`, and so after each test that commits."""
    assert set(Group.objects.values_list("name", flat=True)) == set(GROUPS)
