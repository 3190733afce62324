"""Former addresses: what a rename or a move leaves behind, and that one hop always suffices."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from taxonomy.models import FormerPath, NavigationItem
from tests import builders

pytestmark = pytest.mark.django_db

BUILDERS = {"country": builders.country, "institution": builders.institution, "field of work": builders.topic}


@pytest.fixture(params=BUILDERS.values(), ids=BUILDERS.keys())
def build(request):
    """Return the builder of each kind of record that has a slug."""
    return request.param


def rename(record: models.Model, slug: str) -> None:
    """Give a record another address."""
    record.slug = slug
    record.save()


def former_slugs(record: models.Model) -> set[str]:
    """Return the slugs that lead to the record now."""
    return set(record.former_slugs.values_list("slug", flat=True))


def former_paths() -> dict[str, str]:
    """Return where each former path leads."""
    return {former.path: former.navigation_item.path() for former in FormerPath.objects.all()}


def test_a_rename_leaves_the_former_slug(build):
    """And another rename the next; both lead to the record itself, so there is no chain."""
    record = build("a")
    rename(record, "b")
    rename(record, "c")
    assert former_slugs(record) == {"a", "b"}


def test_a_rename_and_back_leaves_no_slug_that_leads_to_itself(build):
    """The slug in use again is no former one."""
    record = build("a")
    rename(record, "b")
    rename(record, "a")
    assert former_slugs(record) == {"b"}


def test_two_records_that_swap_their_slugs_leave_only_the_one_that_neither_has(build):
    """Each slug leads to whoever has it."""
    first, second = build("a"), build("b")
    rename(first, "between")
    rename(second, "a")
    rename(first, "b")
    assert former_slugs(first) == {"between"}
    assert former_slugs(second) == set()


def test_a_new_record_takes_over_a_former_slug(build):
    """What a visitor finds there is the record that has the slug."""
    record = build("a")
    rename(record, "b")
    build("a")
    assert former_slugs(record) == set()


def test_a_save_that_does_not_write_the_slug_leaves_nothing(build):
    """Neither of a changed slug nor of the old one."""
    record = build("a")
    record.slug = "b"
    record.save(update_fields=["name"])
    assert former_slugs(record) == set()
    record.refresh_from_db()
    rename(record, "a")
    assert former_slugs(record) == set()


def test_slugs_are_not_updated_in_bulk(build):
    """The former addresses would be lost."""
    record = build("a")
    with pytest.raises(ValidationError, match="one by one"):
        type(record).objects.filter(pk=record.pk).update(slug="b")


def own_pages() -> dict[str, NavigationItem]:
    """Create work/projects/list and about; return them by slug."""
    work = builders.navigation_item("work")
    projects = builders.navigation_item("projects", parent=work)
    return {
        "work": work,
        "projects": projects,
        "list": builders.navigation_item("list", parent=projects),
        "about": builders.navigation_item("about"),
    }


def test_a_page_that_gets_another_slug_leaves_its_path_and_those_of_all_pages_below():
    """Each former path leads straight to its own page."""
    pages = own_pages()
    rename(pages["work"], "our-work")
    assert former_paths() == {
        "work": "our-work",
        "work/projects": "our-work/projects",
        "work/projects/list": "our-work/projects/list",
    }


@pytest.mark.parametrize("way", ["move", "move_node", "parent"])
def test_a_page_that_moves_leaves_its_path_and_those_of_all_pages_below(way):
    """By each way in which an entry moves."""
    pages = own_pages()
    if way == "move":
        pages["projects"].move(pages["about"])
    elif way == "move_node":
        NavigationItem.objects.move_node(pages["projects"], pages["about"])
    else:
        pages["projects"].parent = pages["about"]
        pages["projects"].save()
    assert former_paths() == {
        "work/projects": "about/projects",
        "work/projects/list": "about/projects/list",
    }


def test_a_move_among_siblings_leaves_nothing():
    """The paths are the same."""
    pages = own_pages()
    pages["about"].move(pages["work"], "left")
    assert former_paths() == {}


def test_after_two_moves_all_former_paths_lead_to_the_page_in_one_hop():
    """The path between is former too."""
    pages = own_pages()
    pages["list"].move(pages["about"])
    pages["list"].move(None)
    assert former_paths() == {"work/projects/list": "list", "about/list": "list"}


def test_a_path_in_use_again_leads_to_its_new_page():
    """By a new page, and by one that moves there."""
    pages = own_pages()
    pages["projects"].move(pages["about"])
    builders.navigation_item("projects", parent=pages["work"])
    assert former_paths() == {"work/projects/list": "about/projects/list"}
    new = NavigationItem.objects.get(parent=pages["work"])
    pages["list"].move(new)
    assert former_paths() == {"about/projects/list": "work/projects/list"}


def test_entries_that_lead_elsewhere_leave_no_path():
    """Only own pages have an address of their own."""
    work = builders.navigation_item("work")
    builders.navigation_item("austria", parent=work, country=builders.country("Austria"))
    builders.navigation_item("speeches", parent=work, address="/news/?kind=speech")
    rename(work, "our-work")
    assert former_paths() == {"work": "our-work"}


def test_a_page_that_becomes_an_entry_for_a_record_leaves_its_path():
    """The page's view sends its visitors on to where the entry leads."""
    page = builders.navigation_item("austria")
    page.country = builders.country("Austria")
    page.save()
    assert set(FormerPath.objects.values_list("path", "navigation_item")) == {("austria", page.pk)}


def test_a_path_that_no_row_could_hold_is_refused():
    """In words, with nothing written."""
    parent = None
    for letter in "abc":
        parent = builders.navigation_item(letter * 150, parent=parent)
    long = builders.navigation_item("d" * 150)
    with pytest.raises(ValidationError, match="longer than 500 characters"):
        long.move(parent)
    long.refresh_from_db()
    assert long.parent is None


class TestRandomRenamesAndMoves(TestCase):
    """What holds after any history; a class, since hypothesis rolls back each example."""

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.integers(0, 5), st.none() | st.integers(0, 5), st.sampled_from("xyz")), max_size=12))
    def test_every_path_that_ever_worked_is_a_page_or_leads_to_the_page_that_had_it_last(self, actions):
        """One hop, and never away from a page that stands."""
        pages = [builders.navigation_item(letter) for letter in "abcdef"]
        last_at: dict[str, int] = {letter: page.pk for letter, page in zip("abcdef", pages, strict=True)}
        for first, second, slug in actions:
            try_to_change(pages[first].pk, None if second is None else pages[second].pk, slug)
            standing = {page.path(): page.pk for page in NavigationItem.objects.all()}
            last_at |= standing
            former = dict(FormerPath.objects.values_list("path", "navigation_item"))
            assert former.keys().isdisjoint(standing)
            assert former | standing == last_at


def try_to_change(number: int, parent: int | None, slug: str) -> None:
    """Rename and move a page, unless it would stand below itself or where another stands."""
    page = NavigationItem.objects.get(pk=number)
    page.parent_id, page.slug = parent, slug
    below = set(page.get_descendants(include_self=True).values_list("pk", flat=True))
    if parent in below or NavigationItem.objects.filter(parent=parent, slug=slug).exclude(pk=number).exists():
        return
    page.save()
