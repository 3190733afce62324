"""What of the mirror is another by now: by the log of changes, by the clock, by a release, by files of the library."""

import datetime
import json
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from library.models import Image
from news.clock import clock
from news.index import following
from news.index.snapshot import Place
from news.index.versions import microseconds
from news.models import NewsItem
from news.moves import moves_of
from news.sitemaps import ITEMS
from osce_site.mirror.addresses import FILES
from osce_site.mirror.state import FAILED, STALE, State

MOST_ROWS = 10_000  # of the log; whoever is further behind makes everything anew, which takes no longer
EVERY_SITEMAP = "sitemap"


@dataclass(slots=True, kw_only=True)
class Moved:
    """What has moved since a place in the log.

    Attributes:
        place: the end of the log.
        all_at: the position at which everything moved; 0 where it has not.
        tags: the position of each tag's last move.
    """

    place: Place | None
    all_at: int = 0
    tags: dict[str, int] = field(default_factory=dict)


def mark_stale(state: State, *, release: str) -> None:
    """Mark what has to be made anew, and remember how far the log was read for that."""
    now = microseconds(clock.now())
    moved = moved_since(_kept_place(state))
    images = _images()
    with state.writing():
        _mark_moved(state, moved)
        if state.fact("release") != release:
            state.database.execute("UPDATE page SET is_stale = ?", (STALE,))
        state.database.execute(
            "UPDATE page SET is_stale = ? WHERE due <= ? OR is_stale = ? OR kind = 'missing'", (STALE, now, FAILED)
        )
        _mark_images(state, images)
        state.keep_fact("release", release)
        state.keep_fact("place", json.dumps(moved.place.text() if moved.place else None))


def moved_since(place: Place | None) -> Moved:
    """Return what has moved since a place; everything has where the log doesn't hold it or goes on for too long."""
    newest = following.newest_place()
    everything = Moved(place=newest, all_at=newest.position + 1 if newest else 1)
    if place is None or newest is None:
        return everything
    moved = Moved(place=place)
    while True:
        rows = following.rows_from(moved.place)
        if not rows or rows[0].place != moved.place or rows[-1].position - place.position > MOST_ROWS:
            return everything
        if len(rows) == 1:
            return moved
        _take(moved, rows[1:])


def sitemap_tag(number: int) -> str:
    """Return the tag of a sitemap of news."""
    return f"{EVERY_SITEMAP}={number}"


def _take(moved: Moved, rows: list[following.Row]) -> None:
    stories: dict[int, int] = {}
    for move in moves_of(rows):
        position = move.place.position
        if move.concerns_all:
            moved.all_at = position
        moved.tags |= dict.fromkeys(move.tags, position)
        stories |= {int(tag[6:]): position for tag in move.tags if tag.startswith("story=")}
    concerned = NewsItem.objects.filter(Q(pk__in=stories) | Q(translation_of__in=stories)).order_by()
    for item, original in concerned.values_list("pk", "translation_of"):
        tag = sitemap_tag((item - 1) // ITEMS + 1)
        moved.tags[tag] = max(moved.tags.get(tag, 0), stories[original or item])
    moved.place = rows[-1].place


def _kept_place(state: State) -> Place | None:
    kept: list[Any] | None = json.loads(state.fact("place") or "null")
    return Place(position=kept[0], written_at=datetime.datetime.fromisoformat(kept[1])) if kept else None


def _mark_moved(state: State, moved: Moved) -> None:
    database = state.database
    database.execute("UPDATE page SET is_stale = ? WHERE position < ?", (STALE, moved.all_at))
    database.execute("CREATE TEMP TABLE IF NOT EXISTS moved (tag TEXT PRIMARY KEY, position INTEGER) WITHOUT ROWID")
    database.execute("DELETE FROM moved")
    database.executemany("INSERT INTO moved VALUES (?, ?)", moved.tags.items())
    database.execute(
        "UPDATE page SET is_stale = ? WHERE number IN (SELECT page.number FROM moved JOIN tag USING (tag) "
        "JOIN page ON page.number = tag.page WHERE page.position < moved.position)",
        (STALE,),
    )


def _images() -> dict[str, str]:
    """Return for each image what its renditions are made of: its editing leaves no row in the log."""
    rows = Image.objects.values_list("pk", "checksum", "rendered_by")
    return {str(number): f"{checksum[:16]}.{rendered_by}" for number, checksum, rendered_by in rows.iterator()}


def _mark_images(state: State, images: dict[str, str]) -> None:
    before: dict[str, str] = json.loads(state.fact("images") or "{}")
    for number in before.keys() | images.keys():
        if before.get(number) != images.get(number):
            state.database.execute(
                "UPDATE page SET is_stale = ? WHERE address GLOB ?", (STALE, f"{FILES}images/{number}/*")
            )
    state.keep_fact("images", json.dumps(images))
