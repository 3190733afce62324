"""Measure what the clock and the record cost: five editions of each item against one, the past against the present.

Builds two archives of bare items in SQL, with one edition and with five each, and asks both for the same in turn:
on PostgreSQL where TEST_DATABASE_URL names a server, which keeps them for the next time, else on SQLite.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any
from urllib.parse import urlsplit

import django
import psycopg
from django.conf import settings

ARCHIVES = {"one": 1, "five": 5}  # the database's alias, and how many editions an item has
SEED = 1
COUNT, COUNT_EVERY = "count of the list", 20  # a process counts once between two changes; it takes a third of a second
MOST_FOR_EDITIONS = 1.3
MOST_FOR_THE_PAST = 1.1  # the questions are the same; a tenth is noise
PAST = "2021-06-15T12:00:00+00:00"
FILLER = "The delegations agreed to meet again before the end of the year. " * 40
# Items are issued evenly over ten years; each edition but the last is public for a day.
NUMBERS = {
    "postgresql": "SELECT n, k FROM generate_series(1, {items}) n, generate_series(1, {editions}) k",
    "sqlite": "WITH RECURSIVE item(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM item WHERE n < {items}), "
    "edition(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM edition WHERE k < {editions}) SELECT n, k FROM item, edition",
}
MOMENT = {  # so many days after an item was issued
    "postgresql": "timestamptz '2016-01-01 12:00+00' + n * interval '{seconds} seconds' + ({days}) * interval '1 day'",
    "sqlite": "datetime('2016-01-01 12:00:00', '+' || (n * {seconds}) || ' seconds', '+' || ({days}) || ' days')",
}
ITEMS = (
    "INSERT INTO news_newsitem (id, language, slug, source, source_id, import_digest, created_at) "
    "SELECT n, 'en', 'item-' || n, '', '', '', {issued} FROM ({numbers}) numbers WHERE k = 1"
)
EDITIONS = (
    "INSERT INTO news_edition (item_id, story_id, number, state, language, kind, title, summary, dateline, body, tags, "
    "remark, is_minor, change_note, is_retracted, saved_at, issued_at, visible_from, visible_until) "
    "SELECT n, n, k, 'approved', 'en', 'news', 'Item ' || n, 'In short.', '', '{filler}', '{{}}', "
    "'', {false}, '', {false}, {issued}, {issued}, {begin}, CASE WHEN k < {editions} THEN {end} END "
    "FROM ({numbers}) numbers ORDER BY n, k"
)


class Router:
    """Leads every question to the archive that is being asked."""

    alias = "default"

    def db_for_read(self, _model: Any, **_hints: Any) -> str:
        """Return the alias."""
        return Router.alias


def main() -> None:
    """Build, measure in turn, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        connect(folder, options.items)
        for alias, editions in ARCHIVES.items():
            build(alias, editions, options.items)
        report(measure(options.items, options.rounds), options)
        from django.db import connections  # noqa: PLC0415 - models are loaded only once Django is set up

        connections.close_all()


