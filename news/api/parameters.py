"""The parameters of lists and items as the description of the API holds them; `news.question` reads them."""

from typing import Any

from django.db.models import TextChoices

from news.models import Edition
from news.models.news_item import news_languages
from news.question import NEWEST, OLDEST, RELEVANCE, SIZES

TEXT = {"type": "string"}


def _one(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"in": "query", "name": name, "required": False, "description": description, "schema": schema}


def _any_of(name: str, description: str, value: dict[str, Any]) -> dict[str, Any]:
    repeated = {"style": "form", "explode": True}
    return _one(name, f"{description} May be repeated: any of them.", {"type": "array", "items": value}) | repeated


def _choices(values: type[TextChoices] | list[str]) -> dict[str, Any]:
    return TEXT | {"enum": list(values.values) if isinstance(values, type) else values}


AT = _one(
    "at",
    "A past moment, 2025-11-26T10:00:00Z, or a day, 2025-11-26: what was public then.",
    TEXT | {"examples": ["2025-11-26T10:00:00Z"]},
)
LIST = [
    _one("q", "Words that the text has; quotes keep words together, a minus leaves one out.", TEXT),
    _any_of("kind", "What sort of text it is.", _choices(Edition.Kind)),
    _any_of("institution", "Slug of an institution; what stands below it counts.", TEXT),
    _any_of("country", "Slug of a country.", TEXT),
    _any_of("topic", "Slug of a field of work; what stands below it counts.", TEXT),
    _any_of(
        "language",
        "Code of a language. Without it the list has each story once, in the language of the address or its own.",
        _choices([code for code, _name in news_languages()]),
    ),
    _one("from", "The first day in Vienna: 2025-11-01, 2025-11 or 2025.", TEXT | {"examples": ["2025-11-01"]}),
    _one("to", "The last day in Vienna: 2025-11-30, 2025-11 or 2025.", TEXT | {"examples": ["2025-11-30"]}),
    _one("sort", "The order; the best match first, where there are words.", _choices([NEWEST, OLDEST, RELEVANCE])),
    _one("size", "Items for each page.", {"type": "integer", "enum": list(SIZES), "default": SIZES[0]}),
    _one("page", "The number of the page.", {"type": "integer", "minimum": 1, "default": 1}),
    AT,
]
