"""Pages in Redis, which may be gone; pages that are there before anybody asks."""

import os
import uuid

import pytest
import redis

from osce_site.page_cache import warming
from osce_site.page_cache.redis_store import RedisStore
from tests import builders

pytestmark = pytest.mark.django_db

ADDRESS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
NOWHERE = "redis://127.0.0.1:1/0"  # nobody listens there


@pytest.fixture
def make_shared(make_site):
    """Start processes of the site that share Redis, under a name that no other test uses."""
    try:
        redis.Redis.from_url(ADDRESS, socket_connect_timeout=1).ping()
    except redis.RedisError:
        pytest.skip(f"No Redis answers at {ADDRESS} (TEST_REDIS_URL).")
    release = uuid.uuid4().hex
    return lambda address=ADDRESS: make_site(store=RedisStore(address), release=release)


def test_what_one_machine_has_made_another_one_shows(make_shared):
    """Until something of it changes; one of them makes it anew, and one keeps pages warm."""
    builders.published("Tunnel")
    first, second = make_shared(), make_shared()
    assert [first.get("/news/").how, second.get("/news/").how, second.get("/news/").how] == ["made", "kept", "hit"]
    builders.published("Bridge")
    assert [second.get("/news/").how, first.get("/news/").how] == ["made", "kept"]
    assert first.cache.store.claim("this /x/")
    assert second.cache.store.is_claimed("this /x/")
    assert not second.cache.store.claim("this /x/")
    first.cache.store.release("this /x/")
    assert second.cache.store.claim("this /x/")
    second.cache.store.release("this /x/")


def test_a_damaged_page_in_redis_is_as_good_as_none(make_shared):
    """It is made anew, and written anew."""
    builders.published("Bridge")
    make_shared().get("/news/")
    store = make_shared().cache.store
    name = f"pages:{make_shared().cache.release} /news/"
    assert store.redis.exists(name)
    store.redis.set(name, b"garbage")
    assert [make_shared().get("/news/").how for _time in range(2)] == ["made", "kept"]


def test_redis_that_is_gone_costs_no_answer(make_site, caplog):
    """It is asked once, and then not for some seconds."""
    site = make_site(store=RedisStore(NOWHERE))
    assert [site.get("/news/").how for _time in range(3)] == ["made", "hit", "hit"]
    assert site.get("/countries/").how == "made"
    assert caplog.text.count("does not answer") == 1
    assert "127.0.0.1" in caplog.text


def test_the_first_pages_are_there_before_anybody_asks(make_site, monkeypatch):
    """Home, lists, countries, institutions and fields of work, in all languages; and anew after each change."""
    monkeypatch.setattr(warming, "REST", 0)
    builders.country("Ukraine")
    builders.institution("Office")
    builders.topic("Media")
    warm, cold = make_site(), make_site()
    warm.cache.log.catch_up()
    warm.cache.warmer.go_round()
    for address in (
        "/",
        "/fr/",
        "/news/",
        "/ru/countries/ukraine/",
        "/institutions/office/",
        "/de/fields-of-work/media/",
    ):
        assert cold.get(address).how == "kept", address
    assert warm.cache.memory.bytes == 0  # memory is for what readers ask for
    builders.published("Bridge", issued_by=[1])
    for site in (warm, cold):
        site.cache.log.next_look = 0.0
    warm.cache.log.catch_up()
    warm.cache.warmer.go_round()
    assert cold.get("/").how == "kept"
    assert "Bridge" in cold.get("/").text


def test_one_process_of_a_machine_keeps_pages_warm(make_site):
    """Which it is ends with it."""
    first, second = make_site().cache.store, make_site().cache.store
    assert first.may_warm()
    assert not second.may_warm()
    assert first.may_warm()
    os.close(first.warming)  # as the end of the process does
    assert second.may_warm()
