"""What a person who imports does in the browser: files, buttons, what stands on the pages."""

import html
import json
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from news.models import ImportBatch
from tests import builders

LIST = "/admin/news/importbatch/"
UPLOAD = f"{LIST}add/"
IMPORTER = (*builders.PUBLISHER, "add_importbatch", "view_importbatch", "undo_importbatch")


def row(number: int = 1, title: str = "", **fields: Any) -> dict[str, Any]:
    """Return an item as JSON Lines have it, complete unless the test says otherwise."""
    given = {
        "source": "old.example",
        "source_id": str(number),
        "language": "en",
        "kind": "news",
        "title": title or f"Story {number}",
        "summary": "In short.",
        "body_html": "<p>At length.</p>",
        "issued_at": "2020-01-15T09:00:00Z",
        "issued_by": ["secretariat"],
    }
    return given | fields


def file_of(*rows: dict[str, Any], name: str = "archive.jsonl") -> SimpleUploadedFile:
    """Return the rows as a file."""
    lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows)
    return SimpleUploadedFile(name, lines.encode(), content_type="application/octet-stream")


def upload(browser: Client, file: SimpleUploadedFile, **options: Any) -> HttpResponse:
    """Send a file with the form, and follow to its plan."""
    given = {"file": file, "language": "en", "form": "", "source": "", "issued_on": ""}
    return browser.post(UPLOAD, given | options, follow=True)


def planned(browser: Client, *rows: dict[str, Any], **options: Any) -> ImportBatch:
    """Plan the rows, and return the batch."""
    answer = upload(browser, file_of(*rows), **options)
    assert answer.redirect_chain, answer.context["form"].errors
    return ImportBatch.objects.latest("pk")


def press(browser: Client, batch: ImportBatch, act: str) -> HttpResponse:
    """Press a button of the import's page, and follow."""
    return browser.post(f"{LIST}{batch.pk}/{act}/", follow=True)


def applied(browser: Client, *rows: dict[str, Any], **options: Any) -> ImportBatch:
    """Plan and apply the rows."""
    batch = planned(browser, *rows, **options)
    press(browser, batch, "apply")
    batch.refresh_from_db()
    return batch


def page_of(browser: Client, batch: ImportBatch, query: str = "") -> str:
    """Return the words of the import's page."""
    return words(browser.get(f"{LIST}{batch.pk}/{query}"))


def words(answer: HttpResponse) -> str:
    """Return what an answer says, without its tags."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(html.unescape(text).split())
