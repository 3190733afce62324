"""The list of imports: in words, found by file and state, each person's own."""

import contextlib

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from news.imports import batches
from news.models import ImportBatch
from tests import builders
from tests.news.admin.imports.desk import IMPORTER, LIST, applied, file_of, page_of, planned, press, row, upload, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def everywhere() -> Client:
    """Return the browser of someone who works for all institutions."""
    opened = Client()
    opened.force_login(builders.member_of_staff("ada", *IMPORTER, "work_everywhere"))
    return opened


def listed(browser: Client, query: str = "") -> list[int]:
    """Return the numbers of the imports that the list shows."""
    return [batch.pk for batch in browser.get(LIST + query).context["cl"].result_list]


def test_the_list_says_who_when_what_of_how_far_and_with_what_result(browser):
    """Of each import, the newest first."""
    applied(browser, row(1), row(2))
    planned(browser, row(2, "Another"), row(3))
    text = words(browser.get(LIST))
    assert "pia archive.jsonl done New: 2" in text
    assert "pia archive.jsonl planned: nothing is written yet New: 1, Changed: 1" in text


def test_nothing_can_be_edited_or_deleted_by_djangos_forms(admin_client):
    """There are no such pages."""
    for page in ("1/change/", "1/delete/", "1/history/"):
        assert admin_client.get(LIST + page).status_code == 404
    assert "Delete selected" not in words(admin_client.get(LIST))


def test_imports_are_found_by_a_files_name_and_by_state(browser):
    """Letters beyond ASCII and capitals too."""
    upload(browser, file_of(row(1), name="Übersicht.jsonl"))
    first = ImportBatch.objects.get().pk
    done = applied(browser, row(2)).pk
    assert listed(browser, "?q=übersicht") == [first]
    assert listed(browser, "?state=planned") == [first]
    assert listed(browser, "?state=done") == [done]
    assert listed(browser, "?state=undone") == listed(browser, "?state=nonsense") == []


def test_what_no_process_works_on_is_interrupted(browser, monkeypatch):
    """And what one does, is running."""
    batch = planned(browser, row(1))
    ImportBatch.objects.update(state="running", rows_done=1_200)
    assert "interrupted after row 1,200" in words(browser.get(LIST))
    assert listed(browser, "?state=interrupted") == [batch.pk]
    monkeypatch.setattr(batches, "is_someone_importing", lambda: True)
    assert "archive.jsonl running" in words(browser.get(LIST))
    assert listed(browser, "?state=running") == [batch.pk]
    assert "Go on with it" not in page_of(browser, batch)


def test_a_person_sees_her_own_imports_and_whoever_works_everywhere_all(browser, everywhere, house):
    """An import holds texts of drafts."""
    batch = planned(browser, row(1, "Embargoed talks"))
    other = Client()
    other.force_login(builders.member_of_staff("edo", *IMPORTER, home=[house]))
    assert listed(browser) == listed(everywhere) == [batch.pk]
    assert listed(other) == []
    for page in ("", "undo/", "report.csv"):
        assert other.get(f"{LIST}{batch.pk}/{page}").status_code == 403
    for act in ("apply", "drop", "undo"):
        assert press(other, batch, act).status_code == 403
    assert "Embargoed talks" in page_of(everywhere, batch)


def test_nobody_applies_the_plan_of_another(browser, everywhere):
    """It would go in under the rights of the one who made it."""
    batch = planned(browser, row(1))
    assert "Apply this plan" not in everywhere.get(f"{LIST}{batch.pk}/").content.decode()
    assert press(everywhere, batch, "apply").status_code == 403


def test_a_right_that_is_taken_away_is_asked_for_again(browser, pia):
    """Between the plan and its application."""
    batch = planned(browser, row(1), publish="on")
    pia.user_permissions.remove(pia.user_permissions.get(codename="publish_import"))
    assert press(browser, batch, "apply").status_code == 403
    batch.refresh_from_db()
    assert batch.state == "planned"


def test_undoing_takes_its_own_right(browser, pia):
    """Neither offered nor done without."""
    batch = applied(browser, row(1))
    pia.user_permissions.remove(pia.user_permissions.get(codename="undo_importbatch"))
    assert "Undo this import" not in page_of(browser, batch)
    assert press(browser, batch, "undo").status_code == 403


@pytest.mark.parametrize(
    ("group", "status"), [("Writer", 403), ("Editor", 403), ("Publisher", 200), ("Administrator", 200)]
)
def test_publishers_and_administrators_import(client, group, status):
    """As the groups are shipped."""
    user = builders.member_of_staff()
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    assert client.get(f"{LIST}add/").status_code == status


def test_the_list_costs_as_many_queries_however_many_imports(browser, django_assert_max_num_queries):
    """A name, a moment, a state each."""

    def cost() -> int:
        with django_assert_max_num_queries(25) as asked:
            browser.get(LIST)
        return len(asked.captured_queries)

    applied(browser, row(1))
    few = cost()
    for number in range(2, 6):
        applied(browser, row(number))
    assert cost() == few


def test_a_process_that_imports_is_seen_and_one_that_is_done_is_not():
    """By the lock that it holds."""
    assert not batches.is_someone_importing()
    with batches.alone():
        assert batches.is_someone_importing()
    assert not batches.is_someone_importing()
    with contextlib.suppress(ZeroDivisionError), batches.alone():
        raise ZeroDivisionError
    assert not batches.is_someone_importing()
