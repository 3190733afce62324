"""What becomes of readers while a page is made, where making it fails, and where a disk does."""

import datetime
import logging
import threading
import time

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection

from news import workflow
from news.models import Removal
from news.workflow import RemovalWish
from osce_site.page_cache import wrapper
from osce_site.page_cache.pages import unpack
from tests import builders

pytestmark = pytest.mark.django_db


class Slow:
    """Django, with something that happens while it makes a page, and a fault that can be switched on."""

    def __init__(self):
        """Begin without either."""
        self.django = WSGIHandler()
        self.meanwhile = None
        self.is_broken = False
        self.made = 0

    def __call__(self, environ, start_response):
        """Make the page."""
        self.made += 1
        if self.is_broken:
            start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
            return [b"broken"]
        answered = b"".join(self.django(environ, start_response))
        if self.meanwhile:
            act, self.meanwhile = self.meanwhile, None
            act()
        return [answered]


@pytest.fixture
def slow():
    """Return a Django that can be slow or broken."""
    return Slow()


def remove(edition, kind=Removal.Kind.ERROR):
    """Remove an item."""
    workflow.remove(edition.item, RemovalWish(kind=kind, reason="x", explanation="Why."), by=None)


def test_a_page_that_was_overtaken_by_an_act_is_not_kept_as_fresh(make_site, slow):
    """The act came after the page's questions and before its end."""
    site = make_site(application=slow)
    slow.meanwhile = lambda: builders.published("Bridge")
    assert "Bridge" not in site.get("/news/").text
    assert "Bridge" in site.get("/news/").text


def test_a_page_that_was_overtaken_and_then_read_by_another_process_is_not_fresh_there(make_site, slow):
    """It bears the place in the log that it was begun at."""
    first, second = make_site(application=slow), make_site()
    slow.meanwhile = lambda: builders.published("Bridge")
    first.get("/news/")
    assert "Bridge" in second.get("/news/").text


def test_another_process_reads_what_the_first_has_made(make_site):
    """And so does the one that comes after a restart."""
    builders.published("Bridge")
    first, second = make_site(), make_site()
    assert first.get("/news/").how == "made"
    assert [second.get("/news/").how for _time in range(2)] == ["kept", "hit"]


def test_a_page_of_another_release_is_not_read(make_site):
    """A deployment makes every page anew."""
    make_site(release="old").get("/news/")
    assert make_site(release="new").get("/news/").how == "made"


def test_a_page_from_before_a_restart_is_fresh_only_if_nothing_of_it_has_moved(make_site):
    """The new process reads back in the log."""
    office = {"issued_by": [builders.institution("Office").pk]}
    builders.country("Ukraine")
    first = make_site()
    for address in ("/news/", "/countries/ukraine/"):
        first.get(address)
    builders.published("Bridge", **office)
    second = make_site()
    assert second.get("/news/").how == "made"
    assert second.get("/countries/ukraine/").how == "kept"


@pytest.mark.parametrize("damage", [b"", b"page1", b"garbage" * 100])
def test_a_damaged_file_is_as_good_as_none(make_site, tmp_path, damage):
    """It is written anew."""
    builders.published("Bridge")
    make_site().get("/news/")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    for path in files:
        path.write_bytes(damage)
    assert files
    assert make_site().get("/news/").how == "made"
    assert make_site().get("/news/").how == "kept"


def test_a_file_of_which_one_byte_is_wrong_is_not_shown(make_site):
    """A checksum stands before everything that could be."""
    site = make_site()
    site.get("/news/")
    page = site.cache.memory.get("this /news/")
    packed = page.pack()
    assert unpack(packed, key=page.key) == page
    assert unpack(packed, key="this /other/") is None
    for place in range(0, len(packed), 97):
        wrong = bytearray(packed)
        wrong[place] ^= 1
        assert unpack(bytes(wrong), key=page.key) is None


def test_a_disk_that_takes_nothing_costs_no_answer(make_site, tmp_path, caplog):
    """Where the folder should be stands a file: as good as full, or read-only."""
    (tmp_path / "pages").write_text("not a folder")
    site = make_site(folder=tmp_path / "pages")
    with caplog.at_level(logging.WARNING):
        assert [site.get("/news/").how for _time in range(2)] == ["made", "hit"]
    assert "A page cannot be kept" in caplog.text


def test_a_failed_rendering_shows_the_page_of_before_and_says_so(make_site, slow):
    """In a header; what was never made is a plain failure."""
    site = make_site(application=slow)
    builders.country("Ukraine")
    site.get("/news/")
    builders.published("Bridge")
    slow.is_broken = True
    reply = site.get("/news/")
    assert (reply.status, reply.how) == (200, "stale, making it anew failed")
    assert site.get("/countries/ukraine/").status == 500
    slow.is_broken = False
    assert "Bridge" in site.get("/news/").text


def test_what_was_removed_is_never_shown_although_making_it_anew_fails(make_site, slow):
    """Better nothing than what was published in error."""
    site = make_site(application=slow)
    edition = builders.published("Bridge")
    pages = [edition.get_absolute_url(), "/news/"]
    for page in pages:
        site.get(page)
    remove(edition)
    slow.is_broken = True
    assert [site.get(page).status for page in pages] == [500, 500]


