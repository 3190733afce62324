"""The queue of background tasks, as whoever runs the site sees it."""

import datetime
import re

import pytest
from django.contrib.auth.models import User
from django.tasks import TaskResultStatus as Status
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from library.tasks import make_card, make_renditions_of

pytestmark = pytest.mark.django_db
LIST = "/admin/django_tasks_database/dbtaskresult/"


@pytest.fixture(autouse=True)
def _queue(settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def operator(client: Client) -> Client:
    """Return a superuser's browser."""
    client.force_login(User.objects.create_superuser("olga"))
    return client


@pytest.fixture
def failed() -> DBTaskResult:
    """Return a task that failed, and let one wait."""
    make_card.enqueue(3, "Talks open", "News", None, "en")
    result = make_renditions_of.enqueue(12)
    row = DBTaskResult.objects.get(pk=result.id)
    row.claim("a worker")
    row.set_failed(ValueError("The disk is full"))
    return row


def rows(client: Client, **asked: str) -> list[list[str]]:
    """Return the texts of the list's cells."""
    found = re.findall(r"<tr>.*?</tr>", client.get(LIST, asked).content.decode(), re.DOTALL)
    cells = [re.findall(r'<t[hd] class="field-(work|state|reason)[^"]*">(.*?)</t[hd]>', row) for row in found]
    return [[re.sub("<.*?>", "", text) for _name, text in row] for row in cells if row]


def test_the_index_names_the_queue_and_the_list_says_what_waits_and_why_something_failed(operator, failed):
    """In the words of those who run the site, not of the package."""
    index = operator.get("/admin/").content.decode()
    assert "Running the site" in index
    assert "Background tasks" in index
    assert "Tasks Database Backend" not in index
    assert rows(operator) == [
        ["Renditions of image 12", "failed", "ValueError: The disk is full"],
        ["Card for social networks: Talks open", "waits", "-"],
    ]
    assert rows(operator, status=Status.READY) == [["Card for social networks: Talks open", "waits", "-"]]
    page = operator.get(f"{LIST}{failed.pk}/change/").content.decode()
    assert "Background task" in page
    assert "The disk is full" in page
    assert 'name="_save"' not in page


def test_what_failed_is_tried_again_and_nothing_else(operator, failed):
    """It waits as if it had never run."""
    everything = [str(pk) for pk in DBTaskResult.objects.values_list("pk", flat=True)]
    answer = operator.post(LIST, {"action": "try_again", "_selected_action": everything}, follow=True)
    assert "Tasks that wait to be tried again: 1" in answer.content.decode()
    failed.refresh_from_db()
    assert (failed.status, failed.traceback, failed.started_at) == (Status.READY, "", None)
    assert DBTaskResult.objects.ready().count() == 2


@pytest.mark.usefixtures("failed")
def test_it_is_said_when_no_worker_works(operator):
    """After ten minutes, of what may begin."""
    assert "Does the worker run" not in operator.get(LIST).content.decode()
    DBTaskResult.objects.update(enqueued_at=timezone.now() - datetime.timedelta(minutes=11))
    assert "more than ten minutes: 1. Does the worker run" in operator.get(LIST).content.decode()
