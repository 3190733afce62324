"""The picture that others show of a page: in the site's type, whatever the title, Latin or Cyrillic."""

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image as Pillow

from library.cards import DARK, LIGHT, draw, is_writable
from library.keeping import card_path
from library.tasks import make_card
from tests.library.drawn import GREEN, RED, canvas, encoded, stored


def card(title: str = "A title", *, picture: bytes | None = None, kicker: str = "News") -> Pillow.Image:
    """Return a card as a picture."""
    drawn = draw(title=title, kicker=kicker, picture=picture, site_name="OSCE")
    assert drawn
    return Pillow.open(io.BytesIO(drawn)).convert("RGB")


def ink_of(image: Pillow.Image, *, light: bool) -> tuple[int, int, int, int] | None:
    """Return the box of the letters of the title, between kicker and foot."""
    part = image.crop((64, 134, 716, 496)).convert("L")
    return part.point(lambda value: 255 if (value < 120 if light else value > 170) else 0).getbbox()


def test_a_card_has_the_size_that_networks_ask_for():
    """1.91:1, with a picture and without one."""
    assert card().size == card(picture=encoded(canvas((640, 480)))).size == (1200, 630)


def test_the_picture_fills_the_right_and_the_title_the_left():
    """Paper on one side, the picture's own colour on the other."""
    image = card(picture=encoded(canvas((640, 480), colour=GREEN)))
    assert image.getpixel((20, 400)) == (255, 255, 255)
    assert image.getpixel((1000, 315))[1] > 120
    assert ink_of(image, light=True)


def test_without_a_picture_the_ground_is_dark():
    """With the emblem as its ornament."""
    image = card()
    assert image.getpixel((20, 400)) == pytest.approx((16, 34, 47), abs=3)
    assert ink_of(image, light=False)


@pytest.mark.parametrize(
    "title",
    [
        "OSCE",
        "Нелегальная торговля оружием и безопасность границ",
        "Əliyev, Şuşa, Łódź, Çanakkale, Ľubľana, Oʻzbekiston",
        "„Zitate“ – «цитаты», 5 ‰ …",
    ],
)
def test_the_letters_are_really_drawn(title):
    """Each title differs from one with the letters that are left of it in plain ASCII."""
    assert ink_of(card(title), light=False)
    assert is_writable(title)


@pytest.mark.parametrize("picture", [None, encoded(canvas((640, 480)))], ids=["dark", "light"])
def test_a_title_of_three_hundred_letters_stays_in_its_place(picture):
    """Smaller, and cut off with an ellipsis at the end: the foot is not written over."""
    title = "Participants of the seminar discuss border management " * 6
    image = card(title[:300], picture=picture)
    top, bottom = 485, 500  # between title and foot
    darkest, lightest = image.crop((64, top, 700, bottom)).convert("L").getextrema()
    assert lightest - darkest < 40


def test_a_word_longer_than_a_line_is_broken():
    """It ends before the picture begins."""
    image = card("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten", picture=encoded(canvas()))
    gap = image.crop((700, 140, 728, 480)).convert("L")
    assert gap.getextrema()[0] > 240


@pytest.mark.parametrize("title", ["საქართველო", "Հայաստան", "Қазақстан", "安全"])
def test_where_the_type_has_no_letters_there_is_no_card(title):
    """The caller shows the plain one; boxes instead of letters would shame the site."""
    assert draw(title=title, kicker="", picture=None, site_name="OSCE") is None


def test_a_kicker_without_letters_is_left_out():
    """The title counts."""
    assert card(kicker="სიახლე").size == (1200, 630)


@pytest.mark.django_db
def test_the_task_writes_the_card_with_the_quick_picture():
    """Before any rendition is there; in the language of the page."""
    image = stored(encoded(canvas(colour=RED)))
    make_card.call(7, "Заголовок", "Новость", image.pk, "ru")
    with default_storage.open(card_path(7)) as file:
        red, green, _blue = Pillow.open(io.BytesIO(file.read())).getpixel((1000, 315))
    assert red > 150
    assert green < 80


@pytest.mark.django_db
def test_a_title_that_cannot_be_written_any_more_takes_its_card_away():
    """What stood there before would tell another title."""
    make_card.call(7, "A title", "News", None, "en")
    assert default_storage.exists(card_path(7))
    make_card.call(7, "საქართველო", "News", 12345, "en")
    assert not default_storage.exists(card_path(7))


def test_the_colours_can_be_told_from_their_ground():
    """At least 4.5:1, as on the site's pages."""

    def light_of(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for ground in (LIGHT, DARK):
        for colour in (ground.ink, ground.kicker, ground.soft):
            lighter, darker = sorted((light_of(colour), light_of(ground.paper)), reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5
