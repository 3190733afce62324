"""The sets themselves: for each value the editions that have it, for each language of the site those that lists show.

They hold what is listed at one moment. What comes or ends later waits beside them, and is applied when its moment has
come: no job runs. The unit of every change is a story, since a version that appears may hide the original.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.conf import settings
from pyroaring import BitMap

from news.index.order import Order
from news.index.versions import NEVER, Version
from taxonomy.catalogue import Catalogue, TreeEntry

PARAMETERS = ("kind", "institution", "country", "topic", "language", "year")
TREES = ("institution", "topic")


class Holdings:
    """Which edition stands in which list at one moment."""

    def __init__(self) -> None:
        """Begin empty."""
        self.live = BitMap()
        self.shown = {code: BitMap() for code, _name in settings.LANGUAGES}  # one version of each story
        self.values: dict[str, dict[Any, BitMap]] = {name: {} for name in PARAMETERS}
        self.rolled: dict[str, dict[Any, BitMap]] = {name: {} for name in TREES}  # what has parts, with all of them
        self.above: dict[str, dict[int, list[int]]] = {name: {} for name in TREES}
        self.shape: Catalogue | None = None
        self.order = Order()
        self.waiting: dict[int, list[Version]] = {}  # stories in which something comes or ends
        self.due: list[tuple[int, int]] = []  # moments and stories, the next one first
        self.last_applied = 0

    def having(self, parameter: str, value: Any) -> BitMap:
        """Return the editions that have the value, or one below it in its tree."""
        found = self.rolled.get(parameter, {}).get(value)
        return self.values[parameter].get(value, BitMap()) if found is None else found

    def sets(self, parameter: str) -> dict[Any, BitMap]:
        """Return all sets of a parameter by value, what has parts with all of them."""
        return self.values[parameter] | self.rolled.get(parameter, {})

    def take_shape(self, known: Catalogue) -> None:
        """Follow the trees: a moved node is a union of sets, no row is touched."""
        if known is self.shape:
            return
        trees: dict[str, Mapping[int, TreeEntry]] = {"institution": known.institutions, "topic": known.topics}
        for name, tree in trees.items():
            families = {number: entry.family for number, entry in tree.items() if entry.children}
            values = self.values[name]
            self.above[name] = parents_of(families)
            self.rolled[name] = {
                parent: BitMap.union(BitMap(), *(values[member] for member in family if member in values))
                for parent, family in families.items()
            }
        self.shape = known

    def restate(self, story: int, versions: list[Version], now: int) -> None:
        """Say anew which versions of the story are listed, of all that are known of it."""
        for version in versions:
            self._drop(version)
        listed = [version for version in versions if version.is_listed(now)]
        for version in listed:
            self._add(version)
        for code, chosen in self._chosen(listed):
            self.shown[code].add(chosen.number)
        self.wait(story, versions, now)

    def wait(self, story: int, versions: list[Version], now: int) -> None:
        """Remember the story if something of it comes or ends later."""
        later = next_moment(versions, now)
        if later is None:
            self.waiting.pop(story, None)
            return
        self.waiting[story] = [version for version in versions if version.ends > now]
        heapq.heappush(self.due, (later, story))

    def forget_waiting(self, gone: Collection[int]) -> None:
        """Forget editions that never came: their drafts were thrown away."""
        if gone:
            for story, versions in self.waiting.items():
                self.waiting[story] = [version for version in versions if version.number not in gone]

    def advance(self, now: int) -> None:
        """Apply what has come or ended since."""
        while self.due and self.due[0][0] <= now:
            moment, story = heapq.heappop(self.due)
            self.last_applied = max(self.last_applied, moment)
            if story in self.waiting:
                self.restate(story, self.waiting[story], now)

    def pack(self) -> None:
        """Let the sets take no more room than they need."""
        for _name, _value, numbers in self.named():
            numbers.run_optimize()
            numbers.shrink_to_fit()

    def named(self) -> Iterator[tuple[str, Any, BitMap]]:
        """Yield all sets but those that follow from others, each with what it is the set of."""
        yield "live", None, self.live
        for code, numbers in self.shown.items():
            yield "shown", code, numbers
        for name, sets in self.values.items():
            for value, numbers in sets.items():
                yield name, value, numbers

    def put(self, name: str, value: Any, numbers: BitMap) -> None:
        """Put a set where `named()` found it."""
        if name == "live":
            self.live = numbers
        elif name == "shown":
            self.shown[value] = numbers
        else:
            self.values[name][value] = numbers

    def _chosen(self, listed: list[Version]) -> Iterator[tuple[str, Version]]:
        """Yield each language of the site with the version of a story that its lists show."""
        for code in self.shown:
            if (chosen := shown_in(code, listed)) is not None:
                yield code, chosen

    def _add(self, version: Version) -> None:
        number = version.number
        self.live.add(number)
        self.order.add(version.issued, number)
        for name, value in version.tags():
            self.values[name].setdefault(value, BitMap()).add(number)
            for parent in self.above.get(name, {}).get(value, ()):
                self.rolled[name][parent].add(number)

    def _drop(self, version: Version) -> None:
        number = version.number
        if number not in self.live:
            return
        self.live.discard(number)
        self.order.discard(version.issued, number)
        for shown in self.shown.values():
            shown.discard(number)
        for name, value in version.tags():
            self.values[name].get(value, BitMap()).discard(number)
            for parent in self.above.get(name, {}).get(value, ()):
                self.rolled[name][parent].discard(number)


def parents_of(families: Mapping[int, Collection[int]]) -> dict[int, list[int]]:
    """Return for each member of families the heads of those that it is in, its own included."""
    parents = defaultdict(list)
    for head, family in families.items():
        for member in family:
            parents[member].append(head)
    return dict(parents)


def shown_in(language: str, listed: list[Version]) -> Version | None:
    """Return the version of a story that lists in the language show: the one in it, else the original."""
    original = None
    for version in listed:
        if version.values["language"][0] == language:
            return version
        if version.is_original:
            original = version
    return original


def next_moment(versions: list[Version], now: int) -> int | None:
    """Return when something of the story comes or ends next, if anything does."""
    from_now = [version for version in versions if version.ends > now]
    later = [version.appears for version in from_now if version.appears > now]
    later += [version.ends for version in from_now if version.ends < NEVER]
    return min(later, default=None)
