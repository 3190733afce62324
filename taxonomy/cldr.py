"""Names from CLDR, the Unicode Consortium's collection of what things are called in each language, by way of Babel."""

from babel import Locale
from django.conf import settings


def cldr_names(code: str) -> dict[str, str]:
    """Return what CLDR calls the country with an ISO 3166-1 code, in each language of the interface."""
    return {language: Locale(language).territories.get(code, "") for language, _label in settings.LANGUAGES}
