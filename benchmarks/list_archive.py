"""Builds a large archive with everything that lists ask for: trees, translations, corrections, embargoes, removals.

    DATABASE_URL=postgres://… python -m benchmarks.list_archive --items 20000 --words

Rows go in around the site's own verbs, triggers and indexes, which are put back afterwards as they were; the database
must be one for measuring only. `--words` writes what search finds texts by, too. A database that has items is left
as it is.
"""

import argparse
import datetime
import itertools
import json
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import benchmarks.django_set_up  # noqa: F401 - first of all

# isort: split

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from benchmarks.archive_rows import LANGUAGES, SEED, Row, rows
from news.changes import publishing, record_change
from news.models import Edition, NewsItem
from taxonomy.models import Country, Institution, Topic

AT_ONCE = 10_000
KINDS = list(Edition.Kind.values)
TRANSLATED, CORRECTED, CONSOLIDATED, RETRACTED, EMBARGOED = 0.12, 0.1, 0.005, 0.001, 0.0005  # shares
A_DAY = datetime.timedelta(days=1)
COLUMNS = {
    "news_newsitem": "id language slug created_at imported_at source source_id import_digest translation_of_id",
    "news_edition": "id item_id story_id number state language kind title summary dateline body issued_at tags "
    "is_minor change_note visible_from visible_until listed_until is_retracted saved_at remark",
    "news_editioncountry": "edition_id country_id",
    "news_editioninstitution": "edition_id institution_id position",
    "news_editiontopic": "edition_id topic_id",
}
# What PostgreSQL builds in one go once the rows are in.
CONSTRAINTS = (
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('u', 'x')"
)
INDEXES = (
    "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
    "WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary"
)


def main() -> None:
    """Build what is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--words", action="store_true", help="what search finds texts by, too")
    options = parser.parse_args()
    build(options.items)
    if options.words:
        call_command("index_search")


def build(items: int) -> None:
    """Fill an empty database with so many items."""
    call_command("migrate", verbosity=0)
    if NewsItem.objects.exists():
        return
    began = time.perf_counter()
    plant()
    with around(list(COLUMNS)):
        maker = Maker()
        left = rows(items)
        while chunk := list(itertools.islice(left, AT_ONCE)):
            with transaction.atomic():
                for table, made in maker.make(chunk).items():
                    put(table, made)
    settle()
    with publishing():
        record_change("everything")
    print(f"{items:,} items in {time.perf_counter() - began:.0f} s", file=sys.stderr)


def plant() -> None:
    """Load countries and institutions, and make the topics a tree: each fourth is above the three that follow it."""
    call_command("load_reference_data", verbosity=0)
    topics = list(Topic.objects.order_by("pk"))
    for place, topic in enumerate(topics):
        if place % 4:
            moved = Topic.objects.get(pk=topic.pk)
            moved.parent = Topic.objects.get(pk=topics[place - place % 4].pk)
            moved.save()


class Maker:
    """Makes the rows of all tables; some values are a thousand times as frequent as others."""

    def __init__(self) -> None:
        """Read what there is to tag with."""
        self.chance = random.Random(SEED)
        self.now = timezone.now()
        self.tags = {
            "issued_by": Weighed(Institution.objects.order_by("pk"), [1, 1, 1, 1, 1, 2]),
            "countries": Weighed(Country.objects.order_by("pk"), [0, 1, 1, 1, 2, 3]),
            "topics": Weighed(Topic.objects.order_by("pk"), [0, 1, 1, 2]),
        }
        self.edition = itertools.count(1)
        self.original: Row | None = None
        self.languages: set[str] = set()
        self.story: dict[str, Any] = {}

    def make(self, chunk: list[Row]) -> dict[str, list[tuple[Any, ...]]]:
        """Return the rows of some items, by table."""
        made: dict[str, list[tuple[Any, ...]]] = {table: [] for table in COLUMNS}
        for row in chunk:
            language = self._place_in_a_story(row)
            original = self.original or row
            above = original.number if original is not row else None
            source = (self.now, self.now, "made up", str(row.number), "")
            made["news_newsitem"].append((row.number, language, f"text-{row.number}", *source, above))
            for number, times in enumerate(self._times(original), 1):
                self._put_edition(made, row, (language, number), times)
        return made

    def _place_in_a_story(self, row: Row) -> str:
        """Begin a story, or go on with the one before; return the language."""
        left = [code for code in LANGUAGES if code not in self.languages]
        if self.original and left and self.chance.random() < TRANSLATED:
            language = self.chance.choice(left)
            self.languages.add(language)
            return language
        self.original, self.languages = row, {row.language}
        self.story = {name: weighed.some(self.chance) for name, weighed in self.tags.items()}
        self.story["kind"] = self.chance.choices(KINDS, [8 // place for place in range(1, len(KINDS) + 1)])[0]
        return row.language

    def _times(self, row: Row) -> list[tuple[Any, ...]]:
        """Return for each edition its issue, beginning, end, end in lists, and whether it is retracted."""
        issued, share = row.issued_at, self.chance.random()
        if share < EMBARGOED:
            later = self.now + self.chance.random() * 30 * A_DAY
            return [(later, later, None, None, False)]
        listed_until = issued + 300 * A_DAY if self.chance.random() < CONSOLIDATED else None
        retracted = self.chance.random() < RETRACTED
        if share < CORRECTED:
            corrected = issued + A_DAY
            return [(issued, issued, corrected, None, False), (issued, corrected, None, listed_until, retracted)]
        return [(issued, issued, None, listed_until, retracted)]

    def _put_edition(
        self, made: dict[str, list[tuple[Any, ...]]], row: Row, which: tuple[str, int], times: tuple[Any, ...]
    ) -> None:
        pk, story = next(self.edition), self.original.number if self.original else row.number
        (language, number), (issued, *moments) = which, times
        tags = {name: self.story[name] for name in self.tags} | {"related": []}
        texts = (self.story["kind"], row.title, row.summary, "", row.body)
        head, tail = (pk, row.number, story, number, "approved", language), (json.dumps(tags), False, "")
        made["news_edition"].append((*head, *texts, issued, *tail, *moments, self.now, ""))
        made["news_editioncountry"] += [(pk, country) for country in tags["countries"]]
        made["news_editiontopic"] += [(pk, topic) for topic in tags["topics"]]
        made["news_editioninstitution"] += [(pk, one, place) for place, one in enumerate(tags["issued_by"])]


class Weighed:
    """Records to tag with, the first one most often."""

    def __init__(self, records: Any, how_many: list[int]) -> None:
        """Take records, and how many of them a text may have."""
        self.numbers = list(records.values_list("pk", flat=True))
        self.weights = list(itertools.accumulate(1 / place for place in range(1, len(self.numbers) + 1)))
        self.how_many = how_many

    def some(self, chance: random.Random) -> list[int]:
        """Return some of the records, each once."""
        drawn = chance.choices(self.numbers, cum_weights=self.weights, k=chance.choice(self.how_many))
        return list(dict.fromkeys(drawn))


def put(table: str, made: list[tuple[Any, ...]]) -> None:
    """Write rows into a table, in the database's quickest way."""
    columns = COLUMNS[table].split()
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in made:
                    copy.write_row(row)
            return
        plain = [tuple(map(as_sqlite, row)) for row in made]
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", plain)  # noqa: S608 - our own names


