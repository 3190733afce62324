"""Whatever is published, removed, retagged, moved, translated, whatever the clock says: a kept page is a fresh one."""

import datetime
from contextlib import suppress
from itertools import count

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from news import workflow
from news.facets import keeper
from news.models import Edition, NewsItem, Removal
from news.workflow import RemovalWish, WorkflowError
from osce_site.page_cache.memory import Memory
from osce_site.page_cache.wrapper import PageCache
from taxonomy import catalogue
from tests import builders
from tests.osce_site.page_cache.asking import Site

pytestmark = pytest.mark.django_db

START = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
KINDS = ("news", "speech")
LISTS = (
    "/", "/fr/", "/news/", "/fr/news/", "/news/?kind=speech", "/news/?country=land-0",
    "/news/?country=land-0&topic=work-1", "/news/?language=fr", "/news/?from=2020-01-01&to=2020-12-31", "/news/?page=2",
    "/news/feed.rss", "/fr/news/feed.json", "/countries/land-0/", "/countries/land-1/", "/fr/countries/land-1/",
    "/institutions/house-0/", "/institutions/house-2/", "/institutions/house-1/?country=land-1",
    "/fields-of-work/work-0/", "/fields-of-work/work-1/feed.atom", "/countries/land-1/?kind=news&topic=work-0",
    "/countries/", "/institutions/", "/fields-of-work/", "/about/",
)  # fmt: skip
PARTS = ("", "editions/1/", "editions/compare/?from=1&to=2")
few = st.lists(st.integers(0, 1), max_size=2, unique=True)
places = st.integers(0, 7)


