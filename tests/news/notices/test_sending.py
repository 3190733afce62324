"""When mails go out: at once or once a day, and at last, whatever the mail server does meanwhile."""

import datetime
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.core.management import CommandError, call_command
from django.utils import timezone

from news import workflow
from news.models import Edition, Notice, Person
from news.notices import sending
from tests import builders
from tests.news.notices.inbox import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def failures(monkeypatch):
    """Return what the mail server answers, by address; "" is the address of the server itself."""
    answers = {}

    class Backend(locmem.EmailBackend):
        def open(self):
            if "" in answers:
                raise answers[""]

        def send_messages(self, messages):
            for message in messages:
                if message.to[0] in answers:
                    raise answers[message.to[0]]
            return super().send_messages(messages)

    monkeypatch.setattr(locmem, "EmailBackend", Backend)
    return answers


@pytest.fixture
def digest_for(newsroom):
    """Return what lets a person be told once a day."""
    return lambda name: Person.objects.filter(user=newsroom[name]).update(mail="digest")


def waiting() -> int:
    """Count the notices that nobody has been sent."""
    return Notice.objects.filter(sent_at__isnull=True).count()


def test_a_mail_that_went_out_is_marked_and_goes_out_once(act, draft):
    """A second run has nothing to do."""
    act("wera", workflow.submit, draft)
    assert (len(mail.outbox), waiting()) == (3, 0)
    call_command("send_notices")
    assert len(mail.outbox) == 3


def test_a_mail_says_that_a_machine_sent_it(act, draft):
    """So nobody's absence note answers it; and it is known again if it comes twice."""
    act("wera", workflow.submit, draft)
    headers = [message.extra_headers for message in mail.outbox]
    assert {given["Auto-Submitted"] for given in headers} == {"auto-generated"}
    assert len({given["Message-ID"] for given in headers}) == 3


def test_a_mail_server_that_is_down_fails_no_act_and_the_mails_go_out_later(act, draft, failures, caplog):
    """The act is done, the failure stands in the log, the notices wait."""
    failures[""] = ConnectionRefusedError("nobody listens")
    edition = act("wera", workflow.submit, draft)
    assert Edition.objects.get(pk=edition.pk).state == "submitted"
    assert (mail.outbox, waiting()) == ([], 3)
    assert "up to 3 mails wait" in caplog.text
    with pytest.raises(CommandError, match="nobody listens"):
        call_command("send_notices")
    failures.clear()
    call_command("send_notices")
    assert told() == {"edo", "pia", "paul"}
    assert waiting() == 0


def test_a_server_that_goes_down_meanwhile_leaves_the_rest_waiting(act, draft, failures):
    """What went out before stays sent."""
    failures["pia@example.org"] = smtplib.SMTPServerDisconnected("gone")
    act("wera", workflow.submit, draft)
    assert (told(), waiting()) == ({"edo"}, 2)


@pytest.mark.parametrize(
    "refusal",
    [
        smtplib.SMTPRecipientsRefused({"edo@example.org": (550, b"unknown")}),
        smtplib.SMTPDataError(554, b"no"),
        ValueError("Invalid address"),
    ],
    ids=["address unknown", "text refused", "no address"],
)
def test_an_address_that_is_refused_holds_up_nobody_else(act, draft, failures, refusal, caplog):
    """It is logged, and tried again by the next run."""
    failures["edo@example.org"] = refusal
    act("wera", workflow.submit, draft)
    assert (told(), waiting()) == ({"pia", "paul"}, 1)
    assert "was refused and waits" in caplog.text
    with pytest.raises(CommandError, match="Refused, and waiting: 1"):
        call_command("send_notices")


def test_who_acts_waits_for_some_mails_and_the_command_sends_the_others(act, draft, monkeypatch):
    """A house of 500 editors is no minute's wait for a writer."""
    monkeypatch.setattr(sending, "MOST_AFTER_AN_ACT", 2)
    act("wera", workflow.submit, draft)
    assert (len(mail.outbox), waiting()) == (2, 1)
    call_command("send_notices")
    assert (len(mail.outbox), waiting()) == (3, 0)


