"""What editors are told who change the words of an image that was approved with others: readers get them later."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from library.admin.image_form import ImageForm
from library.holders import Use

MOST_NAMED = 10


def with_own_words(uses: Iterable[Use]) -> list[Use]:
    """Return the places that keep the words they were approved with, each once."""
    return list({(use.text, use.address): use for use in uses if use.keeps_words}.values())


def tell_when_readers_get_them(request: HttpRequest, forms: Iterable[tuple[ImageForm, Iterable[Use]]]) -> None:
    """Name the items whose readers get the changed words with their next edition; nothing where there are none."""
    places = with_own_words(use for form, uses in forms if form.has_new_words for use in uses)
    if not places:
        return
    text = _("Readers get the changed words and credit with the next edition of each of these items: {items}.")
    rest = len(places) - MOST_NAMED
    named = format_html_join(", ", "{}", ((_linked(use),) for use in places[:MOST_NAMED]))
    more = format_html(" {}", _("and %(count)s more") % {"count": rest}) if rest > 0 else ""
    messages.warning(request, format_html(text, items=format_html("{}{}", named, more)))


def _linked(use: Use) -> SafeString | str:
    return format_html('<a href="{}">{}</a>', use.address, use.text) if use.address else use.text
