"""A process that kills itself in the middle of an act: `python -m tests.news.workflow.killed_act ACT PLACE`.

PLACE is the function of the act, by its module and name, before whose end there is no way back: the process dies as it
is called, by SIGKILL, so that nothing of its own can tidy up. `never` lets the act end.
"""

import os
import signal
import sys
from importlib import import_module
from typing import Any, NoReturn

import tests.django_set_up  # noqa: F401 - first of all

# isort: split

from news import workflow
from news.models import NewsItem


def die(*_anything: Any, **_whatever: Any) -> NoReturn:
    """Be gone, as by a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def main(act: str, place: str) -> None:
    """Do the act to the first item, and die at the place."""
    if place != "never":
        module, _dot, name = place.rpartition(".")
        setattr(import_module(module), name, die)
    item = NewsItem.objects.get()
    newest = workflow.newest_edition(item)
    if act == "approve":
        workflow.approve(newest, by=None)
    else:
        workflow.remove(item, workflow.RemovalWish(kind=act, reason="A mistake.", leads_to="/news/"), by=None)


main(*sys.argv[1:])