def test_who_left_meanwhile_is_sent_nothing(act, draft, newsroom, failures):
    """Nor who has no address any more."""
    failures[""] = ConnectionRefusedError()
    act("wera", workflow.submit, draft)
    failures.clear()
    newsroom["edo"].is_active = False
    newsroom["pia"].email = ""
    for name in ("edo", "pia"):
        newsroom[name].save()
    call_command("send_notices")
    assert told() == {"paul"}


def test_a_digest_is_one_mail_with_all_of_a_day(act, digest_for, house):
    """In the order of the acts; nothing comes at once."""
    digest_for("edo")
    for title in ("Bridges", "Courts"):
        edition = act("wera", workflow.create_item, builders.content(title, issued_by=[house.pk]))
        act("wera", workflow.submit, edition)
    assert "edo" not in told()
    mail.outbox.clear()
    call_command("send_notices")
    assert mail.outbox == []
    call_command("send_notices", digest=True)
    [message] = mail.outbox
    assert (message.to, message.subject) == (["edo@example.org"], "2 notices from the newsroom")
    assert message.body.index("Submitted: Bridges") < message.body.index("Submitted: Courts")
    assert message.body.count("/admin/your-settings/") == 1
    assert waiting() == 0


def test_a_digest_comes_once_a_day(act, draft, digest_for, house, time_machine):
    """A timer that fires twice sends nothing twice, and what came since waits for tomorrow."""
    time_machine.move_to("2026-11-24T06:00Z")
    digest_for("edo")
    act("wera", workflow.submit, draft)
    call_command("send_notices", digest=True)
    later = act("wera", workflow.create_item, builders.content("Later", issued_by=[house.pk]))
    act("wera", workflow.submit, later)
    mail.outbox.clear()
    call_command("send_notices", digest=True)
    assert mail.outbox == []
    time_machine.move_to("2026-11-25T05:58Z")
    call_command("send_notices", digest=True)
    assert [message.subject for message in mail.outbox] == ["1 notice from the newsroom"]


def test_a_digest_comes_in_its_readers_language(act, draft, newsroom, digest_for):
    """The frame as well as what it holds."""
    digest_for("edo")
    Person.objects.filter(user=newsroom["edo"]).update(language="fr")
    act("wera", workflow.submit, draft)
    mail.outbox.clear()
    call_command("send_notices", digest=True)
    assert "/fr/admin/your-settings/" in mail.outbox[0].body


def test_who_changes_to_at_once_gets_what_waits_for_his_digest(act, draft, newsroom, digest_for):
    """The choice holds for what was written before it."""
    digest_for("edo")
    act("wera", workflow.submit, draft)
    assert "edo" not in told()
    Person.objects.filter(user=newsroom["edo"]).update(mail="at-once")
    call_command("send_notices")
    assert "edo" in told()


def test_a_digest_that_cannot_be_sent_waits(act, draft, digest_for, failures):
    """Whole."""
    digest_for("edo")
    act("wera", workflow.submit, draft)
    failures["edo@example.org"] = smtplib.SMTPDataError(451, b"later")
    with pytest.raises(CommandError, match="waiting: 1"):
        call_command("send_notices", digest=True)
    assert waiting() == 1
    failures.clear()
    call_command("send_notices", digest=True)
    assert waiting() == 0


def test_a_user_of_whom_the_newsroom_knows_nothing_is_told_at_once_in_english(act, draft, newsroom):
    """Such as one that was made before people were kept."""
    Person.objects.filter(user=newsroom["edo"]).delete()
    newsroom["edo"].is_superuser = True
    newsroom["edo"].save()
    act("wera", workflow.submit, draft)
    assert "edo" in told()


def test_a_notice_knows_when_it_was_sent(act, draft):
    """For whoever asks whether somebody was told."""
    act("wera", workflow.submit, draft)
    assert timezone.now() - Notice.objects.latest("sent_at").sent_at < datetime.timedelta(minutes=1)
