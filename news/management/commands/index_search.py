"""Makes anew what search finds things by."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from news.changes import publishing
from news.models import Edition, SearchDocument, SpellingKey
from news.search.documents import listed_or_later, write_documents

AT_ONCE = 400  # editions: the publishing lock is held for about half a second


class Command(BaseCommand):
    """Write the words of every edition that is or will be listed; the site goes on searching meanwhile."""

    help = "Makes the index of search anew: after an upgrade that says so, or after rows were written around the site."

    def handle(self, **_options: Any) -> None:
        """Rewrite chunk by chunk, then remove what is no longer listed."""
        SpellingKey.objects.all().delete()
        wanted = Edition.objects.filter(listed_or_later(timezone.now()))
        written = 0
        with Progress(console=Console(file=sys.stderr), transient=True, disable=not sys.stderr.isatty()) as progress:
            task = progress.add_task("Search", total=wanted.count())
            numbers = list(wanted.order_by("pk").values_list("pk", flat=True))
            for start in range(0, len(numbers), AT_ONCE):
                written += _rewrite(numbers[start : start + AT_ONCE])
                progress.update(task, completed=start + AT_ONCE)
        gone = _remove_the_others()
        self.stdout.write(f"Indexed {written:,} editions for search; removed {gone:,} that are no longer listed.")


def _rewrite(numbers: list[int]) -> int:
    """Write the words of some editions anew, those of them that are still to be listed."""
    with publishing():
        SearchDocument.objects.filter(edition__in=numbers).delete()
        still = Edition.objects.filter(listed_or_later(timezone.now()), pk__in=numbers)
        return write_documents(still)


def _remove_the_others() -> int:
    """Remove the words of what is not to be listed."""
    with publishing():
        now = timezone.now()
        others = SearchDocument.objects.exclude(listed_or_later(now, of="edition__")).values_list("edition", flat=True)
        removed, _by_model = SearchDocument.objects.filter(edition__in=list(others)).delete()
    return removed