def asked_meanwhile(make_site, slow, address, act):
    """Ask for a page, act, and ask again while it is made anew; return what the other reader got."""
    site = make_site(application=slow)
    site.get(address)
    act()
    others = []
    slow.meanwhile = lambda: others.append(site.get(address))
    site.get(address)
    return others[0]


def test_the_others_get_the_page_of_before_while_it_is_made_anew(make_site, slow):
    """One makes it; nobody waits."""
    reply = asked_meanwhile(make_site, slow, "/news/", lambda: builders.published("Bridge"))
    assert reply.how == "stale"
    assert slow.made == 2


@pytest.mark.parametrize("what", ["removal", "lateness"])
def test_the_others_wait_after_a_removal_and_after_some_tenths_of_a_second(make_site, slow, monkeypatch, what):
    """What is gone is gone for everybody, and nothing older than a second is shown."""
    monkeypatch.setattr(wrapper, "PATIENCE", 0.01)
    edition = builders.published("Bridge")
    act = (lambda: remove(edition)) if what == "removal" else (lambda: builders.published("Tunnel"))
    if what == "lateness":
        monkeypatch.setattr(wrapper, "STANDS_IN", 0.0)
    reply = asked_meanwhile(make_site, slow, "/news/", act)
    assert reply.how == "made"
    assert ("Bridge" not in reply.text) if what == "removal" else ("Tunnel" in reply.text)


def test_one_makes_a_page_that_is_not_there_and_the_others_wait(make_site, slow):
    """Thirty at once cost one rendering."""
    site = make_site(application=slow)
    site.get("/news/")
    turns, made = site.cache.turns, []
    assert turns.begin("this /x/")
    waiting = [threading.Thread(target=lambda: (turns.wait("this /x/", seconds=5), made.append(1))) for _n in range(5)]
    for thread in waiting:
        thread.start()
    assert not turns.begin("this /x/")
    assert made == []
    turns.end("this /x/")
    for thread in waiting:
        thread.join(5)
    assert made == [1] * 5


def test_a_claim_of_a_process_that_died_is_void_after_a_while(make_site, monkeypatch):
    """Killed over its work, it says nothing more."""
    site, other = make_site(), make_site()
    assert site.cache.store.claim("this /news/")
    assert not other.cache.store.claim("this /news/")
    monkeypatch.setattr("osce_site.page_cache.folder.CLAIM_LASTS", -1.0)
    assert other.cache.store.claim("this /news/")


@pytest.fixture
def database():
    """Return a switch: `database.is_away = True` makes every question fail."""

    class Switch:
        is_away = False

    def refuse(execute, *given):
        if Switch.is_away:
            raise OperationalError("the server is gone")
        return execute(*given)

    with connection.execute_wrapper(refuse):
        yield Switch


def test_without_a_database_visited_pages_are_shown_with_their_date(make_site, database, slow):
    """In the language of the page, and by themselves fresh again once it is back."""
    site = make_site(application=slow)
    edition = builders.published("Bridge")
    with time_machine.travel(datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC), tick=False) as clock:
        pages = ["/news/", "/fr/news/", edition.get_absolute_url()]
        for page in (*pages, "/news/feed.rss"):
            site.get(page)
        database.is_away, made = True, slow.made
        clock.shift(23 * 3600)
        replies = [site.get(page, HTTP_ACCEPT_ENCODING="gzip") for page in pages]
        assert {reply.how for reply in replies} == {"copy, the database is away"}
        assert all("2026" in reply.text.partition('id="copy"')[2].partition("</section>")[0] for reply in replies)
        assert "Bridge" in replies[2].text
        assert site.get("/news/feed.rss").text.startswith("<?xml")
        assert slow.made == made
        clock.shift(2 * 3600)
        slow.is_broken = True
        assert site.get("/news/").status == 500
        slow.is_broken = database.is_away = False
        back = site.get("/news/")
        assert (back.status, back.how) == (200, "made")
        assert 'id="copy"' not in back.text


def test_a_process_that_starts_without_a_database_shows_what_is_on_disk(make_site, database):
    """For a day from when it was made."""
    builders.published("Bridge")
    make_site().get("/news/")
    database.is_away = True
    reply = make_site().get("/news/")
    assert reply.how == "copy, the database is away"
    assert "Bridge" in reply.text


def test_without_a_database_nothing_is_shown_that_was_removed_before(make_site, database, slow):
    """The removal was read while the log could be."""
    site = make_site(application=slow)
    edition = builders.published("Bridge")
    page = edition.get_absolute_url()
    site.get(page)
    remove(edition)
    site.get("/countries/")
    database.is_away = slow.is_broken = True
    assert site.get(page).status == 500


def test_a_database_that_hangs_is_given_up_after_a_while(site):
    """One thread waits for it; the others answer from what is there."""
    builders.published("Bridge")
    site.get("/news/")
    log = site.cache.log
    log.looking.acquire()
    log.looking_since = time.monotonic()
    assert site.get("/news/").how == "hit"
    log.looking_since -= 3
    assert site.get("/news/").how == "copy, the database is away"
