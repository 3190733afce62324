"""What a browser gets: its encoding, 304, headers alone; and what never comes from the cache."""

import datetime

import pytest
import time_machine

from news import workflow
from news.models import FormerAddress
from news.workflow import RemovalWish
from osce_site.page_cache.encodings import ENCODERS, chosen
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip, br;q=0", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("identity", ""),
        ("gzip;q=nonsense", ""),
        ("x" * 10_000, ""),
    ],
)
def test_a_browser_gets_the_best_encoding_that_it_takes(site, accepted, encoding):
    """What it weighs with 0 is refused; without any of ours it gets the plain text."""
    builders.published("Bridge")
    site.get("/news/")
    reply = site.get("/news/", HTTP_ACCEPT_ENCODING=accepted)
    assert reply.headers.get("Content-Encoding", "") == encoding
    assert reply.headers["Content-Length"] == str(len(reply.body))
    assert reply.headers["Vary"] == "Accept-Encoding"
    assert "Bridge" in reply.text


def test_the_first_answer_is_encoded_as_those_after_it(site):
    """Nobody waits twice for a smaller page."""
    first, second = (site.get("/news/", HTTP_ACCEPT_ENCODING="br") for _time in range(2))
    assert (first.how, second.how) == ("made", "hit")
    assert first.body == second.body


@pytest.mark.parametrize("accepted", ["", *ENCODERS])
def test_each_encoding_has_its_tag_and_304(site, accepted):
    """A cache that keeps both must not take one for the other."""
    reply = site.get("/news/", HTTP_ACCEPT_ENCODING=accepted)
    known = site.get("/news/", HTTP_ACCEPT_ENCODING=accepted, HTTP_IF_NONE_MATCH=f'"other", W/{reply.headers["ETag"]}')
    assert (known.status, known.body, known.headers["ETag"]) == (304, b"", reply.headers["ETag"])
    assert "Content-Length" not in known.headers
    other = "gzip" if accepted != "gzip" else "br"
    assert site.get("/news/", HTTP_ACCEPT_ENCODING=other, HTTP_IF_NONE_MATCH=reply.headers["ETag"]).status == 200


def test_a_page_that_has_changed_is_sent_whole(site):
    """The tag names the text."""
    tag = site.get("/news/").headers["ETag"]
    builders.published("Bridge")
    assert site.get("/news/", HTTP_IF_NONE_MATCH=tag).status == 200


def test_a_feed_answers_its_date(site, make_site):
    """Many feed readers send no tag."""
    site.get("/news/feed.rss")
    with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=1)):
        site = make_site(folder=None)
        reply = site.get("/news/feed.rss")
        _answers_its_date(site, reply)


def _answers_its_date(site, reply):
    dated = reply.headers["Last-Modified"]
    assert site.get("/news/feed.rss", HTTP_IF_MODIFIED_SINCE=dated).status == 304
    assert site.get("/news/feed.rss", HTTP_IF_MODIFIED_SINCE="Thu, 01 Jan 1998 00:00:00 GMT").status == 200
    assert site.get("/news/feed.rss", HTTP_IF_MODIFIED_SINCE=dated, HTTP_IF_NONE_MATCH='"other"').status == 200


def test_head_gets_the_headers_alone(site):
    """Before the page is kept as after."""
    replies = [site.get("/news/", method="HEAD") for _time in range(2)]
    whole = site.get("/news/")
    assert [reply.how for reply in replies] == ["made", "hit"]
    assert all(reply.body == b"" for reply in replies)
    assert all(reply.headers["Content-Length"] == whole.headers["Content-Length"] for reply in replies)
    missing = site.get("/nowhere/", method="HEAD")
    assert (missing.status, missing.body) == (404, b"")


def test_a_range_gets_the_whole_page(site):
    """Ranges are for files."""
    site.get("/news/")
    assert site.get("/news/", HTTP_RANGE="bytes=0-10").status == 200


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("/news/", {"HTTP_COOKIE": "a=b; sessionid=xyz"}),
        ("/news/", {"HTTP_AUTHORIZATION": "Basic eDp5"}),
        ("/news/", {"method": "POST"}),
        ("/news/?at=2021-01-01T00:00:00Z", {}),
        ("/news/export.csv", {}),
        ("/search/?q=bridge", {}),
        ("/admin/login/", {}),
        ("/api/v1/news/", {}),
        ("/sitemap.xml", {}),
        ("/countries/choose/?country=ukraine", {}),
        ("/nowhere/", {}),
        ("/news", {}),
        ("/news/?page=99", {}),
        ("/news/%3Fcountry=ukraine", {}),
        ("/static/site/css/tokens.css", {}),
        ("/files/attachments/1/paper.pdf", {}),
        ("/files/cards/1.jpg", {}),
    ],
)
def test_what_is_not_for_everybody_or_no_page_is_never_kept(site, address, given):
    """Not even after the page itself was kept."""
    builders.country("Ukraine")
    site.get("/news/")
    site.get("/news/?country=ukraine")
    held = len(site.cache.memory.tried.pages) + len(site.cache.memory.proven.pages)
    replies = [site.get(address, **given) for _time in range(2)]
    assert [reply.how for reply in replies] == ["", ""]
    assert len(site.cache.memory.tried.pages) + len(site.cache.memory.proven.pages) == held


