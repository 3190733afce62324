"""What is made off the request's path, by the worker of Django's Tasks (`manage.py run_worker`)."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.tasks import task
from django.utils.translation import override

from library.models import Image
from library.places import card_path, put, quick_path, rendition_path

# Who waits for it decides what the worker does first; what nobody waits for has less than nothing.
SOON, SOONER, AT_LEISURE = 10, 50, -10


@task
def make_renditions_of(number: int, *, is_lacking: bool = False) -> None:
    """Make the renditions of an image; one that was deleted meanwhile needs none.

    Unless somebody has seen that files are lacking, those of an image whose row says that they are there are not made.
    """
    from library import making  # noqa: PLC0415 - Pillow takes megabytes: it is loaded where a picture is opened

    image = Image.objects.filter(pk=number).first()
    if image and (is_lacking or image.rendered_by != making.recipe_of(image)):
        making.make(image)


@task(priority=SOONER)
def make_card(number: int, title: str, kicker: str, image_number: int | None, language: str) -> None:
    """Write the card of a page, at `card_path(number)`; none where the site's type lacks the letters of its title."""
    from library import cards  # noqa: PLC0415 - what draws and sets type takes megabytes, in the worker alone

    picture = _picture(image_number) if image_number else None
    with override(language):
        card = cards.draw(title=title, kicker=kicker, picture=picture, site_name=str(settings.SITE_NAME))
    if card:
        put(card_path(number), card)
    else:
        default_storage.delete(card_path(number))


def _picture(number: int) -> bytes | None:
    """Return an image around its focal point, or all of it where the renditions aren't there yet."""
    for path in (rendition_path(number, "square", 1200, "jpg"), quick_path(number)):
        if default_storage.exists(path):
            with default_storage.open(path) as file:
                return bytes(file.read())
    return None
