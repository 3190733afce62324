"""Removals at random: wherever a reader begins, at most one redirect leads to a page or to the word that it is gone."""

from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from news import workflow
from news.models import Removal
from news.workflow import RemovalWish, WorkflowError
from tests import builders

pytestmark = pytest.mark.django_db

ITEMS = 4
SECRET = "xylophonewort"
PARTS = ("", "editions/1/", "editions/compare/?from=1&to=1", "?at=2021-01-01", "?utm_source=x")
STARTS = ("{own}", "/fr/news/{number}/x/")
places = st.integers(0, ITEMS - 1)
kinds = st.sampled_from(Removal.Kind.values)


class Removals(RuleBasedStateMachine):
    """Items that point at each other, removed and restored in any order; what the rules refuse is left as it was."""

    def __init__(self) -> None:
        """Publish them, in a transaction that is rolled back."""
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.client = Client()
        issued_by = [builders.institution().pk]
        self.editions = [builders.published(f"{SECRET} {n}", issued_by=issued_by) for n in range(ITEMS)]
        country = builders.country("Austria")
        self.goals = [*(str(edition.item_id) for edition in self.editions), "/news/", country.get_absolute_url()]

    @rule(place=places, kind=kinds, goal=st.one_of(st.none(), st.integers(0, ITEMS + 1)))
    def remove(self, place: int, kind: str, goal: int | None) -> None:
        """Remove an item, perhaps with a goal that is removed itself, or is this one."""
        leads_to = "" if goal is None else self.goals[goal]
        wish = RemovalWish(kind=kind, reason="x", explanation="Why.", leads_to=leads_to)
        self._try(lambda: workflow.remove(self.editions[place].item, wish, by=None))

    @rule(place=places)
    def restore(self, place: int) -> None:
        """Undo a removal, in any order."""
        self._try(lambda: workflow.restore(self.editions[place].item, by=None))

    @rule(place=places, start=st.sampled_from(STARTS), part=st.sampled_from(PARTS))
    def read(self, place: int, start: str, part: str) -> None:
        """Open any address of an item, between the acts."""
        self._arrives(place, start, part)

    def teardown(self) -> None:
        """Open every address, and leave nothing."""
        try:
            for place, start, part in product(range(ITEMS), STARTS, PARTS):
                self._arrives(place, start, part)
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def _try(self, act) -> None:
        try:
            act()
        except (WorkflowError, ValidationError):
            return

    def _arrives(self, place: int, start: str, part: str) -> None:
        edition = self.editions[place]
        address = start.format(own=edition.get_absolute_url(), number=edition.item_id) + part
        answer = self.client.get(address)
        if answer.status_code == 301:
            answer = self.client.get(answer.url)
        assert answer.status_code in {200, 410}, (address, answer.status_code, getattr(answer, "url", ""))
        if answer.status_code == 410:
            assert SECRET not in answer.content.decode()


def test_redirects_never_chain_nor_loop_whatever_is_removed_and_restored():
    """At most one, and then a page or 410."""
    run_state_machine_as_test(Removals, settings=settings(max_examples=12, stateful_step_count=20, deadline=None))
