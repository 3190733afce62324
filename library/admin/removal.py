"""What keeps an image from being deleted: that something shows it, or that visitors saw it once."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from library.holders import Use, uses_of_image


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why an image stays: the place, and whether that was public."""

    image: int
    use: Use

    @property
    def text(self) -> SafeString:
        """Return it in words, with a link where the person may follow it."""
        place = (
            format_html('<a href="{}">{}</a>', self.use.address, self.use.text) if self.use.address else self.use.text
        )
        what = _("is public, or was") if self.use.was_public else _("uses it")
        return format_html("{}: {} ({})", _("Image %(number)s") % {"number": self.image}, place, what)

    def __str__(self) -> str:
        return self.text


def kept_because(number: int, user: Any) -> list[Reason]:
    """Return why an image stays; nothing where it may go."""
    return [Reason(image=number, use=use) for use in uses_of_image(number, user=user)]
