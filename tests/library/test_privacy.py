"""A file is as public as the editions that hold it, at every kind of address, by the clock and by who asks."""

import datetime

import pytest
import time_machine
from django.test import Client

from library.models import Attachment, Logo
from news import workflow
from news.workflow import RemovalWish
from tests import builders
from tests.library import shelves

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]

MOMENT = datetime.datetime(2035, 5, 1, 10, 0, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)
HOUR = datetime.timedelta(hours=1)
KINDS = (
    "rendition",
    "not yet rendered",
    "picture in the text",
    "poster",
    "lasting address",
    "version",
    "page",
    "version of a page",
    "recording",
    "transcript",
    "attachment in the text",
    "card",
)


def held() -> tuple[dict, dict[str, str]]:
    """Return fields of an item that holds one of each, and the addresses of all but its card."""
    first, bare = shelves.rendered(shelves.image()), shelves.image()
    embedded, poster = shelves.rendered(shelves.image()), shelves.rendered(shelves.image())
    document = shelves.attachment("Method")
    inside = shelves.attachment("Inside")
    page = shelves.attachment("Page", kind="page", content=b"<p>Read me.</p>")
    talk = shelves.attachment(
        "Talk", kind="video", format="mp4", content=b"film", poster=poster, transcript="<p>Good morning.</p>"
    )
    body = f'<p>Text.</p><figure data-image="{embedded.pk}"></figure><figure data-attachment="{inside.pk}"></figure>'
    fields = {
        "body": body,
        "pictures": [first.pk, bare.pk],
        "attachments": [document.pk, page.pk, talk.pk],
    }
    files = "/files/attachments"
    return fields, {
        "rendition": f"/files/images/{first.pk}/3x2-480.avif",
        "not yet rendered": f"/files/images/{bare.pk}/1x1-192.jpg",
        "picture in the text": f"/files/images/{embedded.pk}/whole-640.webp",
        "poster": f"/files/images/{poster.pk}/16x9-960.jpg",
        "lasting address": f"{files}/{document.pk}/method.pdf",
        "version": f"{files}/{document.pk}/versions/1/method.pdf",
        "page": f"{files}/{page.pk}/page.html",
        "version of a page": f"{files}/{page.pk}/versions/1/page.html",
        "recording": f"{files}/{talk.pk}/talk.mp4",
        "transcript": f"{files}/{talk.pk}/transcript/",
        "attachment in the text": f"{files}/{inside.pk}/inside.pdf",
    }


def scheduled(fields):
    """Approve an item for the moment, a day before it."""
    draft = builders.draft("Story", **fields, issued_at=MOMENT - 24 * HOUR)
    return workflow.approve(draft, visible_from=MOMENT, now=MOMENT - 23 * HOUR, by=None)


def statuses(addresses, client=None, at=None) -> dict[str, int]:
    """Return what each address answers at the moment; a redirect of the card is as public as its goal is."""
    with time_machine.travel(at or MOMENT + HOUR, tick=False):
        return {kind: (client or Client()).get(address).status_code for kind, address in addresses.items()}


@pytest.fixture
def story():
    """Return an edition that is public from the moment on, and its files' addresses."""
    with time_machine.travel(MOMENT - 23 * HOUR, tick=False):
        fields, addresses = held()
        edition = scheduled(fields)
    return edition, addresses | {"card": f"/files/cards/{edition.pk}.jpg"}


def all_answer(status: int) -> dict[str, int]:
    """Return that every kind of address answers so; a card leads to the first picture until it is drawn."""
    return {kind: 302 if status == 200 and kind == "card" else status for kind in KINDS}


def test_before_the_moment_nothing_is_there_and_from_it_on_everything(story):
    """To the second; nobody is told that there will be something."""
    _edition, addresses = story
    assert statuses(addresses, at=MOMENT - SECOND) == all_answer(404)
    assert statuses(addresses, at=MOMENT) == all_answer(200)