def connect(folder: str, items: int) -> None:
    """Give Django a database for each archive, and start it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osce_site.settings")
    server = os.environ.get("TEST_DATABASE_URL", "")
    for alias in ARCHIVES:
        name = f"osce_site_bench_{alias}_{items}"
        database = dict(settings.DATABASES["default"])
        if server:
            make_database(server, name)
            parts = urlsplit(server)
            given = {"HOST": parts.hostname, "PORT": parts.port or "", "USER": parts.username or ""}
            database |= {"ENGINE": "django.db.backends.postgresql", "NAME": name, "OPTIONS": {}} | given
            database["PASSWORD"] = parts.password or ""
        else:
            database |= {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/{name}.sqlite3"}
        settings.DATABASES[alias] = database
    settings.DATABASES["default"] = settings.DATABASES["one"]
    settings.DATABASE_ROUTERS = [Router()]
    django.setup()


def make_database(server: str, name: str) -> None:
    """Make the database where there is none."""
    with psycopg.connect(server, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"')


def build(alias: str, editions: int, items: int) -> None:
    """Migrate the archive's database, and fill it where it is empty."""
    from django.core.management import call_command  # noqa: PLC0415 - after setup
    from django.db import connections  # noqa: PLC0415 - models are loaded only once Django is set up

    call_command("migrate", database=alias, verbosity=0)
    connection = connections[alias]
    vendor = connection.vendor
    moment = MOMENT[vendor].replace("{seconds}", str(10 * 365 * 86_400 // items))
    words = {
        "numbers": NUMBERS[vendor].format(items=items, editions=editions),
        "editions": editions, "filler": FILLER, "false": "false" if vendor == "postgresql" else "0",
        "issued": moment.format(days=0), "begin": moment.format(days="k - 1"), "end": moment.format(days="k"),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM news_edition")
        if cursor.fetchone()[0] == 0:
            print(f"Building {items} items with {editions} editions each …", file=sys.stderr)
            cursor.execute(ITEMS.format(**words))
            cursor.execute(EDITIONS.format(**words))
            cursor.execute("VACUUM ANALYZE" if vendor == "postgresql" else "ANALYZE")


def questions(items: int) -> dict[str, Callable[[], Any]]:
    """Return what is asked, by name: as the pages ask it, now and at a moment of the past."""
    from django.utils.dateparse import parse_datetime  # noqa: PLC0415 - after setup

    from news.cards import cards_of  # noqa: PLC0415 - models are loaded only once Django is set up
    from news.models import Edition  # noqa: PLC0415 - models are loaded only once Django is set up
    from news.question import Question  # noqa: PLC0415 - models are loaded only once Django is set up
    from news.stories import stories  # noqa: PLC0415 - models are loaded only once Django is set up

    chance, at = random.Random(SEED), parse_datetime(PAST)

    def newest(**when: Any) -> list[int]:
        return list(stories(Question(**when)).values_list("pk", flat=True)[:20])

    def some_item(**when: Any) -> Edition | None:
        number = chance.randrange(1, items // 3)  # each of these was public at the past moment too
        return Edition.objects.visible(**when).select_related("item").filter(item=number).first()

    return {
        "first page of the list": lambda: cards_of(newest()),
        COUNT: lambda: stories(Question()).count(),
        "newest twenty, now": newest,
        "newest twenty, in the past": lambda: newest(at=at),
        "an item, now": some_item,
        "an item, in the past": lambda: some_item(at=at),
    }


@contextmanager
def asking(alias: str) -> Iterator[None]:
    """Lead the questions of the block to an archive."""
    Router.alias = alias
    try:
        yield
    finally:
        Router.alias = "default"


def measure(items: int, rounds: int) -> dict[tuple[str, str], float]:
    """Ask both archives each question in turn, once to warm up and once for the clock; return the medians in ms."""
    from news.changes import follower  # noqa: PLC0415 - after setup

    follower.position = 0  # as in a process that serves: it keeps the number of stories, here the same in both
    asked = questions(items)
    times: dict[tuple[str, str], list[float]] = {}
    for place, name, alias in product(range(rounds), asked, ARCHIVES):
        if name == COUNT and place % COUNT_EVERY:
            continue
        with asking(alias):
            asked[name]()
            began = time.perf_counter()
            answer = asked[name]()
            times.setdefault((name, alias), []).append(1000 * (time.perf_counter() - began))
            assert answer, (name, alias)  # noqa: S101 - a question without an answer measures nothing
    return {key: statistics.median(figures) for key, figures in times.items()}


def report(medians: dict[tuple[str, str], float], options: argparse.Namespace) -> None:
    """Print the medians, and each ratio with its limit."""
    vendor = settings.DATABASES["one"]["ENGINE"].rpartition(".")[2]
    print(f"{vendor}, {options.items} items, medians of {options.rounds} rounds in turn, in ms")
    for name in dict.fromkeys(name for name, _alias in medians):
        one, five = medians[name, "one"], medians[name, "five"]
        limit = MOST_FOR_EDITIONS if name.startswith("first") else None
        print(f"{name:28} one edition {one:8.2f}   five {five:8.2f}   {verdict(five / one, limit)}")
    for subject in ("newest twenty", "an item"):
        for alias in ARCHIVES:
            ratio = medians[f"{subject}, in the past", alias] / medians[f"{subject}, now", alias]
            print(f"{subject}, past against now ({alias:4})   {verdict(ratio, MOST_FOR_THE_PAST)}")


def verdict(ratio: float, limit: float | None) -> str:
    """Write a ratio, and whether it stays within its limit."""
    return f"x {ratio:.2f}" + (f", at most {limit}: {'met' if ratio <= limit else 'missed'}" if limit else "")


if __name__ == "__main__":
    main()
