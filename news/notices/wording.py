"""The words of a notice: who did what to which edition, when, and what to do next."""

import datetime
import textwrap
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from news.models import Edition, Notice, Person
from taxonomy.dates import day_label

LONGEST_TITLE = 90  # letters of a title in a subject
INDENT = "    "  # before every line that somebody typed, so that it cannot pass for one of ours

SUBJECTS = {
    "submit": gettext_lazy("Submitted: %(title)s"),
    "return": gettext_lazy("Returned: %(title)s"),
    "approve": gettext_lazy("Published: %(title)s"),
    "schedule": gettext_lazy("Scheduled: %(title)s"),
    "unschedule": gettext_lazy("Taken back: %(title)s"),
    "force": gettext_lazy("Without second eyes: %(title)s"),
    "forced": gettext_lazy("Without second eyes: %(title)s"),
    "remove": gettext_lazy("Removed: %(title)s"),
    "restore": gettext_lazy("Public again: %(title)s"),
}
SENTENCES = {
    "submit": gettext_lazy("%(who)s has submitted this edition for approval."),
    "return": gettext_lazy("%(who)s has returned this edition with a remark."),
    "approve": gettext_lazy("%(who)s has approved this edition. It is public."),
    "schedule": gettext_lazy("%(who)s has approved this edition. It will be public from the moment below on."),
    "unschedule": gettext_lazy("%(who)s has taken this edition back before its moment. It is a draft again."),
    "force": gettext_lazy("%(who)s has approved this edition without second eyes."),
    "forced": gettext_lazy("%(who)s has approved this edition without second eyes."),
    "remove": gettext_lazy("%(who)s has removed this item."),
    "restore": gettext_lazy("%(who)s has undone the removal of this item."),
}
NEXT = {
    "submit": gettext_lazy("Read it. Then approve it, at once or from a moment on, or return it with a remark:"),
    "return": gettext_lazy("Mend what the remark asks for, and submit the edition again:"),
    "approve": gettext_lazy("Nothing has to be done. For a correction, open the next edition:"),
    "schedule": gettext_lazy("Nothing has to be done. Until its moment it can be taken back:"),
    "unschedule": gettext_lazy("Finish the draft and submit it again, or discard it:"),
    "force": gettext_lazy("Read it, and say there that you have reviewed it. Until somebody has, it stays flagged:"),
    "forced": gettext_lazy("Nothing has to be done. For a correction, open the next edition:"),
    "remove": gettext_lazy("Nothing has to be done. If this was wrong, it can be undone:"),
    "restore": gettext_lazy("Look at it once more: readers see it again."),
}


@dataclass(frozen=True, kw_only=True)
class Message:
    """One act, to be told in several languages and time zones."""

    act: str
    edition: Edition
    by: Any
    words: str
    at: datetime.datetime
    written: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def in_the_words_of(self, person: Person) -> tuple[str, str]:
        """Return subject and text in the person's language and time zone; each pair is written once."""
        pair = (person.language, person.time_zone)
        if pair not in self.written:
            with override(person.language):
                self.written[pair] = (self._subject(), self._text(zone_of(person)))
        return self.written[pair]

    def _subject(self) -> str:
        return SUBJECTS[self.act] % {"title": Truncator(one_line(self.edition.title)).chars(LONGEST_TITLE)}

    def _text(self, zone: zoneinfo.ZoneInfo) -> str:
        who = one_line(self.by.get_full_name() or self.by.get_username())
        facts = "\n".join(f"{label}: {value}" for label, value in self._facts(zone))
        parts = [SENTENCES[self.act] % {"who": who}, facts]
        if self.words:
            label = _("Remark") if self.act == "return" else _("Reason")
            parts.append(f"{label}:\n{quoted(self.words)}")
        address = settings.SITE_URL + reverse("admin:news_newsitem_change", args=[self.edition.item_id])
        heading = _("What to do next:")
        parts.append(f"{heading}\n{NEXT[self.act]}\n{address}")
        return "\n\n".join(parts)

    def _facts(self, zone: zoneinfo.ZoneInfo) -> Iterator[tuple[str, str]]:
        edition = self.edition
        yield _("Title"), one_line(edition.title)
        yield _("Kind"), edition.get_kind_display()
        yield _("Edition"), str(edition.number)
        yield _("When"), moment_in(zone, self.at)
        if self.act in {"schedule", "force", "forced"} and edition.visible_from:
            yield _("Visible from"), moment_in(zone, edition.visible_from)
        removal = edition.item.removals.standing().first() if self.act == "remove" else None
        if removal:
            yield _("Kind of removal"), removal.get_kind_display()


def digest_of(notices: list[Notice]) -> tuple[str, str]:
    """Return subject and text of the mail that tells everything of a day, in the active language."""
    number = len(notices)
    subject = ngettext("%(number)d notice from the newsroom", "%(number)d notices from the newsroom", number)
    parts = (f"{notice.subject}\n{'=' * len(notice.subject)}\n\n{notice.text}" for notice in notices)
    return subject % {"number": number}, "\n\n\n".join(parts)


def footer() -> str:
    """Return the end of each mail: where to choose how one is told, in the active language."""
    sentence = _("In your settings you choose when such mails come, their language and your time zone:")
    return f"-- \n{sentence}\n{settings.SITE_URL}{reverse('admin:your_settings')}\n"


def one_line(text: str) -> str:
    """Return a text without line breaks and without signs that nobody sees: it may stand in a header."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def quoted(text: str) -> str:
    """Return what somebody typed, line by line, each indented."""
    return textwrap.indent("\n".join(one_line(line) for line in text.splitlines()), INDENT, lambda _line: True)


def zone_of(person: Person) -> zoneinfo.ZoneInfo:
    """Return the person's time zone; the site's where that one is gone from the database of time zones."""
    try:
        return zoneinfo.ZoneInfo(person.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo(settings.TIME_ZONE)


def moment_in(zone: zoneinfo.ZoneInfo, moment: datetime.datetime) -> str:
    """Write a moment in a time zone, with its name, and in UTC: 23 November 2026, 09:00 (Europe/Vienna); … (UTC)."""
    there, utc = moment.astimezone(zone), moment.astimezone(datetime.UTC)
    written = (
        f"{day_label(local.date())}, {local:%H:%M} ({name})" for local, name in ((there, zone.key), (utc, "UTC"))
    )
    return "; ".join(written)
