"""Reading ahead: a thread reads the next rows while this one waits for the database, which it does half of its time."""

import queue
import threading
from collections.abc import Generator, Iterable, Iterator
from itertools import islice

AT_ONCE = 100  # things handed over together
MOST_AHEAD = 6  # times as many
LOOK_EVERY = 0.2  # seconds, whether anybody still wants them


def ahead[Thing](things: Iterable[Thing]) -> Generator[Thing, None, None]:
    """Yield the things, read by a thread that is some of them ahead; what it meets with is raised here."""
    portions: queue.Queue[list[Thing] | BaseException] = queue.Queue(MOST_AHEAD)
    is_over = threading.Event()
    reader = threading.Thread(
        target=_read, args=(iter(things), portions, is_over), name="reader of an import", daemon=True
    )
    reader.start()
    try:
        while portion := portions.get():
            if isinstance(portion, BaseException):
                raise portion
            yield from portion
    finally:
        is_over.set()
        reader.join()


def _read[Thing](
    things: Iterator[Thing], portions: "queue.Queue[list[Thing] | BaseException]", is_over: threading.Event
) -> None:
    """Hand over portions, an empty one at the end."""
    try:
        while portion := list(islice(things, AT_ONCE)):
            _put(portions, portion, is_over)
        _put(portions, [], is_over)
    except BaseException as error:
        _put(portions, error, is_over)


def _put[Portion](portions: "queue.Queue[Portion]", portion: Portion, is_over: threading.Event) -> None:
    """Wait for room, unless nobody wants it any more."""
    while not is_over.is_set():
        try:
            portions.put(portion, timeout=LOOK_EVERY)
        except queue.Full:
            continue
        return
