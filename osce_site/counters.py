"""What the processes of the site count, for Prometheus.

gunicorn's processes count into files that they share (gunicorn.conf.py names the folder), so that whichever of them is
asked tells of all; a process alone counts in memory.
"""

import os

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

ANSWERS = Counter(
    "osce_site_page_answers",
    "Answers to requests for pages, by where the page came from: hit (memory), kept (disk or Redis), made, waited "
    "(made for another request), stale, copy (the database is away), failed, passed (never kept).",
    ["source"],
)
RENDER_SECONDS = Histogram(
    "osce_site_page_render_seconds",
    "What it took to make a page.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
CHANGE_LAG_SECONDS = Histogram(
    "osce_site_change_lag_seconds",
    "From the writing of a change until a process knew of it.",
    buckets=(0.1, 0.2, 0.3, 0.5, 1, 2, 5, 30),
)
PAGE_MEMORY_BYTES = Gauge(
    "osce_site_page_memory_bytes", "What the kept pages take in the processes’ memory.", multiprocess_mode="livesum"
)
LOOKS_FAILED = Counter("osce_site_log_looks_failed", "Looks at the log of changes that the database did not answer.")


def report() -> bytes:
    """Return all counts in Prometheus' text format."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the package has no types for it
    return generate_latest(registry)
