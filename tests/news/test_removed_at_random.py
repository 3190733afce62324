"""Removals at random: wherever a reader begins, at most one redirect leads to a page or to the word that it is gone."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from news import workflow
from news.models import Removal
from news.workflow import RemovalWish, WorkflowError
from tests import builders

pytestmark = pytest.mark.django_db

ITEMS = 4
SECRET = "xylophonewort"
PARTS = ("", "editions/1/", "editions/compare/?from=1&to=1", "?at=2021-01-01", "?utm_source=x")
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

    @invariant()
    def every_address_answers_after_one_redirect_at_most(self) -> None:
        """From each address of each item, whatever its slug and prefix."""
        for edition in self.editions:
            for start in (edition.get_absolute_url(), f"/fr/news/{edition.item_id}/x/"):
                for part in PARTS:
                    self._arrives(start + part)

    def teardown(self) -> None:
        """Leave nothing."""
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def _try(self, act) -> None:
        try:
            act()
        except (WorkflowError, ValidationError):
            return

    def _arrives(self, address: str) -> None:
        answer = self.client.get(address)
        if answer.status_code == 301:
            answer = self.client.get(answer.url)
        assert answer.status_code in {200, 410}, (address, answer.status_code, getattr(answer, "url", ""))
        if answer.status_code == 410:
            assert SECRET not in answer.content.decode()


def test_redirects_never_chain_nor_loop_whatever_is_removed_and_restored():
    """At most one, and then a page or 410."""
    run_state_machine_as_test(
        Removals, settings=settings(max_examples=12, stateful_step_count=10, deadline=None)
    )
