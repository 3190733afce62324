"""Measure the site's pages, uncached, against a bare Django view of the same size, in the same run and in turn.

Needs a PostgreSQL server: TEST_DATABASE_URL. Makes the database osce_site_bench on it and fills it once. Prints medians
of requests a second, and of the server's own CPU for a request (without PostgreSQL's), which swings less.
"""

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg

from benchmarks.load import Figures, measure
from benchmarks.servers import ROOT, Server, serving

DATABASE = "osce_site_bench"
SEED = 1
GOALS = {"item": 4, "list": 2, "filtered": 2, "deep": 2, "search": 1, "home": 2}  # percent of the bare view
DEEP = 500  # the page of the list that is asked for, where it has as many
ITEM_PAGES, LIST_PAGES = 50, 20  # different addresses
PER_PAGE = 20


def main() -> None:
    """Prepare, measure in turn, and print."""
    options = read_options()
    environment = {"DATABASE_URL": prepared_database(options.items), "SITE_URL": "http://127.0.0.1:8000"}
    with (
        serving("osce_site.wsgi", first_path="/", environment=environment) as site,
        serving("benchmarks.bare:application", first_path="/?bytes=1", environment={}) as bare,
    ):
        pages = choose_pages(site, options.items)
        twins = {name: [f"/?bytes={len(site.get(path))}" for path in paths] for name, paths in pages.items()}
        rounds: dict[tuple[str, str], list[Figures]] = {}
        for _round in range(options.rounds + 1):
            for name, paths in pages.items():
                for kind, server, asked in (("site", site, paths), ("bare", bare, twins[name])):
                    figures = measure(server, asked, seconds=options.seconds, connections=options.connections)
                    rounds.setdefault((name, kind), []).append(figures)
    for name in pages:
        report(name, twins[name], site=median(rounds[name, "site"]), bare=median(rounds[name, "bare"]))


def read_options() -> argparse.Namespace:
    """Read how much to measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5, help="after one that only warms up")
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--connections", type=int, default=2)
    return parser.parse_args()


def prepared_database(items: int) -> str:
    """Return the address of a database with so many items at least; make and fill it where there is none."""
    server = os.environ.get("TEST_DATABASE_URL") or sys.exit("TEST_DATABASE_URL names no PostgreSQL server.")
    with psycopg.connect(server, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")
    address = urlsplit(server)._replace(path=f"/{DATABASE}").geturl()
    manage("set_up", database=address)
    with psycopg.connect(address) as connection:
        (stored,) = connection.execute("SELECT count(*) FROM news_newsitem").fetchone() or (0,)
    if stored < items:
        manage("generate_archive", f"--items={items - stored}", f"--seed={SEED}", database=address)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
    return address


def manage(*words: str, database: str) -> None:
    """Run a management command on the database."""
    subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=os.environ | {"DATABASE_URL": database}, check=True
    )


def choose_pages(site: Server, items: int) -> dict[str, list[str]]:
    """Choose addresses at random, the same for the same archive.

    Items of any age, pages of the list, its first page narrowed to a kind and a country, a page deep in it, searches
    for a word of a title, the home page.
    """
    chance = random.Random(SEED)
    last = items // PER_PAGE // 4  # stories are fewer than items: their translations share a row
    lists = [f"/news/?page={chance.randint(1, last)}" for _number in range(ITEM_PAGES)]
    shown = [site.get(path).decode() for path in lists]
    found = [re.findall(r'href="(/news/\d+/[^"/]+/)"', page) for page in shown]
    words = [re.findall(r'class="row__link"[^>]*>[^<]*?([a-z]{5,})', page) for page in shown[:LIST_PAGES]]
    countries = re.findall(r'name="country" value="([^"]+)"', site.get("/news/?kind=news").decode())
    numbers = re.findall(r"[?&]page=(\d+)", site.get("/news/").decode())
    return {
        "item": [chance.choice(addresses) for addresses in found],
        "list": lists[:LIST_PAGES],
        "filtered": [f"/news/?kind=news&country={chance.choice(countries)}" for _number in range(LIST_PAGES)],
        "deep": [f"/news/?page={min(DEEP, max(map(int, numbers)))}"],
        "search": [f"/search/?q={chance.choice(on_page)}" for on_page in words],
        "home": ["/"],
    }


def median(windows: list[Figures]) -> Figures:
    """Return the medians, without the first window, in which everything was cold."""
    return Figures(
        requests_per_second=statistics.median(window.requests_per_second for window in windows[1:]),
        cpu_ms=statistics.median(window.cpu_ms for window in windows[1:]),
    )


def report(name: str, twins: list[str], *, site: Figures, bare: Figures) -> None:
    """Print one line on a page and its goal."""
    kilobytes = statistics.median(int(path.rpartition("=")[2]) for path in twins) / 1000
    by_requests = 100 * site.requests_per_second / bare.requests_per_second
    by_cpu = 100 * bare.cpu_ms / site.cpu_ms
    print(
        f"{name:8} {kilobytes:6.1f} kB   {site.requests_per_second:7.1f} of {bare.requests_per_second:7.1f} requests/s "
        f"= {by_requests:5.1f} %   CPU {site.cpu_ms:6.2f} against {bare.cpu_ms:5.2f} ms = {by_cpu:5.1f} %   "
        f"goal {GOALS[name]} %: {'met' if min(by_requests, by_cpu) >= GOALS[name] else 'missed'}"
    )


if __name__ == "__main__":
    main()
