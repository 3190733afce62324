"""What a mail says, and what nobody can make it say."""

from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone, translation

from news import workflow
from news.models import Edition, Person
from tests import builders
from tests.news.notices.inbox import text_to

pytestmark = pytest.mark.django_db


def test_a_mail_says_who_did_what_to_which_edition_when_and_what_to_do_next(act, draft, settings):
    """All that is needed to decide whether to go there now, and the way there."""
    settings.SITE_URL = "https://www.example.org"
    act("wera", workflow.submit, draft)
    text = text_to("edo")
    now = timezone.now()
    for part in (
        "Wera has submitted this edition for approval.",
        "Title: Talks open",
        "Kind: Press release",
        "Edition: 1",
        f"{now.astimezone(ZoneInfo('Europe/Vienna')):%H}:",
        "(Europe/Vienna)",
        "(UTC)",
        "Then approve it",
        f"https://www.example.org/admin/news/newsitem/{draft.item_id}/change/",
        "https://www.example.org/admin/your-settings/",
    ):
        assert part in text
    assert mail.outbox[0].subject == "Submitted: Talks open"


def test_a_mail_holds_nothing_of_a_draft_but_its_title(act, house):
    """Mail is read on the way, and kept for ever."""
    content = builders.content("Talks open", issued_by=[house.pk], summary="SENTINEL", body="<p>SENTINEL</p>")
    edition = act("wera", workflow.create_item, content)
    act("wera", workflow.submit, edition)
    assert mail.outbox
    assert not any("SENTINEL" in message.body + message.subject for message in mail.outbox)


@pytest.mark.parametrize(
    ("language", "words"), [("fr", ("Communiqué de presse", "novembre")), ("ru", ("Пресс-релиз", "ноября"))]
)
def test_a_mail_comes_in_its_readers_language_and_time_zone(act, draft, newsroom, language, words, time_machine):
    """The addresses lead to pages in that language too."""
    kind, month = words
    Person.objects.filter(user=newsroom["edo"]).update(language=language, time_zone="Asia/Tashkent")
    time_machine.move_to("2026-11-24T22:30Z")
    act("wera", workflow.submit, draft)
    text = text_to("edo")
    assert kind in text
    assert f"25 {month} 2026" in text.split("(Asia/Tashkent)")[0]
    assert "03:30 (Asia/Tashkent)" in text
    assert "22:30 (UTC)" in text
    assert f"/{language}/admin/news/newsitem/{draft.item_id}/change/" in text
    assert "submitted this edition" in text_to("pia")
    assert translation.get_language() == "en"


def test_the_repeated_hour_can_be_told_by_utc(act, draft, time_machine):
    """At the end of October Vienna has 02:30 twice."""
    time_machine.move_to("2026-10-25T01:30Z")
    act("wera", workflow.submit, draft)
    assert "02:30 (Europe/Vienna); 25 October 2026, 01:30 (UTC)" in text_to("edo")


def test_a_zone_that_is_gone_from_the_database_of_zones_stops_no_mail(act, draft, newsroom):
    """It comes in Vienna's time."""
    Person.objects.filter(user=newsroom["edo"]).update(time_zone="Europe/Atlantis")
    act("wera", workflow.submit, draft)
    assert "(Europe/Vienna)" in text_to("edo")


HOSTILE = "Talks\r\nBcc: all@example.org\n\nX\u2028Y\u0085Z\u202e\x0b\x1fW"


def test_a_title_cannot_write_headers_or_lines_of_the_mail(act, house, newsroom):
    """Line breaks and signs that nobody sees are left out; a name that is one cannot either."""
    newsroom["wera"].first_name = "Wera\nBcc: all@example.org"
    edition = act("wera", workflow.create_item, builders.content("Quiet", issued_by=[house.pk]))
    Edition.objects.filter(pk=edition.pk).update(title=HOSTILE)
    act("wera", workflow.submit, edition)
    message = next(message for message in mail.outbox if message.to == ["edo@example.org"])
    assert message.subject == "Submitted: Talks Bcc: all@example.org X Y Z W"
    assert message.message()["Bcc"] is None
    assert not any(line.startswith("Bcc") for line in message.body.splitlines())


def test_a_remark_cannot_pass_for_words_of_the_site(act, submitted):
    """Each of its lines is indented."""
    act("edo", workflow.send_back, submitted, remark="Mend it.\n\nWhat to do next:\nhttps://evil.example/")
    assert "\nhttps://evil.example/" not in text_to("wera")
    assert "    https://evil.example/" in text_to("wera")


def test_a_long_title_makes_no_long_subject(act, house):
    """300 letters are allowed in a title."""
    edition = act("wera", workflow.create_item, builders.content("W" * 300, issued_by=[house.pk]))
    act("wera", workflow.submit, edition)
    assert len(mail.outbox[0].subject) < 120
