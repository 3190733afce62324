"""Imports in words: how far one is, how it was asked for, what came of it."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.imports import batches
from news.imports.decisions import Act
from news.models import Edition, ImportBatch, ImportEntry, Removal
from news.models.news_item import news_languages
from news.templatetags.cards import figures
from taxonomy.dates import moment_label

State = ImportBatch.State
FORMATS = {
    "json-lines": "JSON Lines",
    "csv": gettext_lazy("Table (CSV)"),
    "rss": "RSS",
    "atom": "Atom",
    "wxr": "WordPress (WXR)",
    "html": gettext_lazy("Saved web page (HTML)"),
    "page-text": gettext_lazy("Text of a page"),
    "unknown": gettext_lazy("not recognised"),
}
# What an entry tells as its outcome, in words that are told to people.
OUTCOMES = {
    "created draft": gettext_lazy("as a draft"),
    "published": gettext_lazy("public"),
    "scheduled": gettext_lazy("scheduled"),
    "removed": gettext_lazy("removed"),
    "restored": gettext_lazy("brought back"),
    "opened a new edition as draft": gettext_lazy("a new edition as a draft"),
    "published a new edition": gettext_lazy("a new edition, public"),
    "updated draft": gettext_lazy("the draft rewritten"),
    "former addresses added": gettext_lazy("former addresses added"),
}
ACTS = {
    Act.CREATE: gettext_lazy("New"),
    Act.UPDATE: gettext_lazy("Changed"),
    Act.UNCHANGED: gettext_lazy("Unchanged"),
    Act.CONFLICT: gettext_lazy("Conflicts, kept as they are"),
    Act.REJECTED: gettext_lazy("Rejected"),
    Act.WAITING: gettext_lazy("Waiting for other rows"),
}
UNDER_WAY = (State.RUNNING, State.UNDOING)


def live_number() -> int:
    """Return the number of the batch that a process works on now; 0 where none does."""
    under_way = ImportBatch.objects.filter(state__in=UNDER_WAY).order_by("-touched_at")
    newest = under_way.values_list("pk", flat=True).first()
    return newest if newest and batches.is_someone_importing() else 0


def state_text(batch: ImportBatch) -> str:
    """Say how far it is; what no process works on any more was interrupted."""
    if batch.state == State.PLANNED:
        return _("planned: nothing is written yet")
    if batch.state == State.FAILED:
        return _("failed after row %(row)s") % {"row": figures(batch.rows_done)}
    if batch.state not in UNDER_WAY:
        return str(batch.get_state_display())
    if batch.pk == live_number():
        return _("running") if batch.state == State.RUNNING else _("being undone")
    if batch.state == State.UNDOING:
        return _("undone in part")
    return _("interrupted after row %(row)s") % {"row": figures(batch.rows_done)}


def counts_of(batch: ImportBatch) -> list[tuple[str, str, int]]:
    """Return act, its name and how many rows, in the order of the acts, without those of which there are none."""
    return [(act, str(name), batch.counts[act]) for act, name in ACTS.items() if batch.counts.get(act)]


def counts_text(batch: ImportBatch) -> str:
    """Say in one line how many rows of each act there are."""
    return ", ".join(f"{name}: {figures(count)}" for _act, name, count in counts_of(batch))


def outcome_text(outcome: str) -> str:
    """Say in the reader's language what has become of an item."""
    return ", ".join(str(OUTCOMES.get(part, part)) for part in outcome.split(", ")) if outcome else ""


def act_text(entry: ImportEntry, *, is_plan: bool) -> str:
    """Say what has become of a row, or what would."""
    names = {
        Act.CREATE: _("would be new") if is_plan else _("new"),
        Act.UPDATE: _("would change") if is_plan else _("changed"),
        Act.UNCHANGED: _("unchanged"),
        Act.CONFLICT: _("conflict: kept as it is"),
        Act.REJECTED: _("rejected"),
        Act.WAITING: _("waits for another row"),
    }
    return names[Act(entry.act)]


def option_texts(batch: ImportBatch) -> Iterator[tuple[str, str]]:
    """Yield the options in words, as far as they were chosen."""
    options: dict[str, Any] = batch.options
    if options.get("language"):
        languages = dict(news_languages())
        yield _("Language of texts that do not name theirs"), languages.get(options["language"], options["language"])
    if options.get("source"):
        yield _("Where rows come from that do not say it"), options["source"]
    yield _("Published"), _("what is complete, from its date of issue on") if options.get("publish") else _("no")
    if options.get("issued_at"):
        moment = datetime.datetime.fromisoformat(options["issued_at"])
        yield _("Date of issue of texts without one"), moment_label(moment)
    if options.get("take_theirs"):
        fields = ", ".join(field_label(name) for name in options["take_theirs"])
        yield _("The file counts more than an editor’s change in"), fields
    if options.get("create_missing"):
        yield _("Unknown institutions and fields of work"), _("are created")
    if options.get("mapping"):
        yield _("Mapping of saved pages"), str(options["mapping"])


def field_label(name: str) -> str:
    """Return what a field of an edition is called in the admin; the file's name of it where that is another."""
    labels = {
        "kind": _("kind"),
        "title": _("title"),
        "summary": _("summary"),
        "dateline": _("dateline"),
        "body": _("text"),
        "body_html": _("text"),
        "issued_at": _("issued on"),
        "issued_by": _("issued by"),
        "countries": _("countries"),
        "topics": _("fields of work"),
        "related": _("related items"),
        "former_addresses": _("former addresses"),
        "removal": _("removal"),
        "translation_of": _("translation of"),
    }
    return labels.get(name, name)


def kind_text(kind: str) -> str:
    """Return the name of a kind."""
    return str(dict(Edition.Kind.choices).get(kind, kind))


def removal_text(kind: str) -> str:
    """Return the name of a kind of removal."""
    return str(dict(Removal.Kind.choices).get(kind, kind))
