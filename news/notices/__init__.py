"""Word to the people concerned by an act: who is told, in which words, and what to do next.

A notice is written in the act's transaction, and sent once that is committed: an act that is rolled back tells nobody,
and a mail server that is down loses nothing. `manage.py send_notices` sends what waits.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from news.models import Edition, Notice
from news.notices.concerned import concerned
from news.notices.sending import send_after_an_act
from news.notices.wording import Message
from news.people import person_of


def tell(act: str, edition: Edition, *, by: Any, words: str = "") -> None:
    """Write a notice to each person whom the act concerns, in the transaction of the act.

    Args:
        act: "submit", "return", "approve", "schedule", "force", "forced", "unschedule", "remove" or "restore".
        edition: the one concerned.
        by: who did it, and is not told; None for an import, of which nobody is told.
        words: the remark or the reason.
    """
    if by is None:
        return
    message = Message(act=act, edition=edition, by=by, words=words, at=timezone.now())
    notices = []
    for user in concerned(act, edition, by=by):
        subject, text = message.in_the_words_of(person_of(user))
        notices.append(Notice(person=user, subject=subject, text=text))
    written = Notice.objects.bulk_create(notices)
    if written:
        transaction.on_commit(partial(send_after_an_act, [notice.pk for notice in written]), robust=True)
