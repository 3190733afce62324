"""A process that publishes and answers together with others: `python -m tests.news.index.writers SEED COUNT WAY`.

WAY is `guarded`, or `unguarded`: without the publishing lock and with a pause before each commit, as a control. The
process begins with the first line of its standard input, says `done` when it has written, goes on answering until the
next line, and then tells what it committed and what it answered, and when.
"""

import json
import random
import select
import sys
import time
from collections.abc import Callable
from typing import Any

import tests.django_set_up  # noqa: F401 - first of all

# isort: split

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Max

from news import changes, workflow
from news.changes import follower
from news.facets import keeper
from news.models import Change, Edition, Removal
from taxonomy.models import Country, Institution, Topic
from taxonomy.tree import TreeError
from tests import builders
from tests.news.index.truth import counted_by_index, counted_by_sql

KINDS = ("news", "speech", "statement")
REFUSED = (workflow.WorkflowError, ValidationError, TreeError, IntegrityError)
TRANSLATED = 0.4  # of what is published
PAUSE = 0.5  # seconds between two acts, at most
LONGEST_COMMIT = 0.5  # seconds, without the lock


def main(seed: int, count: int, way: str) -> None:
    """Write and answer."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    if way == "unguarded":
        changes.take_advisory_lock = lambda *_which: None
    answers, commits = [answer()], []
    say("ready")
    sys.stdin.readline()
    for _act in range(count):
        if committed := write(chance, way):
            commits.append(committed)
        until = time.monotonic() + chance.random() * PAUSE
        while time.monotonic() < until:
            answers.append(answer())
    say("done")
    while not select.select([sys.stdin], [], [], 0.02)[0]:
        answers.append(answer())
    told = {"commits": commits, "answers": answers, "last": counted_by_index(), "truth": counted_by_sql()}
    say(json.dumps(told))


def say(word: str) -> None:
    """Tell the test."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def answer() -> dict[str, Any]:
    """Answer as a page does; tell when it was asked, how far in the log the answer is, and whether there was more."""
    asked_at = time.monotonic()
    follower.catch_up()
    counted = counted_by_index()
    position = keeper.kept.position if keeper.kept else 0
    newest = Change.objects.aggregate(newest=Max("pk"))["newest"]
    time.sleep(0.02)
    return {"at": asked_at, "position": position, "is_newest": newest == position, "counted": counted}


def write(chance: random.Random, way: str) -> dict[str, Any] | None:
    """Do one act; tell its place in the log, what is true with it, and when it was committed."""
    act = chance.choice(ACTS)
    try:
        with transaction.atomic():
            act(chance)
            position = Change.objects.aggregate(newest=Max("pk"))["newest"]
            truth = counted_by_sql()  # under the lock: nobody else publishes
            if way == "unguarded":
                time.sleep(chance.random() * LONGEST_COMMIT)
    except REFUSED:
        return None
    return {"act": act.__name__, "position": position, "truth": truth, "at": time.monotonic()}


def publish(chance: random.Random) -> None:
    """Publish an item, or a translation of one."""
    originals = Edition.objects.listed().filter(language="en", item=F("story"), item__translations=None)
    original = originals.order_by("?").first() if chance.random() < TRANSLATED else None
    language = {"language": "fr", "translation_of": original.item} if original else {}
    builders.published(**language, **tags(chance))


def retag(chance: random.Random) -> None:
    """Publish a new edition with other tags."""
    builders.next_edition(some_listed(), **tags(chance))


def remove(chance: random.Random) -> None:
    """Take an item away, in any way."""
    kind = chance.choice(Removal.Kind.values)
    leads_to = str(some_listed().item_id) if kind == Removal.Kind.CONSOLIDATED else ""
    wish = workflow.RemovalWish(kind=kind, reason="A test.", explanation="A test.", leads_to=leads_to)
    workflow.remove(some_listed().item, wish, by=None)


def restore(_chance: random.Random) -> None:
    """Bring an item back."""
    removal = Removal.objects.order_by("?").first()
    if removal:
        workflow.restore(removal.item, by=None)


def move(chance: random.Random) -> None:
    """Put a node of a tree under another one."""
    tree = chance.choice([Institution, Topic])
    node, target = list(tree.objects.order_by("?")[:2])
    node.move(target, "first-child")


ACTS: list[Callable[[random.Random], None]] = [publish, publish, publish, retag, retag, remove, restore, move]


def some_listed() -> Edition:
    """Return any edition that is listed."""
    return Edition.objects.listed().order_by("?")[0]


def tags(chance: random.Random) -> dict[str, Any]:
    """Return tags by chance."""

    def some(model: Any, least: int) -> list[int]:
        numbers = list(model.objects.values_list("pk", flat=True))
        return chance.sample(numbers, chance.randint(least, 2))

    return {
        "kind": chance.choice(KINDS),
        "issued_by": some(Institution, 1),
        "topics": some(Topic, 0),
        "countries": some(Country, 0),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
