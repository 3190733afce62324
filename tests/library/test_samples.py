"""Drawn pictures for sample news."""

import hashlib
import io

from PIL import Image

from library.opening import opened
from library.samples import SCENES, draw_sample_picture
from tests.library.drawn import upload


def test_each_kind_is_a_picture_of_its_own_that_the_library_takes():
    """Of the size of a photograph in the news, and not too heavy."""
    pictures = [draw_sample_picture(number) for number in range(len(SCENES))]
    assert len({hashlib.sha256(picture).digest() for picture in pictures}) == len(SCENES)
    for picture in pictures:
        found = opened(upload(picture))
        assert (found.format, found.width, found.height) == ("jpg", 1600, 1067)
        assert found.size < 400_000


def test_the_same_number_draws_the_same_picture_and_another_one_another():
    """So that samples are the same wherever they are made."""
    assert draw_sample_picture(3) == draw_sample_picture(3)
    assert draw_sample_picture(3) != draw_sample_picture(11)


def test_a_picture_has_light_and_shade():
    """Not one even colour."""
    darkest, lightest = Image.open(io.BytesIO(draw_sample_picture(0))).convert("L").getextrema()
    assert lightest - darkest > 120
