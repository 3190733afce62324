"""Reads files in a process of its own, and says how long each took and how much memory the process had at most."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

READ = """
import gc, json, re, sys, time
from pathlib import Path
import django
django.setup()
from news.importers.recognition import read
from news.importers.rows import ReadingOptions
from news.importers.sources import open_sources
from tests.news.importers.files import problems_of

def became(path):
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # forgets the highest so far
    began, rows = time.process_time(), 0
    sources = open_sources([path])
    said = list(map(str, sources.problems))
    for file in sources.files:
        for row in read(file, ReadingOptions()):
            rows += 1
            said += problems_of([row])[:5] if len(said) < 5 else []
    seconds = time.process_time() - began
    # Not getrusage(): after a fork it has the highest of the parent's, too.
    highest = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024
    return {"seconds": round(seconds, 2), "megabytes": highest, "rows": rows, "said": said}

print(json.dumps({Path(path).name: became(path) for path in sys.argv[1:]}))
"""


def read_alone(paths: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """Return of each file, by its name, seconds of the processor, megabytes, rows, and the first of what is said."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run(  # noqa: S603 - this very Python, and a program of our own
        [sys.executable, "-c", READ, *map(str, paths)], env=environment, capture_output=True, check=True, text=True
    )
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return found
