"""A check of the database: whether search holds every text. `migrate` runs it, and `check --database default`."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as CheckWarning
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from news.search.indexing import missing_numbers


@register(Tags.database)
def search_holds_every_text(*, databases: Sequence[str] | None = None, **_given: Any) -> Iterator[CheckMessage]:
    """Texts that an upgrade or a restored backup brought are not found before they are indexed."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return
    try:
        missing = len(missing_numbers())
    except (
        DatabaseError,
        ImproperlyConfigured,
    ):  # its tables are not there yet; another check tells of a wrong address
        return
    if missing:
        yield CheckWarning(
            f"Search lacks {missing:,} text{'s' * (missing > 1)}, which no words find.",
            hint="Run manage.py index_search, or set_up.",
            id="osce_site.W002",
        )
