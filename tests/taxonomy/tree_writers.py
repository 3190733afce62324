"""A process that writes to a tree together with others: `python -m tests.taxonomy.tree_writers SEED COUNT WAY`.

It writes through the model and through the admin's forms in turn. WAY is `guarded`, or `unguarded`: the same without
the lock, as a control. The database is the one that DATABASE_URL names. It waits for a line on its standard
input, so that all begin together, and writes what it did on its standard output.
"""

import json
import random
import sys
from collections import Counter
from typing import Any

import tests.django_set_up  # noqa: F401 - first of all

# isort: split

from django.contrib.auth.models import User
from django.db import models
from django.test import Client
from django.urls import reverse

from taxonomy import writing
from taxonomy.models import Topic
from taxonomy.tree import TreeError

ACTS = ("insert", "insert", "move", "move", "move", "rename", "rename", "delete")
EDITOR = "editor-of-trees"
POSITIONS = ("first-child", "last-child", "left", "right")


def some_node(chance: random.Random) -> Topic | None:
    """Return any node as it stands now; by the time it is written it may stand elsewhere."""
    numbers = list(Topic.objects.values_list("pk", flat=True))
    return Topic.objects.filter(pk=chance.choice(numbers)).first() if numbers else None


def write_by_model(act: str, chance: random.Random, name: str) -> None:
    """Write as code does."""
    node, target = some_node(chance), some_node(chance)
    if act == "insert" or node is None:
        Topic(name=name, slug=name, parent=target).save()
    elif act == "move":
        node.move(target, chance.choice(POSITIONS))
    elif act == "rename":
        node.name = name
        node.save()
    else:
        node.delete()


def write_by_form(client: Client, act: str, chance: random.Random, name: str) -> None:
    """Write as an editor does; a refusal is an answer too, an error page is not."""
    node, target = some_node(chance), some_node(chance)
    parent = target.pk if target else ""
    if act == "insert" or node is None:
        answer = post(client, "add", [], {"name_en": name, "slug": name, "parent": parent})
    elif act == "move" and target:
        wish = f"drop:{node.pk},{node.parent_id or 0},{chance.choice(POSITIONS)},{target.pk},{target.parent_id or 0}"
        answer = client.post(
            reverse("admin:taxonomy_topic_move"), {"move": wish}, headers={"Accept": "application/json"}
        )
    elif act == "delete":
        answer = client.post(reverse("admin:taxonomy_topic_delete", args=[node.pk]), {"post": "yes"})
    else:
        values = {"name_en": name, "slug": node.slug, "parent": node.parent_id or ""}
        answer = post(client, "change", [node.pk], values)
    if answer.status_code >= 500 or answer.status_code in {403, 404}:
        raise RuntimeError(f"{act}: {answer.status_code}")


def post(client: Client, act: str, arguments: list[int], values: dict[str, Any]) -> Any:
    """Send a form."""
    formset = {"former_slugs-TOTAL_FORMS": 0, "former_slugs-INITIAL_FORMS": 0}
    return client.post(reverse(f"admin:taxonomy_topic_{act}", args=arguments), values | formset)


def take_no_lock(*_arguments: Any) -> None:
    """Stand in for the lock: the control."""


def main(seed: str, count: str, way: str) -> None:
    """Wait for the start, write, and say what was done."""
    if way == "unguarded":
        writing.take_advisory_lock = take_no_lock
    chance = random.Random(int(seed))  # noqa: S311 - a repeatable mixture, no secret
    client = Client()
    client.force_login(User.objects.get(username=EDITOR))
    print("ready", flush=True)  # noqa: T201 - read by the test
    sys.stdin.readline()
    done: Counter[str] = Counter()
    for number in range(int(count)):
        act, name = chance.choice(ACTS), f"n{seed}-{number}"
        try:
            if number % 2:
                write_by_form(client, act, chance, name)
            else:
                write_by_model(act, chance, name)
            done[act] += 1
        except (TreeError, models.ProtectedError):
            done[f"{act} refused"] += 1
        except Exception:  # a broken tree has many ways to fail; a guarded one has none
            if way == "guarded":
                raise
            done["error"] += 1
    print(json.dumps(done), flush=True)  # noqa: T201 - whoever started it reads this


if __name__ == "__main__":
    main(*sys.argv[1:])
