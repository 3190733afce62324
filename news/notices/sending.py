"""Sending what waits: each notice is locked, sent and marked in a transaction of its own.

Two runs at the same time share the work; one that dies has sent at most one mail that it did not mark, which the next
one sends again under the same Message-ID.
"""

import datetime
import logging
import smtplib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import override

from news.models import Notice, Person
from news.notices.wording import digest_of, footer

MOST_AFTER_AN_ACT = 20  # mails that a person who acts waits for; the others wait for `send_notices`
BETWEEN_DIGESTS = datetime.timedelta(hours=20)  # a day, less what a timer may be early
REFUSED = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, ValueError)  # this mail alone

logger = logging.getLogger(__name__)


@dataclass(kw_only=True)
class Outcome:
    """How many mails went out, and how many were refused or wait."""

    sent: int = 0
    refused: int = 0
    problem: str = ""


def due_at_once() -> QuerySet[Notice]:
    """Return the notices that wait for people who are told at once, the oldest first."""
    waiting = Notice.objects.filter(sent_at__isnull=True, person__is_active=True).exclude(person__email="")
    return waiting.exclude(person__person__mail=Person.Mail.DIGEST).order_by("pk")


def send_after_an_act(numbers: list[int]) -> None:
    """Send what an act has just told, up to a number for which a person can wait; no failure reaches the act."""
    send_each(_send_notice, due_at_once().filter(pk__in=numbers).values_list("pk", flat=True)[:MOST_AFTER_AN_ACT])


def send_what_waits() -> Outcome:
    """Send every notice that is due at once, what failed before included."""
    return send_each(_send_notice, due_at_once().values_list("pk", flat=True))


def send_digests() -> Outcome:
    """Send each person who wishes it one mail with all that waits, at most once a day."""
    waiting = Notice.objects.filter(person=OuterRef("user"), sent_at__isnull=True)
    people = Person.objects.filter(Exists(waiting), mail=Person.Mail.DIGEST, user__is_active=True)
    return send_each(_send_digest, people.exclude(user__email="").order_by("pk").values_list("pk", flat=True))


def send_each(send: Callable[[int, BaseEmailBackend], bool], numbers: Iterable[int]) -> Outcome:
    """Send one mail for each number, over one connection; what cannot be sent waits, and is logged."""
    outcome = Outcome()
    waiting = list(numbers)
    if not waiting:
        return outcome
    try:
        with _connection() as connection:
            for number in waiting:
                try:
                    outcome.sent += send(number, connection)
                except REFUSED:
                    outcome.refused += 1
                    logger.exception("A mail was refused and waits (%s %d).", send.__name__.strip("_"), number)
    except OSError as error:
        outcome.problem = f"{type(error).__name__}: {error}"
        logger.exception("The mail server cannot be used; up to %d mails wait.", len(waiting) - outcome.sent)
    return outcome


@contextmanager
def _connection() -> Iterator[BaseEmailBackend]:
    """Connect before any row is locked: a server that is down holds up nobody."""
    connection = mailers.default
    connection.open()
    try:
        yield connection
    finally:
        connection.close()


def _send_notice(number: int, connection: BaseEmailBackend) -> bool:
    """Send one notice, unless another process has it in hand or has sent it."""
    with transaction.atomic():
        notice = _held(Notice.objects.filter(pk=number, sent_at__isnull=True).select_related("person__person")).first()
        if notice is None:
            return False
        with override(_language_of(notice)):
            _send(notice.person.email, notice.subject, notice.text, [notice], connection)
    return True


def _send_digest(number: int, connection: BaseEmailBackend) -> bool:
    """Send one person all that waits, unless another process is at it or a digest came less than a day ago."""
    now = timezone.now()
    with transaction.atomic():
        person = _held(Person.objects.filter(pk=number).select_related("user")).first()
        if person is None or person.user.notices.filter(sent_at__gt=now - BETWEEN_DIGESTS).exists():
            return False
        notices = list(_held(person.user.notices.filter(sent_at__isnull=True)))
        if not notices:
            return False
        with override(person.language):
            _send(person.user.email, *digest_of(notices), notices, connection)
    return True


def _held(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Lock the rows that nobody else has in hand; SQLite's one writer holds them all."""
    return rows.select_for_update(skip_locked=True, of=("self",))


def _send(address: str, subject: str, text: str, notices: list[Notice], connection: BaseEmailBackend) -> None:
    """Send one mail, and mark what it tells as sent; the caller holds the notices."""
    newest = notices[-1]
    name = f"notice-{newest.pk}-{len(notices)}-{newest.written_at:%Y%m%d%H%M%S}"
    headers = {
        "Message-ID": f"<{name}@{urlsplit(settings.SITE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no answer from who is on leave
    }
    connection.send_messages([EmailMessage(subject, f"{text}\n\n{footer()}", to=[address], headers=headers)])
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(sent_at=timezone.now())


def _language_of(notice: Notice) -> str:
    person = getattr(notice.person, "person", None)
    return person.language if person else settings.LANGUAGE_CODE
