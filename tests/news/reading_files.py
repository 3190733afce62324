"""Feeds and files for spreadsheets as their readers see them."""

import csv
import io
import json
from typing import Any

import feedparser
from django.test import Client

FORMS = ("rss", "atom", "json")
SITE = "http://127.0.0.1:8000"


def entries(client: Client, address: str) -> list[dict[str, Any]]:
    """Return the entries of a feed, each with at least `id`, `title` and `updated`."""
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    if ".json" in address:
        items: list[dict[str, Any]] = json.loads(answer.content)["items"]
        return [item | {"updated": item["date_modified"]} for item in items]
    read = feedparser.parse(answer.content)
    assert not read.bozo, read.get("bozo_exception")
    return list(read.entries)


def numbers(client: Client, address: str) -> list[int]:
    """Return the numbers of the items in a feed, by the ids of its entries, or in a file for spreadsheets."""
    if ".csv" in address:
        return [int(row["number"]) for row in rows(client, address)]
    return [int(entry["id"].rpartition("/")[2]) for entry in entries(client, address)]


def text_of(client: Client, address: str) -> str:
    """Return a file for spreadsheets as it was sent."""
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return b"".join(answer.streaming_content).decode("utf-8")


def rows(client: Client, address: str) -> list[dict[str, str]]:
    """Return the rows of a file for spreadsheets."""
    text = text_of(client, address).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