def test_a_draft_keeps_its_files_to_itself():
    """Saved, submitted, returned: to a visitor there is no such file."""
    fields, addresses = held()
    draft = builders.draft("Story", **fields)
    addresses["card"] = f"/files/cards/{draft.pk}.jpg"
    assert statuses(addresses) == all_answer(404)


def test_what_was_scheduled_and_is_taken_back_stays_hidden(story):
    """The moment passes, and nothing happens."""
    edition, addresses = story
    workflow.unschedule(edition, by=None, now=MOMENT - HOUR)
    assert statuses(addresses) == all_answer(404)


def test_what_another_edition_replaced_stays_in_the_record(story):
    """The old edition can still be read, with its pictures."""
    edition, addresses = story
    with time_machine.travel(MOMENT + HOUR, tick=False):
        builders.next_edition(edition, "Story without files", issued_at=MOMENT - 24 * HOUR)
    assert statuses(addresses, at=MOMENT + 2 * HOUR) == all_answer(200)


@pytest.mark.parametrize("kind", ["withdrawn", "consolidated"])
def test_what_was_withdrawn_or_consolidated_stays_in_the_record(story, kind):
    """Its pages say so; its files are there as these are."""
    edition, addresses = story
    leads_to = builders.published("Another").item
    goal = {"leads_to": str(leads_to.pk)} if kind == "consolidated" else {"explanation": "It was outdated."}
    wish = RemovalWish(kind=kind, reason="Outdated.", **goal)
    with time_machine.travel(MOMENT + HOUR, tick=False):
        workflow.remove(edition.item, wish, by=None)
    assert statuses(addresses, at=MOMENT + 2 * HOUR) == all_answer(200)


def test_what_was_published_in_error_is_gone_and_comes_back_when_that_is_undone(story):
    """410 at every address, and no word of what it was."""
    edition, addresses = story
    with time_machine.travel(MOMENT + HOUR, tick=False):
        workflow.remove(edition.item, RemovalWish(kind="error", reason="The wrong file."), by=None)
    assert statuses(addresses, at=MOMENT + 2 * HOUR) == all_answer(410)
    with time_machine.travel(MOMENT + 2 * HOUR, tick=False):
        shown = Client().get(addresses["page"])
        assert b"published in error" in shown.content
        assert b"Read me" not in shown.content
        assert b"<title>Page" not in shown.content
        workflow.restore(edition.item, by=None)
    assert statuses(addresses, at=MOMENT + 3 * HOUR) == all_answer(200)


def test_a_file_that_another_public_item_holds_stays(story):
    """One of two was published in error."""
    edition, addresses = story
    fields = {"pictures": [int(addresses["rendition"].split("/")[3])]}
    builders.published("Another", **fields)
    with time_machine.travel(MOMENT + HOUR, tick=False):
        workflow.remove(edition.item, RemovalWish(kind="error", reason="The wrong text."), by=None)
    found = statuses(addresses, at=MOMENT + 2 * HOUR)
    assert found["rendition"] == 200
    assert set(found.values()) == {200, 410}


def signed_in(*rights, **fields) -> Client:
    """Return the browser of a user with these rights, who signed in a moment before."""
    client = Client()
    with time_machine.travel(MOMENT - 2 * HOUR, tick=False):
        client.force_login(builders.member_of_staff("ann", *rights, **fields))
    return client


def test_staff_see_what_is_not_public_yet_and_no_cache_keeps_it(story):
    """Whoever has the right to see the library; nothing of it may stay in a browser that others use."""
    _edition, addresses = story
    addresses = {kind: address for kind, address in addresses.items() if kind != "card"}
    client = signed_in("view_image", "view_attachment", *builders.EDITOR, "work_everywhere")
    with time_machine.travel(MOMENT - HOUR, tick=False):
        for kind, address in addresses.items():
            answer = client.get(address)
            assert answer.status_code == 200, kind
            assert answer["Cache-Control"] == "private, no-store", kind


