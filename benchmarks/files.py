"""Measure the files of a large archive, each in a fresh process: its memory, its first byte, its last one.

    DATABASE_URL=postgres://… python -m benchmarks.files

Reads only. The first process reads the index of all lists anew and leaves a snapshot of it, as on a site that runs.
"Again" is the second answer of a process, once index and taxonomy are read; CPU is this process's for that answer.
Memory is the most that the process ever held (`ru_maxrss`), Python, Django and the index included.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from wsgiref.util import setup_testing_defaults

FILES = {
    "index anew": "/news/feed.rss",
    "feed, page 1": "/news/feed.atom",
    "feed, page 500": "/news/feed.atom?page=500",
    "feed of a country, page 500": "/countries/country-1/feed.atom?page=500",
    "feed of a search": "/search/feed.atom?q=security",
    "sitemap index": "/sitemap.xml",
    "a sitemap of news": "/sitemap-news-50.xml",
    "sitemap of pages": "/sitemap-pages.xml",
    "sitemap of latest news": "/sitemap-latest.xml",
    "table of a search": "/search/export.csv?q=security",
    "table of all": "/news/export.csv",
    "past table of all": "/news/export.csv?at=2020-01-01T00:00:00Z",
}
MOST_MEMORY = 150  # MB


def main() -> None:
    """Measure each file in a process of its own, or one in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="files whose name begins so")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measured(options.one)))
        return
    print(f"{'':30} {'MB held':>8} {'first, s':>9} {'last, s':>9} {'again, s':>9} {'CPU, s':>9} {'MB sent':>8}  status")
    for name, path in FILES.items():
        if name.startswith(options.only):
            command = [sys.executable, "-m", "benchmarks.files", "--one", path]
            report(name, json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def report(name: str, found: dict[str, float | str]) -> None:
    """Print a line, and whether the memory is more than it may be."""
    held = float(found["held"])
    times = " ".join(f"{found[key]:9.3f}" for key in ("first", "last", "again", "cpu"))
    print(f"{name:30} {held:8.0f} {times} {found['sent']:8.1f}  {found['status']}{' TOO MUCH' * (held > MOST_MEMORY)}")


def measured(path: str) -> dict[str, float | str]:
    """Ask for the path; the second time, a process that has read index and taxonomy answers."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osce_site.settings")
    from osce_site.wsgi import application  # noqa: PLC0415 - what is measured includes loading the site

    first = ask(application, path)
    again = {"last": 0.0, "cpu": 0.0} if first["sent"] > 1 else ask(application, path)  # large ones once
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return first | {"held": held, "again": again["last"], "cpu": again["cpu"] or first["cpu"]}


def ask(application, path: str) -> dict[str, float | str]:
    """Return when the first and the last byte came, in seconds, and how many megabytes they were."""
    status = []
    environ: dict[str, object] = {"PATH_INFO": path.partition("?")[0], "QUERY_STRING": path.partition("?")[2]}
    setup_testing_defaults(environ)
    environ["HTTP_HOST"] = "127.0.0.1"
    began, used, first, sent = time.perf_counter(), time.process_time(), 0.0, 0
    answer = application(environ, lambda line, _headers: status.append(line))
    for some in answer:
        first = first or time.perf_counter() - began
        sent += len(some)
    answer.close()
    cpu = time.process_time() - used
    return {"first": first, "last": time.perf_counter() - began, "cpu": cpu, "sent": sent / 1e6, "status": status[0]}


if __name__ == "__main__":
    main()
