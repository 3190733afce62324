"""What a page from the page cache costs beside a bare Django view: `python -m benchmarks.page_cache`.

The contestants answer in turn, five rounds each; the table has the medians. Beside it: the memory of 10,000 pages of
40 KB, and the first hit after a restart. The site's own database is used (DATABASE_URL), and its own pages.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import benchmarks.django_set_up  # noqa: F401 - before the models
from benchmarks.load import Figures, measure
from benchmarks.servers import ROOT, serving
from news.index.snapshot import Place
from news.index.versions import EPOCH
from osce_site.page_cache.folder import Folder
from osce_site.page_cache.memory import Memory
from osce_site.page_cache.pages import Page, compressed, name_of

ROUNDS = 5
SECONDS = 2.0
PATHS = ["/", "/news/", "/fr/news/", "/countries/", "/institutions/", "/fields-of-work/", "/news/feed.atom"]
PAGES = 10_000
MEGABYTE = 2**20


def main() -> None:
    """Print the tables."""
    _hits()
    _first_hit_from_disk()
    subprocess.run([sys.executable, "-m", "benchmarks.page_cache", "memory"], cwd=ROOT, check=True)


def _hits() -> None:
    with ExitStack() as open_servers:
        bare = open_servers.enter_context(
            serving("benchmarks.bare:application", first_path="/?bytes=1", environment={})
        )
        site = open_servers.enter_context(serving("osce_site.wsgi:application", first_path="/", environment={}))
        sizes = [len(site.get(path)) for path in PATHS]
        contestants = {"bare view": (bare, [f"/?bytes={size}" for size in sizes]), "hit": (site, PATHS)}
        for server, paths in contestants.values():
            measure(server, paths, seconds=1, connections=8)
        print(f"{'':12}{'connections':>12}{'requests/s':>12}{'CPU ms':>9}{'of bare, by CPU':>17}{'by requests/s':>15}")
        for connections in (2, 16):
            rounds: dict[str, list[Figures]] = {name: [] for name in contestants}
            for _round in range(ROUNDS):
                for name, (server, paths) in contestants.items():
                    rounds[name].append(measure(server, paths, seconds=SECONDS, connections=connections))
            _print(rounds, connections)


def _print(rounds: dict[str, list[Figures]], connections: int) -> None:
    rate = {name: statistics.median(one.requests_per_second for one in found) for name, found in rounds.items()}
    cpu = {name: statistics.median(one.cpu_ms for one in found) for name, found in rounds.items()}
    for name in rounds:
        by_cpu, by_rate = cpu["bare view"] / cpu[name], rate[name] / rate["bare view"]
        print(f"{name:12}{connections:>12}{rate[name]:>12.0f}{cpu[name]:>9.3f}{by_cpu:>17.0%}{by_rate:>15.0%}")


def _page(number: int) -> Page:
    """Return a page of 40 KB of text, as unlike the others as the site's are."""
    words = " ".join(f"{name_of(f'{number} {word}'.encode())[:6]} of the participating States" for word in range(1_200))
    text = f"<p>{words}</p>".encode()[:40_000]
    tags = frozenset(f"country={tag}" for tag in range(30))
    place = Place(position=1, written_at=EPOCH)
    return Page(
        key=f"/news/{number}/",
        status="200 OK",
        headers=[("Content-Type", "text/html; charset=utf-8")],
        bodies=compressed(text),
        etag=name_of(text),
        tags=tags,
        place=place,
        at=0,
        due=1,
    )


def _first_hit_from_disk() -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = _page(1)
        Folder(Path(folder), 512 * MEGABYTE).put(page)
        took = []
        for _round in range(ROUNDS):
            fresh = Folder(Path(folder), 512 * MEGABYTE)
            began = time.perf_counter()
            assert fresh.get(page.key) is not None
            took.append((time.perf_counter() - began) * 1000)
    print(f"a page from disk: {statistics.median(took):.2f} ms")


def _memory() -> None:
    """Fill a memory that is large enough for all, in a process of its own, and print what that took."""
    memory = Memory(1024 * MEGABYTE)
    before = _resident()
    for number in range(PAGES):
        memory.put(_page(number))
        memory.get(f"/news/{number}/")
    held = len(memory.proven.pages) + len(memory.tried.pages)
    print(
        f"{held} pages of 40 KB: {(_resident() - before) / MEGABYTE:.0f} MB, {memory.bytes / MEGABYTE:.0f} MB counted"
    )


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    if sys.argv[1:] == ["memory"]:
        _memory()
    else:
        main()
