"""Nothing grows without end: neither memory nor disk, whatever is asked for."""

import pytest

from news.index.snapshot import Place
from news.index.versions import EPOCH
from osce_site.page_cache.folder import Folder
from osce_site.page_cache.memory import Memory
from osce_site.page_cache.pages import OVERHEAD, Page
from tests import builders


def page(key: str, *, size: int = 8_000) -> Page:
    """Return a page of about so many bytes."""
    bodies = {"zstd": b"x" * (size - OVERHEAD)}
    place = Place(position=1, written_at=EPOCH)
    return Page(
        key=key, status="200 OK", headers=[], bodies=bodies, etag="x", tags=frozenset(), place=place, at=0, due=1
    )


def test_a_flood_of_addresses_leaves_what_is_asked_for_again_and_again():
    """A hundred thousand addresses, each asked for once, and a bound that holds at each step."""
    memory = Memory(1_000_000)
    for _time in range(2):
        for number in range(50):
            memory.put(page(f"good {number}"))
            memory.get(f"good {number}")
    for number in range(100_000):
        memory.put(page(f"flood {number}"))
        assert memory.bytes <= 1_000_000
    assert all(memory.get(f"good {number}") for number in range(50))


def test_a_page_in_the_place_of_another_takes_its_room():
    """Bytes are those of the pages that are there."""
    memory = Memory(1_000_000)
    for size in (5_000, 50_000, 9_000):
        memory.put(page("one", size=size))
        memory.get("one")
    assert memory.bytes == page("one", size=9_000).size


def test_a_page_larger_than_its_room_is_not_held():
    """And leaves nothing behind."""
    memory = Memory(1_000_000)
    memory.put(page("large", size=900_000))
    assert memory.get("large") is None
    assert memory.bytes == 0


def test_a_disk_holds_no_more_than_its_share(tmp_path):
    """What was written longest ago goes first."""
    folder = Folder(tmp_path, 256 * 100_000)
    keys = [f"page {number}" for number in range(20_000)]
    room = folder._path("page 0").parent.name  # noqa: SLF001 - only there to fill one of the 256 rooms
    chosen = [key for key in keys if folder._path(key).parent.name == room]  # noqa: SLF001 - as above
    for key in chosen:
        folder.put(page(key))
    kept = sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())
    assert len(chosen) * 8_000 > 300_000
    assert kept <= 110_000
    assert folder.get(chosen[-1]) is not None


@pytest.mark.django_db
def test_a_list_that_was_asked_for_once_is_not_written_to_disk(make_site, tmp_path):
    """There are more lists than any disk holds; one that is asked for again and made anew is worth it."""
    builders.country("Ukraine")
    site = make_site()
    files = lambda: {path for path in tmp_path.rglob("*") if path.is_file()}  # noqa: E731 - one line, used thrice
    site.get("/news/?country=ukraine")
    assert files() == set()
    site.get("/news/")
    assert len(files()) == 1
    site.get("/news/?country=ukraine")
    builders.published()
    site.get("/news/?country=ukraine")
    assert len(files()) == 2
