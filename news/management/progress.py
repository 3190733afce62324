"""How far a long command is: on standard error, on a terminal only, with the rate and the time that is left."""

import sys
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

SHOW_EVERY = 100  # things


class RateColumn(ProgressColumn):
    """How many are done in a second, once that is known."""

    def render(self, task: Task) -> Text:
        """Return the rate."""
        return Text(f"{task.speed:,.0f}/s" if task.speed else "")


def progressing[Thing](things: Iterable[Thing], *, title: str, total: int | None) -> Iterator[Thing]:
    """Yield the things, and show on a terminal how many of them are done, of how many where that is known."""
    if not sys.stderr.isatty():
        yield from things
        return
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), RateColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as progress:
        task = progress.add_task("", total=total)
        for number, thing in enumerate(things, start=1):
            yield thing
            if number % SHOW_EVERY == 0:
                progress.update(task, completed=number)
