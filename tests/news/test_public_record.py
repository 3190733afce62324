"""What stood there at any moment, for any history: what a simple model of it says, and nothing else."""

import datetime
import re
from dataclasses import dataclass, field

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news import workflow
from news.clock import clock
from news.workflow import RemovalWish
from tests import builders

pytestmark = pytest.mark.django_db

START = datetime.datetime(2021, 1, 1, 12, 0, tzinfo=datetime.UTC)
ACTS = st.sampled_from(["edit", "edit", "minor", "withdraw", "consolidate", "restore", "error"])
HISTORIES = st.lists(st.tuples(st.integers(1, 500), ACTS), max_size=9)  # hours since the act before, and the act


@dataclass
class Model:
    """A history: the texts of the editions, and from each moment on which of them could be read, in lists or not."""

    texts: list[int] = field(default_factory=list)
    spans: list[tuple[datetime.datetime, int, bool]] = field(default_factory=list)
    removed: str = ""

    def at(self, moment: datetime.datetime) -> tuple[int, bool]:
        """Return which text could be read at the moment, 0 for none, and whether lists showed it."""
        if self.removed == "error":
            return 0, False
        return next(((text, listed) for begin, text, listed in reversed(self.spans) if begin <= moment), (0, False))

    def publish(self, text: int, moment: datetime.datetime) -> None:
        """Show the next edition."""
        self.texts.append(text)
        self.spans.append((moment, text, True))

    def act(self, act: str, moment: datetime.datetime) -> bool:
        """Follow an act, and say whether the rules allow it."""
        if (act == "restore") != bool(self.removed):
            return False
        if act == "restore":
            was_error, self.removed = self.removed == "error", ""
            if not was_error:
                self.publish(self.texts[-1], moment)  # a minor edition with the text of the last one
        elif act in {"edit", "minor"}:
            self.publish(len(self.texts) + 1, moment)
        else:
            self.removed = act
            if act != "error":
                self.spans.append((moment, self.texts[-1] if act == "withdraw" else 0, False))
        return True


def perform(item, act, goal):
    """Do the act through the verbs."""
    kinds = {"withdraw": "withdrawn", "consolidate": "consolidated", "error": "error"}
    if act == "restore":
        workflow.restore(item, by=None)
    elif act in kinds:
        goes = {"leads_to": str(goal.item_id)} if act == "consolidate" else {}
        workflow.remove(item, RemovalWish(kind=kinds[act], reason="x", explanation="x", **goes), by=None)
    else:
        edition = workflow.open_edition(item, by=None)
        content = builders.content(
            f"Text number {edition.number}", is_minor=act == "minor", issued_by=goal.tags["issued_by"]
        )
        workflow.approve(workflow.save_draft(edition, content, by=None), by=None)


def shown(client, address):
    """Return status and number of the text that the page shows."""
    response = client.get(address)
    found = re.search(r"<h1>Text number (\d+)</h1>", response.content.decode())
    return response.status_code, int(found[1]) if found else 0


def built(history):
    """Do the acts of a history; return an edition of the item, the model, and the moments of the acts."""
    goal = builders.published("Goal")
    model, moment = Model(), START
    model.publish(1, START)
    first = builders.published("Text number 1", issued_at=START, issued_by=goal.tags["issued_by"])
    moments = [START]
    for hours, act in history:
        moment += datetime.timedelta(hours=hours)
        if model.act(act, moment):
            with time_machine.travel(moment, tick=False):
                perform(first.item, act, goal)
            moments.append(moment)
    return first, model, moments


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORIES, hours=st.lists(st.integers(-50, 5_000), max_size=4))
def test_at_any_moment_the_page_shows_what_stood_there(history, hours):
    """To the second, at each act and at any moment between; in lists only while it was listed."""
    client = Client()
    with transaction.atomic():
        first, model, moments = built(history)
        item = first.get_absolute_url()
        second = datetime.timedelta(seconds=1)
        asked = [
            *moments,
            *(moment - second for moment in moments),
            *(START + datetime.timedelta(hours=h) for h in hours),
        ]
        for moment in asked:
            text, is_listed = model.at(moment)
            expected = (200 if text else 410 if model.removed == "error" else 404, text)
            assert shown(client, f"{item}?at={moment:%Y-%m-%dT%H:%M:%SZ}") == expected, (moment, history)
            listed = first.item.editions.listed(at=moment).values_list("title", flat=True)
            assert list(listed) == ([f"Text number {text}"] if is_listed else []), (moment, history)
        for number, text in enumerate(model.texts, start=1):
            expected = (410, 0) if model.removed == "error" else (200, text)
            assert shown(client, f"{item}editions/{number}/") == expected
        transaction.set_rollback(True)


def test_a_text_of_this_moment_is_shown_where_the_clock_of_the_database_is_ahead(client, monkeypatch):
    """All that decides what is public asks the same clock."""
    item = builders.published("Story", visible_from=timezone.now() + datetime.timedelta(minutes=1)).item
    monkeypatch.setattr(clock, "ahead", datetime.timedelta(minutes=2))
    monkeypatch.setattr(clock, "next_look", float("inf"))
    address = f"/news/{item.pk}/story/"
    for page in (address, f"{address}editions/1/", f"/api/v1{address.removesuffix('story/')}"):
        assert client.get(page).status_code == 200, page
