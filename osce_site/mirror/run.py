"""One run of the export: what is another by now is made, what is gone is removed, all else stays as it is."""

import fcntl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from osce_site.mirror.addresses import Address
from osce_site.mirror.files import HALVES, MAPS, SITE, Files
from osce_site.mirror.made import Kind, Made
from osce_site.mirror.making import Maker
from osce_site.mirror.maps import write_maps
from osce_site.mirror.roots import roots
from osce_site.mirror.staleness import mark_stale
from osce_site.mirror.state import STALE, RefusedError, State
from osce_site.mirror.workers import Done, Workers, workers
from osce_site.page_cache.release import release

STATE, LOCK = "state.sqlite3", "lock"
OURS = {STATE, LOCK, SITE, HALVES, MAPS}
COMMIT_EVERY = 200  # addresses: what a killed run has to make again
MOST_PROBLEMS = 20  # that are told

type Progress = Callable[[Iterable[Done], int], Iterator[Done]]


@dataclass(slots=True)
class Summary:
    """What a run has done."""

    made: int = 0
    written: int = 0
    removed: int = 0
    held: int = 0
    problems: list[str] = field(default_factory=list)


@contextmanager
def opened(folder: Path, *, is_new_allowed: bool = True) -> Iterator[State]:
    """Open the mirror in the folder, for nobody else meanwhile; begin one where the folder is empty.

    Raises:
        RefusedError: the folder holds something else, or another run is at work in it.
    """
    _refuse_foreign(folder, is_new_allowed=is_new_allowed)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise RefusedError(f"Another export writes to {folder}. Wait until it has ended.") from error
        state = State(folder / STATE)
        try:
            _refuse_another_site(state, folder)
            yield state
        finally:
            state.close()


def export(state: State, folder: Path, *, pages: int, processes: int | None, progress: Progress) -> Summary:
    """Bring the mirror up to date; killed at any moment, the next run goes on.

    Args:
        state: of the mirror, open.
        folder: of the mirror.
        pages: how many pages of each list it holds.
        processes: how many make pages; None: one for each processor.
        progress: passes on what is made of so many, and shows how far that is.
    """
    files, summary = Files(folder), Summary()
    files.begin()
    if state.fact("pages") != str(pages):
        with state.writing():
            state.database.execute("UPDATE page SET is_stale = ?", (STALE,))
            state.keep_fact("pages", str(pages))
    mark_stale(state, release=release())
    with state.writing():
        _refuse_strangers(files, state.keep_roots(roots()))
    with workers(Maker(files, pages=pages), processes) as makers:
        for are_files in _until_none(state):
            _make(state, files, makers, summary, progress, are_files=are_files)
    _remove(state, files, summary)
    write_maps(state, folder)
    (summary.held,) = state.database.execute("SELECT count(*) FROM page WHERE digest <> ''").fetchone()
    return summary


def _until_none(state: State) -> Iterator[bool]:
    """Say in turn to make pages, and the files that they bring, as long as there is anything to make."""
    while state.stale(after=0, are_files=False) or state.stale(after=0, are_files=True):
        yield False
        yield True


def _make(
    state: State, files: Files, makers: Workers, summary: Summary, progress: Progress, *, are_files: bool
) -> None:
    """Make all that is stale, and what is found on the way."""
    last = 0
    while tasks := state.stale(after=last, are_files=are_files):
        last = tasks[-1][0]
        for done in _portions(progress(makers.make(tasks), len(tasks))):
            with state.writing():
                _keep(state, files, summary, done)


def _keep(state: State, files: Files, summary: Summary, done: list[Done]) -> None:
    """Remember what was made, and want what it leads to."""
    for number, made in done:
        mentions = {one for one in made.mentions if not state.is_root(one)}
        state.keep(number, made, mentions)
        _refuse_strangers(files, state.add(map(Address.read, mentions), is_root=False))
        _count(summary, made)


def _portions(done: Iterator[Done]) -> Iterator[list[Done]]:
    portion: list[Done] = []
    for one in done:
        portion.append(one)
        if len(portion) >= COMMIT_EVERY:
            yield portion
            portion = []
    if portion:
        yield portion


def _count(summary: Summary, made: Made) -> None:
    summary.made += 1
    summary.written += made.is_written
    if made.kind == Kind.FAILED and len(summary.problems) < MOST_PROBLEMS:
        summary.problems.append(made.target)


def _remove(state: State, files: Files, summary: Summary) -> None:
    """Remove what nothing leads to any more; its row goes after its file."""
    for portion in batched(state.unreached(), COMMIT_EVERY):
        for _number, file in portion:
            files.remove(file)
        with state.writing():
            state.forget(number for number, _file in portion)
        summary.removed += len(portion)


def _refuse_strangers(files: Files, new: Iterable[Address]) -> None:
    """Refuse to write over a file that is there without a row."""
    for address in new:
        if files.has(address.file):
            raise RefusedError(f"{files.site / address.file} was not written by export_site. Move it away.")


def _refuse_foreign(folder: Path, *, is_new_allowed: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise RefusedError(f"{folder} is no folder. Name one that is empty or does not exist.")
    if (folder / STATE).is_file():
        return
    if not is_new_allowed:
        raise RefusedError(f"{folder} holds no export. Run export_site without --check first.")
    strange = sorted(path.name for path in folder.glob("*") if path.name != LOCK)
    if strange:
        raise RefusedError(
            f"{folder} holds {strange[0]} and no {STATE}: it is no export. Name an empty folder, or one to be made."
        )


def _refuse_another_site(state: State, folder: Path) -> None:
    """Refuse a mirror of another site, whose pages would be removed as if they were gone."""
    given = connections[DEFAULT_DB_ALIAS].settings_dict
    site = f"{settings.SITE_URL} from {given['NAME']} at {given['HOST'] or 'this machine'}"
    known = state.fact("site")
    if known and known != site:
        raise RefusedError(f"{folder} holds an export of {known}; this is {site}. Export into another folder.")
    state.keep_fact("site", site)
