"""The site's start page in each language of the interface: what stands in for a translation that is not there."""

from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override


@cache
def start_pages() -> tuple[tuple[str, str, str], ...]:
    """Return code, name and start page of each language."""
    return tuple((code, name, _home(code)) for code, name in settings.LANGUAGES)


def _home(language: str) -> str:
    with override(language):
        return reverse("home")
