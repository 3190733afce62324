"""What an editor sends and reads: the address of an item's page, the form filled in, the messages above it."""

from typing import Any

from django.urls import reverse

from news.models import Edition, NewsItem


def page(item: NewsItem | int) -> str:
    """Return the address of an item's page in the admin."""
    return reverse("admin:news_newsitem_change", args=[item if isinstance(item, int) else item.pk])


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
        "approve_from": "",
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


def messages_of(response: Any) -> str:
    """Return what the page says above everything else."""
    return " / ".join(str(message) for message in response.context["messages"])