def as_sqlite(value: Any) -> Any:
    """Return a value as Django writes it into SQLite."""
    return str(value.replace(tzinfo=None)) if isinstance(value, datetime.datetime) else value


@contextmanager
def around(tables: list[str]) -> Iterator[None]:
    """Take away what guards and indexes the tables, and put it back."""
    with connection.cursor() as cursor:
        gone = postgresql_takes_away(cursor, tables) if connection.vendor == "postgresql" else sqlite_takes_away(cursor)
    yield
    with connection.cursor() as cursor:
        for statement in gone:
            cursor.execute(statement)


def postgresql_takes_away(cursor: Any, tables: list[str]) -> list[str]:
    """Drop indexes and constraints that need one, let triggers rest; return the statements that undo it."""
    cursor.execute(CONSTRAINTS, [tables])
    constraints = cursor.fetchall()
    for table, name, _made_by in constraints:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    cursor.execute(INDEXES, [tables])
    indexes = cursor.fetchall()
    for name, _made_by in indexes:
        cursor.execute(f"DROP INDEX {name}")
    cursor.execute("SET session_replication_role = replica")
    return [
        "SET session_replication_role = origin",
        "SET maintenance_work_mem = '512MB'",
        *(made_by for _name, made_by in indexes),
        *(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {made_by}' for table, name, made_by in constraints),
        "RESET maintenance_work_mem",
    ]


def sqlite_takes_away(cursor: Any) -> list[str]:
    """Drop the triggers; return the statements that undo it."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'keep_edition%%'")
    triggers = cursor.fetchall()
    for name, _made_by in triggers:
        cursor.execute(f'DROP TRIGGER "{name}"')
    return [made_by for _name, made_by in triggers]


def settle() -> None:
    """Tell the database what it holds."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in ("news_newsitem", "news_edition"):
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608 - named above
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


if __name__ == "__main__":
    main()
