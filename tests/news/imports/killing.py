"""Imports that are killed at random moments, and what has to be true of the database whenever that is."""

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.news.imports.files import lines, story
from tests.processes import ROOT, environment, run

# Run by `manage.py shell`: prints what is partial, and what the site holds, without numbers that a file does not give.
LOOK = """
import hashlib, json
from news.models import *
from record.models import Act
from news.search.documents import listed_or_later
from django.utils import timezone
partial = []
tags = {"issued_by": (EditionInstitution, "institution_id", "position"),
        "countries": (EditionCountry, "country_id", "pk"), "topics": (EditionTopic, "topic_id", "pk"),
        "related": (EditionRelatedItem, "item_id", "position")}
items = {item.pk: item for item in NewsItem.objects.all()}
editions = list(Edition.objects.order_by("item", "number"))
changes = set(Change.objects.values_list("subject", flat=True))
imports = set(LastImport.objects.values_list("pk", flat=True))
entries = set(ImportEntry.objects.filter(act="create").values_list("item_number", flat=True))
acts = set(Act.objects.filter(verb="create", model="news.newsitem").values_list("number", flat=True))
found = set(SearchDocument.objects.values_list("pk", flat=True))
wanted = set(Edition.objects.filter(listed_or_later(timezone.now())).values_list("pk", flat=True))
for pk in items:
    lacks = {"edition": all(edition.item_id != pk for edition in editions), "change": f"news item {pk}" not in changes,
             "last import": pk not in imports, "entry": pk not in entries, "act": str(pk) not in acts}
    partial += [f"{pk} has no {name}" for name, is_missing in lacks.items() if is_missing]
if found != wanted:
    partial.append(f"search has {sorted(found ^ wanted)} too many or too few")
rows = {name: {} for name in tags}
for name, (model, column, order) in tags.items():
    for edition, number in model.objects.order_by("edition", order).values_list("edition", column):
        rows[name].setdefault(edition, []).append(number)
told = []
for edition in editions:
    for name in tags:
        if rows[name].get(edition.pk, []) != edition.tags[name]:
            partial.append(f"edition {edition.pk} has other {name}")
    item = items[edition.item_id]
    original = items.get(item.translation_of_id)
    related = [items[number].source_id for number in edition.tags["related"]]
    told.append([item.source_id, item.language, item.slug, original and original.source_id, edition.number,
                 edition.title, edition.state, edition.body, str(edition.visible_from), str(edition.visible_until),
                 related, edition.renders and [edition.renders.item.source_id, edition.renders.number]])
told += [[item.source_id, one.path] for one in FormerAddress.objects.select_related("item") for item in [one.item]]
batch = ImportBatch.objects.order_by("pk").first() or ImportBatch()
print(json.dumps({"partial": partial, "state": batch.state, "counts": batch.counts, "rows": batch.rows_done,
                  "dump": hashlib.sha256(json.dumps(sorted(told, key=str)).encode()).hexdigest()}))
"""


def archive(count: int) -> str:
    """Return rows that refer forward, backward and in a circle, translations, histories, and some that are refused."""
    chance = random.Random(5)  # noqa: S311 - the same rows each time
    rows = [_row(number, count, chance) for number in range(count)]
    return lines(rows)


def _row(number: int, count: int, chance: random.Random) -> dict[str, Any]:
    more: dict[str, Any] = {"former_addresses": [f"/old/{number}"]}
    if number % 7 == 0:
        more["related"] = [str(chance.randrange(count)), str(chance.randrange(count))]
    if number % 10 == 1:
        more |= {"language": "de", "translation_of": str(number + chance.choice([-1, 1]))}
    if number % 15 == 3:
        first = {"number": 1, "state": "approved", "visible_from": "2020-06-01T00:00:00Z", "title": "As it was"}
        more["editions"] = [first, {"number": 2, "state": "approved", "visible_from": "2021-06-01T00:00:00Z"}]
    if number % 50 == 9:
        more["issued_by"] = ["nobody"]
    return story(number, **more)


def prepare(database: str) -> None:
    """Make the tables, and what the rows name."""
    assert run(database, "migrate", "--verbosity", "0").returncode == 0
    fields = "name='S', slug='secretariat', kind='department'"
    make = f"from taxonomy.models import Institution; Institution.objects.create({fields})"
    made = run(database, "shell", "-v", "0", "-c", make)
    assert made.returncode == 0, made.stderr


def start(database: str, file: Path) -> subprocess.Popen[bytes]:
    """Start the import."""
    command = [sys.executable, "manage.py", "import_news", str(file), "--publish", "--verbosity", "0"]
    return subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=ROOT, env=environment(database), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def killed(database: str, file: Path, *, after: float) -> bool:
    """Start the import and kill it after some seconds; say whether it was still running."""
    with start(database, file) as process:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
    return process.returncode == -signal.SIGKILL


def look(database: str) -> dict[str, Any]:
    """Return what is partial, and a checksum of what the site holds."""
    seen = run(database, "shell", "-v", "0", "-c", LOOK)
    assert seen.returncode == 0, seen.stderr
    found: dict[str, Any] = json.loads(seen.stdout.splitlines()[-1])
    return found


def has_begun(database: str) -> bool:
    """Say whether an import has written rows; `look` reads table after table, and wants one that stands still."""
    count = "from news.models import ImportBatch; print(sum(ImportBatch.objects.values_list('rows_done', flat=True)))"
    seen = run(database, "shell", "-v", "0", "-c", count)
    assert seen.returncode == 0, seen.stderr
    return int(seen.stdout.splitlines()[-1]) > 0


def moments(rounds: int, seconds: float, *, seed: int = 3) -> Iterator[float]:
    """Yield moments between the first row and the last, spread over the run."""
    chance = random.Random(seed)  # noqa: S311 - the same moments each time
    for _round in range(rounds):
        yield chance.uniform(0.25, 0.7) * seconds


def timed(database: str, file: Path) -> float:
    """Import without being interrupted; return the seconds."""
    begun = time.monotonic()
    with start(database, file) as process:
        assert process.wait() in {0, 3}
    return time.monotonic() - begun
