"""Kill imports at random moments, look whether anything is partial, and compare the end with an uninterrupted run's.

    TEST_DATABASE_URL=postgres://… python -m benchmarks.import_kills [--kills 25] [--rows 20000]

On SQLite, and on PostgreSQL where TEST_DATABASE_URL names a server.
"""

import argparse
import os
import random
import tempfile
from pathlib import Path

import benchmarks.django_set_up  # noqa: F401 - before models are imported

# isort: split

from benchmarks.imports import database
from tests.news.imports import killing

START = 2.0  # seconds until the first row, about
SPREAD = 2.0  # seconds over which the kills are spread


def main() -> None:
    """Kill on both databases, and fail if something is partial or different."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--rows", type=int, default=20_000)
    options = parser.parse_args()
    vendors = ["sqlite", *(["postgresql"] if os.environ.get("TEST_DATABASE_URL") else [])]
    with tempfile.TemporaryDirectory(prefix="import-kills-") as folder:
        file = Path(folder) / "rows.jsonl"
        file.write_text(killing.archive(options.rows), encoding="utf-8")
        faults = sum(measure(vendor, Path(folder), file, options.kills) for vendor in vendors)
    raise SystemExit(1 if faults else 0)


def measure(vendor: str, folder: Path, file: Path, kills: int) -> int:
    """Print a line, and return the number of faults."""
    with database(vendor, folder, "bench_kills_whole") as whole:
        killing.prepare(whole)
        killing.timed(whole, file)
        expected = killing.look(whole)
    partial, different, done = list(expected["partial"]), 0, 0
    chance = random.Random(7)
    for archive in range(kills):
        if done >= kills:
            break
        with database(vendor, folder, f"bench_kills_{archive}") as broken:
            killing.prepare(broken)
            while done < kills and killing.killed(broken, file, after=START + chance.uniform(0, SPREAD)):
                done += 1
                partial += killing.look(broken)["partial"]
            killing.timed(broken, file)
            different += killing.look(broken) != expected
    print(
        f"{vendor:11} {done} kills: {len(partial)} partial items, {different} ends unlike an uninterrupted run's",
        *partial[:5],
        sep="\n            ",
        flush=True,
    )
    return len(partial) + different


if __name__ == "__main__":
    main()
