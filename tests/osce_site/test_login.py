"""The throttled login, seen from outside: who is locked, for how long, and that no answer tells which names exist."""

import datetime
import ipaddress
import re
from typing import Any

import pytest
import time_machine
from django.contrib.auth import hashers
from django.test import Client, RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as some

from osce_site.login import throttled_address
from tests import builders

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
HERE, ELSEWHERE = "192.0.2.7", "198.51.100.4"
NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _anna() -> None:
    """Have someone to log in as."""
    builders.member_of_staff("anna", *builders.EDITOR)


def log_in(name: str = "anna", password: str = "wrong", *, address: str = HERE, **headers: str) -> Any:  # noqa: S107 - no secret
    """Try to log in from an address with a fresh browser."""
    return Client(REMOTE_ADDR=address).post(
        LOGIN, {"username": name, "password": password, "next": "/admin/"}, headers=headers
    )


def fail(times: int, **attempt: Any) -> list[int]:
    """Fail so many times, and return the answers' statuses."""
    return [log_in(**attempt).status_code for _ in range(times)]


def test_the_right_password_opens_the_admin():
    """And the page that was asked for."""
    answer = log_in(password=builders.PASSWORD)
    assert answer.status_code == 302
    assert answer["Location"] == "/admin/"


def test_the_fifth_failure_locks_the_pair_even_for_the_right_password():
    """The answer is 429, says how long, and what to do."""
    assert fail(5) == [200, 200, 200, 200, 429]
    answer = log_in(password=builders.PASSWORD)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "Wait 15 minutes and try once more" in answer.content.decode()


def test_another_address_still_gets_in():
    """Nobody can lock a person out everywhere."""
    fail(5)
    assert log_in(password=builders.PASSWORD, address=ELSEWHERE).status_code == 302


def test_another_name_still_gets_in_from_the_same_address():
    """An office shares one address."""
    builders.member_of_staff("boris", *builders.EDITOR)
    fail(5)
    assert log_in("boris", builders.PASSWORD).status_code == 302


def test_the_lock_ends_after_a_quarter_of_an_hour_whatever_was_tried_meanwhile():
    """Knocking on the locked door doesn't keep it locked."""
    with time_machine.travel(NOW, tick=False) as clock:
        fail(5)
        clock.shift(datetime.timedelta(minutes=14, seconds=59))
        assert log_in(password=builders.PASSWORD).status_code == 429
        clock.shift(datetime.timedelta(seconds=2))
        assert log_in(password=builders.PASSWORD).status_code == 302


def test_a_success_forgets_the_failures_before_it():
    """Four typing errors today don't count tomorrow."""
    fail(4)
    log_in(password=builders.PASSWORD)
    assert fail(4) == [200] * 4


def test_another_browser_or_spelling_of_the_name_is_the_same_pair():
    """Neither a new user agent nor a name in full-width letters starts a new count."""
    for number in range(5):
        log_in("ａｎｎａ" if number % 2 else " anna ", **{"User-Agent": f"Browser {number}"})
    assert log_in(password=builders.PASSWORD).status_code == 429


def without_what_differs(answer: Any, name: str) -> str:
    """Return the page without the name that was typed, the form's token and the policy's nonce."""
    page = answer.content.decode().replace(name, "NAME")
    return re.sub(r'(nonce|name="csrfmiddlewaretoken" value)="[^"]*"', "", page)


def test_no_answer_tells_whether_a_name_exists_is_active_or_is_staff():
    """The same texts and statuses, the lock included, for every name."""
    builders.member_of_staff("left", is_active=False)
    builders.member_of_staff("guest", is_staff=False)
    told = {}
    for name in ("anna", "nobody", "left", "guest"):
        answers = [log_in(name) for _ in range(5)]
        told[name] = [(answer.status_code, without_what_differs(answer, name)) for answer in answers]
    assert told["anna"] == told["nobody"] == told["left"] == told["guest"]


def test_an_unknown_name_costs_as_much_work_as_a_known_one(monkeypatch):
    """Each attempt hashes a password once; the time taken tells nothing."""
    hashed = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda *arguments: hashed.append(1) or encode(*arguments))
    log_in("anna")
    known = len(hashed)
    log_in("nobody")
    assert len(hashed) == 2 * known


def test_a_header_that_anyone_can_send_opens_no_new_count():
    """X-Forwarded-For is not believed by default."""
    for number in range(5):
        log_in(**{"X-Forwarded-For": f"203.0.113.{number}"})
    assert log_in(password=builders.PASSWORD).status_code == 429


def test_behind_a_proxy_of_ours_each_visitor_counts_alone(settings):
    """And what a visitor writes into the header himself is not believed either."""
    settings.PROXY_COUNT = 1
    for number in range(5):
        log_in(**{"X-Forwarded-For": f"203.0.113.{number}, {HERE}"}, address="10.0.0.1")
    assert log_in(password=builders.PASSWORD, address="10.0.0.1", **{"X-Forwarded-For": HERE}).status_code == 429
    assert log_in(password=builders.PASSWORD, address="10.0.0.1", **{"X-Forwarded-For": ELSEWHERE}).status_code == 302


def test_the_addresses_of_one_ipv6_connection_count_together():
    """A connection has 2⁶⁴ of them."""
    for number in range(5):
        log_in(address=f"2001:db8:1:2::{number + 1}")
    assert log_in(password=builders.PASSWORD, address="2001:db8:1:2:ffff::9").status_code == 429
    assert log_in(password=builders.PASSWORD, address="2001:db8:1:3::1").status_code == 302


@given(header=some.text(max_size=60).filter(str.isprintable), proxies=some.integers(0, 3))
def test_no_header_makes_the_address_anything_but_an_address(header, proxies):
    """Whatever is sent, what counts is an address or nothing."""
    request = RequestFactory().get("/", headers={"X-Forwarded-For": header}, REMOTE_ADDR=HERE)
    with override_settings(PROXY_COUNT=proxies):
        found = throttled_address(request)
    assert found
    ipaddress.ip_address(found)


def test_the_answer_to_a_locked_pair_speaks_the_language_of_the_page():
    """And asks no browser to keep it."""
    for _ in range(5):
        answer = Client(REMOTE_ADDR=HERE).post(f"/fr{LOGIN}", {"username": "anna", "password": "wrong"})
    assert answer.status_code == 429
    assert '<html lang="fr"' in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
