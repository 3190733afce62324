"""What the rows of the log of changes move: tags of what pages show, at once and at moments that are to come.

Both come from the rows of the database and of the log, never from a process's memory of what it did itself.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from news.changes import EVERYTHING
from news.concerns import moved_by
from news.index.following import Row
from news.index.snapshot import Place
from news.index.versions import NEVER, Version, microseconds, moments_after, stories_with, story_of_each


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What one row of the log moves.

    Attributes:
        place: the row's.
        tags: what pages that are now others have asked for; empty where the row concerns every page.
        takes_away: whether readers may have lost something, so that a page from before must not be shown any more.
    """

    place: Place
    tags: frozenset[str]
    concerns_all: bool
    takes_away: bool


def moves_of(rows: list[Row]) -> list[Move]:
    """Return what each of the rows moves."""
    stories = story_of_each({row.item for row in rows if row.item is not None})
    versions = dict(stories_with(set(stories.values()))) if stories else {}
    return [_move(row, versions.get(stories.get(row.item or 0, 0), [])) for row in rows]


def moves_to_come(moment: datetime.datetime, *, items: Collection[int] | None = None) -> Iterator[tuple[int, set[str]]]:
    """Yield each instant after the moment at which something comes or ends by itself, and the tags that it moves then.

    Args:
        moment: from when on.
        items: of the stories of these items alone; None is of all.
    """
    chosen = None if items is None else set(story_of_each(items).values())
    found = list(moments_after(moment, stories=chosen))
    versions = {version.number: version for version in _versions({moments.story for moments in found})}
    for moments in found:
        if version := versions.get(moments.edition):
            tags = {f"item={moments.item}", *moved_by(version)}
            yield from ((instant, tags) for instant in moments.at)


def _versions(stories: Collection[int]) -> Iterable[Version]:
    return (version for _story, versions in stories_with(stories) for version in versions)


def _move(row: Row, versions: list[Version]) -> Move:
    """Return what a row moves; taxonomy is on every page, and of what is gone nobody knows where it stood."""
    concerns_all = row.item is None or not versions
    tags = {tag for version in versions if _is_concerned(version, row) for tag in moved_by(version)}
    return Move(
        place=row.place,
        tags=frozenset() if concerns_all else frozenset({f"item={row.item}", *tags}),
        concerns_all=concerns_all,
        takes_away=row.subject == EVERYTHING or (row.item is not None and row.new is None),
    )


def _is_concerned(version: Version, row: Row) -> bool:
    """Say whether lists may show the edition otherwise since: the row names it, or it is shown beside what it names."""
    if row.old is None and row.new is None:
        return version.appears < NEVER
    return version.number in {row.old, row.new} or version.ends > microseconds(row.written_at)
