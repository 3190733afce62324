"""The picture that other sites show of an item: its card, as public as the edition that it was drawn of."""

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from library.admission import VIEW_IMAGE, keeping_for, refusing
from library.pictures import picture
from library.places import card_path
from library.serving import Stored, send
from news.clock import clock
from news.files_held import standing_of_edition
from news.models import Edition

SHAPE = "social"


@require_safe
@refusing
def card(request: HttpRequest, number: int) -> HttpResponseBase:
    """Send the card of an edition; until it is drawn, lead to its first picture, or to the card of the site."""
    keeping = keeping_for(request, standing_of_edition(number, clock.now()), VIEW_IMAGE)
    name = card_path(number)
    if default_storage.exists(name):
        return send(request, Stored(name=name, shown_as=f"{number}.jpg", tag=f"card.{number}", keeping=keeping))
    return HttpResponseRedirect(_instead(number), headers={"Cache-Control": "no-cache"})


def _instead(number: int) -> str:
    """Return the address of what stands in for a card that is not drawn."""
    files = Edition.objects.ever_visible().filter(pk=number).values_list("files", flat=True).first()
    lead = files.get("lead") if files else None
    return picture(lead).widest(SHAPE)[0] if lead else static("site/icons/card.png")