class Publishing(RuleBasedStateMachine):
    """Editors at work, and readers between their acts."""

    def __init__(self) -> None:
        """Open a small site, in a transaction that is rolled back."""
        super().__init__()
        self.time = time_machine.travel(START, tick=False)
        self.clock = self.time.start()
        self.block = transaction.atomic()
        self.block.__enter__()
        catalogue.forget()
        keeper.forget()
        self.lands = [builders.country(f"Land {number}") for number in range(2)]
        self.works = [builders.topic(f"Work {number}") for number in range(2)]
        self.houses = [builders.institution(f"House {number}") for number in range(3)]
        self.page = builders.navigation_item("About")
        self.items: list[int] = []
        self.names = count(1)
        self.sites = [
            Site(PageCache(WSGIHandler(), memory=Memory(9_000_000), store=None, release="x")) for _ in range(2)
        ]
        self.watched: list[str] = []
        self.publish(kind="news", lands=[0], works=[1], house=0, hours=0)

    @rule(kind=st.sampled_from(KINDS), lands=few, works=few, house=st.integers(0, 2), hours=st.integers(0, 3))
    def publish(self, kind: str, lands: list[int], works: list[int], house: int, hours: int) -> None:
        """Publish a text, now or from some hours on."""
        edition = builders.draft(f"Story {next(self.names)}", **self._told(kind, lands, works, house))
        self.items.append(edition.item_id)
        self._approve(edition, hours)

    @rule(place=places, hours=st.integers(0, 3))
    def translate(self, place: int, hours: int) -> None:
        """Publish a text in French."""
        original = self._item(place)
        if original.translation_of_id or original.translations.exists():
            return
        told = {"language": "fr", "translation_of": original, "issued_by": [self.houses[0].pk]}
        edition = builders.draft(f"Histoire {next(self.names)}", **told)
        self.items.append(edition.item_id)
        self._approve(edition, hours)

    @rule(place=places, lands=few, works=few, house=st.integers(0, 2), hours=st.integers(0, 3))
    def retag(self, place: int, lands: list[int], works: list[int], house: int, hours: int) -> None:
        """Publish the next edition, with other tags and a related item."""
        told = self._told("news", lands, works, house) | {"related": [self.items[place % len(self.items) - 1]]}
        told["related"] = [number for number in told["related"] if number != self._item(place).pk]
        content = builders.content(f"Story {next(self.names)}", **told)
        self._try(lambda: self._next(place, content, hours))

    @rule(place=places, kind=st.sampled_from(Removal.Kind.values))
    def remove(self, place: int, kind: str) -> None:
        """Remove a text."""
        leads_to = "/news/" if kind == Removal.Kind.CONSOLIDATED else ""
        wish = RemovalWish(kind=kind, reason="x", explanation="Why.", leads_to=leads_to)
        self._try(lambda: workflow.remove(self._item(place), wish, by=None))

    @rule(place=places)
    def restore(self, place: int) -> None:
        """Undo a removal."""
        self._try(lambda: workflow.restore(self._item(place), by=None))

    @rule(place=places)
    def unschedule(self, place: int) -> None:
        """Take back what is to come."""
        newest = self._item(place).editions.order_by("-number").first()
        if newest.state == Edition.State.APPROVED:
            self._try(lambda: workflow.unschedule(newest, by=None))

    @rule(child=st.integers(0, 2), parent=st.integers(0, 2))
    def move_a_house(self, child: int, parent: int) -> None:
        """Move a part of the structure below another one."""
        house, above = (type(self.houses[0]).objects.get(pk=self.houses[n].pk) for n in (child, parent))
        if above in house.get_descendants(include_self=True):
            return
        house.parent = above
        self._around(house.save)

    @rule()
    def rename(self) -> None:
        """Rename an entry of the menu."""
        self.page.label = f"About {next(self.names)}"
        self._around(self.page.save)

    @rule(addresses=st.lists(st.sampled_from(LISTS), min_size=2, max_size=4, unique=True))
    def watch(self, addresses: list[str]) -> None:
        """Read these before and after everything that follows, and the newest item."""
        self.watched = addresses

    @rule(minutes=st.sampled_from([1, 59, 60, 61, 24 * 60]))
    def let_time_pass(self, minutes: int) -> None:
        """Let what is scheduled come."""
        self._around(lambda: self.clock.shift(datetime.timedelta(minutes=minutes)))

    @rule()
    def set_the_clock_back(self) -> None:
        """Put a clock right that was ahead."""
        self._around(lambda: self.clock.shift(-HOUR / 2))

    @rule(which=st.integers(0, 1), address=st.sampled_from(LISTS))
    def read_a_list(self, which: int, address: str) -> None:
        """Read a list in one of the processes."""
        self._is_fresh(which, address)

    @rule(which=st.integers(0, 1), place=places, part=st.sampled_from(PARTS))
    def read_an_item(self, which: int, place: int, part: str) -> None:
        """Read the page of an item, of one of its editions, or what differs."""
        self._is_fresh(which, self._item(place).get_absolute_url() + part)

    def teardown(self) -> None:
        """Read everything in both processes, and leave nothing."""
        try:
            for which in (0, 1):
                for address in LISTS:
                    self._is_fresh(which, address)
                for place in range(len(self.items)):
                    self._is_fresh(which, self._item(place).get_absolute_url())
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)
            self.time.stop()

    def _is_fresh(self, which: int, address: str) -> None:
        kept, made = self.sites[which].get(address), Client().get(address)
        assert kept.status == made.status_code, (address, kept.how)
        if made.status_code == 200:
            assert kept.text == made.content.decode(), (address, kept.how)

    def _item(self, place: int):
        return NewsItem.objects.get(pk=self.items[place % len(self.items)])

    def _told(self, kind: str, lands: list[int], works: list[int], house: int) -> dict:
        return {
            "kind": kind,
            "countries": [self.lands[number].pk for number in lands],
            "topics": [self.works[number].pk for number in works],
            "issued_by": [self.houses[house].pk],
        }

    def _approve(self, edition: Edition, hours: int) -> None:
        moment = datetime.datetime.now(datetime.UTC) + hours * HOUR if hours else None
        self._try(lambda: workflow.approve(edition, visible_from=moment, from_archive=True, by=None))

    def _next(self, place: int, content: workflow.Content, hours: int) -> None:
        opened = workflow.save_draft(workflow.open_edition(self._item(place), by=None), content, by=None)
        self._approve(opened, hours)

    def _try(self, act) -> None:
        """Act, a second after the last act; what the rules or the database refuse, at a clock set back, is left."""
        self.clock.shift(datetime.timedelta(seconds=1))
        with suppress(WorkflowError, IntegrityError):
            self._around(lambda: self._whole(act))

    def _whole(self, act) -> None:
        with transaction.atomic():
            act()

    def _around(self, act) -> None:
        """Read what is watched, in turn in both processes, before and after."""
        self._read_watched()
        act()
        self._read_watched()

    def _read_watched(self) -> None:
        newest = self._item(-1).get_absolute_url()
        for place, address in enumerate([*self.watched, newest] if self.watched else []):
            self._is_fresh(place % 2, address)


def test_a_kept_page_is_always_what_would_be_made_now():
    """Two processes, neither of which did what it reads of."""
    run_state_machine_as_test(Publishing, settings=settings(max_examples=5, stateful_step_count=20, deadline=None))
