"""How gunicorn serves the site, on a newcomer's machine and in production alike.

Any line can be overruled on gunicorn's command line or in GUNICORN_CMD_ARGS.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_host = os.environ.get("HOST") or "127.0.0.1"
_port = os.environ.get("PORT") or "8000"
_shared_memory = Path("/dev/shm")  # noqa: S108 - a folder in memory, not a temporary file

bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
wsgi_app = "osce_site.wsgi:application"
# Threads, because a sync worker waits on a browser's idle connection. Two processes at least, so that one slow page
# holds up nobody. Each thread may hold one database connection: DATABASE_POOL_SIZE is not below this.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or min(max(os.cpu_count() or 2, 2), 4))
threads = 4
timeout = 60  # seconds without a sign of life from a worker
graceful_timeout = 30  # seconds for open requests at a restart
keepalive = 5  # seconds
limit_request_line = 8190  # bytes, all that gunicorn grants: a question may name every country and institution
max_requests = 0  # no worker is restarted for its age: a leak is a fault to be found
control_socket_disable = True  # signals do; nothing is left in a home folder
if _shared_memory.is_dir():
    worker_tmp_dir = str(_shared_memory)  # a heartbeat on a slow disk reads as a dead worker

_worker: list[subprocess.Popen[bytes]] = []


def on_starting(_server: Any) -> None:
    """Start the worker of tasks once, beside all processes: `make run` asks for it; in production it is a service."""
    if os.environ.get("WITH_WORKER") == "1":
        # In a session of its own: Ctrl-C reaches the site, and the site ends its worker.
        _worker.append(subprocess.Popen([sys.executable, "-m", "osce_site.task_worker"], start_new_session=True))


def on_exit(_server: Any) -> None:
    """End the worker with the site."""
    for process in _worker:
        process.terminate()
        process.wait()