def test_a_session_reads_nothing_kept_and_leaves_nothing(site, client, admin_user):
    """The page that an editor sees may be another one some day."""
    client.force_login(admin_user)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    assert site.get("/news/", HTTP_COOKIE=cookie).how == ""
    assert site.get("/news/").how == "made"
    assert site.get("/news/", HTTP_COOKIE=cookie).how == ""


def test_a_strange_host_is_refused_although_the_page_is_kept(site):
    """Django says so, as ever."""
    site.get("/news/")
    assert site.get("/news/", HTTP_HOST="evil.example").status == 400


STRANGE_NAMES = """
    X-Forwarded-Host X-Forwarded-For X-Forwarded-Proto X-Forwarded-Port X-Forwarded-Scheme X-Forwarded-Server
    X-Forwarded-Prefix X-Forwarded-Path Forwarded X-Host X-Original-URL X-Original-Host X-Rewrite-URL X-Real-IP
    X-Client-IP X-HTTP-Method-Override X-Method-Override X-Wap-Profile X-Timer X-Url-Scheme X-Scheme Via
    Accept Accept-Language Accept-Charset User-Agent Referer Origin Cookie2 From DNT Save-Data X-Requested-With
    Upgrade-Insecure-Requests True-Client-IP CF-Connecting-IP Fastly-Client-IP X-Country X-Debug Front-End-Https
    Sec-Fetch-Mode Viewport-Width
"""
STRANGE = {f"HTTP_{name.upper().replace('-', '_')}": "evil.example/<script>" for name in STRANGE_NAMES.split()}
STRANGE["HTTP_COOKIE"] = "django_language=fr; csrftoken=evil"


def test_no_header_of_a_browser_reaches_the_page_of_others(make_site):
    """Forty headers that no key holds: the page of who sends them is that of who doesn't."""
    assert len(STRANGE) >= 40
    poisoned, clean = make_site(folder=None), make_site(folder=None)
    for address in ("/news/", "/", "/fr/news/", "/news/feed.atom", "/countries/"):
        first = poisoned.get(address, **STRANGE)
        assert (first.how, poisoned.get(address).how) == ("made", "hit")
        assert poisoned.get(address).text == clean.get(address).text, address
        assert "evil" not in first.text


@pytest.mark.parametrize(
    "path", ["foo.css", "x.js", ";a.css", "%2e%2e/", "..%2fadmin/", "%00", "%ff", "//", "index.html"]
)
def test_no_path_below_a_page_is_that_page(site, path):
    """A shared cache that goes by endings must not keep a page as a style sheet."""
    edition = builders.published("Bridge")
    reply = site.get(edition.get_absolute_url() + path)
    assert reply.how == ""
    assert reply.status in {301, 404}


def test_a_strangers_parameters_fill_no_cache(site):
    """One page, however it is asked for; a view's own parameters count, others' don't."""
    edition = builders.published("Bridge")
    address = edition.get_absolute_url()
    site.get(address)
    for number in range(20):
        assert site.get(f"{address}?utm_source={number}&page={number}&fbclid=x").how == "kept"
    assert site.get("/news/?utm_source=x").how == "made"
    assert site.get("/news/").how == "hit"


def test_a_redirect_is_kept_and_keeps_a_strangers_parameters(site, tmp_path):
    """It answers its very own address alone; no number of them fills the disk."""
    edition = builders.published("Bridge")
    wrong, right = f"/news/{edition.item_id}/wrong/", edition.get_absolute_url()
    for sent in ("", "?utm_source=mail", "?utm_source=other", ""):
        reply = site.get(wrong + sent)
        assert (reply.status, reply.headers["Location"]) == (301, right + sent)
    assert (reply.how, reply.body) == ("hit", b"")
    assert site.get(wrong, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH="*").status == 301
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [site.get("/news/?sort=newest").how for _time in range(2)] == ["made", "hit"]


def test_what_is_gone_is_kept_as_gone(site):
    """Until it is published again; its answer has no validator, for nobody asks whether it still is gone (RFC 9110)."""
    edition = builders.published("Bridge")
    page = edition.get_absolute_url()
    workflow.remove(edition.item, RemovalWish(kind="error", reason="x", explanation="Why."), by=None)
    replies = [site.get(page, HTTP_ACCEPT_ENCODING="zstd", HTTP_IF_NONE_MATCH="*") for _time in range(2)]
    assert [(reply.status, reply.how) for reply in replies] == [(410, "made"), (410, "hit")]
    assert "Why." in replies[1].text
    assert "ETag" not in replies[1].headers
    workflow.restore(edition.item, by=None)
    assert "Bridge" in site.get(page).text


def test_a_former_address_is_kept_by_nobody(site):
    """It comes with an import, and no act of publishing tells of it."""
    edition = builders.published("Bridge")
    FormerAddress.objects.create(item=edition.item, path="/ukraine/old-bridge", language="en")
    replies = [site.get("/ukraine/old-bridge/") for _time in range(2)]
    assert [(reply.status, reply.how) for reply in replies] == [(301, "made")] * 2


def test_what_is_chosen_ignores_how_a_header_is_written():
    """Capitals and spaces mean nothing."""
    assert chosen("GZIP ; q=1.0 , BR; q=0.1") == "gzip"
