"""What a person of the newsroom sends and reads: addresses, the form filled in, the messages above a page."""

from typing import Any

from django.urls import reverse

from news import workflow
from news.admin.seen import seen_mark
from news.models import Edition, NewsItem
from tests import builders


def page(item: NewsItem | int) -> str:
    """Return the address of an item's page in the admin."""
    return act("change", item)


def act(name: str, item: NewsItem | int) -> str:
    """Return the address of an act on an item in the admin."""
    return reverse(f"admin:news_newsitem_{name}", args=[item if isinstance(item, int) else item.pk])


def typed(edition: Edition | None = None, *, button: str = "_save", **changed: Any) -> dict[str, Any]:
    """Return what the form sends, all of it filled in."""
    fields = {
        "kind": "press-release",
        "title": "Talks open in Vienna",
        "summary": "The talks have opened.",
        "dateline": "VIENNA",
        "body": "<p>The talks opened this morning.</p>",
        "issued_at": "2026-11-24T09:30",
        "change_note": "",
        "slug": "",
    }
    if edition:
        fields |= {
            "seen": edition.saved_at.isoformat(),
            "issued_by": edition.tags["issued_by"],
            "slug": edition.item.slug,
        }
    else:
        fields |= {"language": "en", "translation_of": ""}
    return fields | {button: "1"} | changed


def seen(edition: Edition, **said: Any) -> dict[str, Any]:
    """Return what a button sends: the edition as it stands, and what was said with it."""
    edition.refresh_from_db()
    return {"edition": edition.number, "seen": seen_mark(edition)} | said


def submitted(title: str = "", **fields: Any) -> Edition:
    """Create an item whose first edition is submitted."""
    return workflow.submit(builders.draft(title, **fields), by=None)


def messages_of(response: Any) -> str:
    """Return what the page says above everything else."""
    return " / ".join(str(message) for message in response.context["messages"])