def test_files_of_another_institutions_draft_are_nobody_elses(story):
    """As the draft itself; pictures are of the whole house, attachments are not."""
    _edition, addresses = story
    client = signed_in("view_image", "view_attachment", *builders.EDITOR)
    found = statuses(addresses, client, at=MOMENT - HOUR)
    assert found["rendition"] == 200
    assert found["lasting address"] == found["version"] == 404


@pytest.mark.parametrize("rights", [(), ("view_country",)], ids=["none", "of something else"])
def test_staff_without_the_right_see_nothing(story, rights):
    """An account is not enough."""
    _edition, addresses = story
    client = signed_in(*rights)
    assert statuses(addresses, client, at=MOMENT - HOUR) == all_answer(404)


def test_a_user_who_is_no_staff_has_no_rights_here(story):
    """Whatever rights the account has."""
    _edition, addresses = story
    client = signed_in("view_image", "view_attachment", is_staff=False)
    assert statuses(addresses, client, at=MOMENT - HOUR) == all_answer(404)


def test_public_files_know_no_cookie_and_refusals_are_kept_by_nobody(story):
    """A shared cache may keep what is public; that something is not there must not outlive the moment."""
    _edition, addresses = story
    for kind, address in addresses.items():
        with time_machine.travel(MOMENT, tick=False):
            public = Client().get(address)
        assert not public.cookies, kind
        assert "Cookie" not in public.get("Vary", ""), kind
        assert public["Cache-Control"] in {"public, max-age=300", "no-cache"}, kind
        with time_machine.travel(MOMENT - SECOND, tick=False):
            hidden = Client().get(address)
        assert not hidden.cookies, kind
        assert hidden["Cache-Control"] == "no-store", kind


def test_a_wrong_name_tells_nothing_before_the_moment(story):
    """The redirect to the right name would tell the title."""
    _edition, addresses = story
    guess = addresses["lasting address"].replace("method.pdf", "x.pdf")
    assert statuses({"x": guess}, at=MOMENT - SECOND) == {"x": 404}
    assert statuses({"x": guess}, at=MOMENT) == {"x": 301}


def test_a_replaced_file_stands_at_the_lasting_address_from_the_edition_on_that_has_it(story):
    """The old one stays where the old edition names it; the new one is nowhere before."""
    edition, addresses = story
    number = int(addresses["lasting address"].split("/")[3])
    attachment = Attachment.objects.get(pk=number)
    shelves.version(attachment, shelves.PDF + b"new\n")
    new = addresses["version"].replace("versions/1", "versions/2")
    assert statuses({"new": new, "old": addresses["version"]}) == {"new": 404, "old": 200}
    with time_machine.travel(MOMENT + HOUR, tick=False):
        assert sent(addresses["lasting address"]) == shelves.PDF
        builders.next_edition(edition, "Story", attachments=[number], issued_at=MOMENT - 24 * HOUR)
    with time_machine.travel(MOMENT + 2 * HOUR, tick=False):
        assert sent(addresses["lasting address"]) == shelves.PDF + b"new\n"
        assert sent(new) == shelves.PDF + b"new\n"
        assert sent(addresses["version"]) == shelves.PDF


def sent(address: str) -> bytes:
    """Return the bytes at the address."""
    answer = Client().get(address)
    return b"".join(answer.streaming_content)


def test_a_file_that_no_edition_holds_is_not_public():
    """A fresh upload, whatever its number."""
    made = shelves.rendered(shelves.image())
    document = shelves.attachment()
    addresses = {
        "image": f"/files/images/{made.pk}/3x2-480.avif",
        "file": f"/files/attachments/{document.pk}/the-method.pdf",
    }
    assert statuses(addresses) == {"image": 404, "file": 404}


def test_the_logo_of_an_institution_is_public():
    """It stands on its page."""
    made = shelves.rendered(shelves.image())
    Logo.objects.create(institution=builders.institution("Secretariat"), image=made)
    assert statuses({"logo": f"/files/images/{made.pk}/whole-320.webp"}) == {"logo": 200}
