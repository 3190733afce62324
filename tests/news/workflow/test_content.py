"""The readable end of an item's address."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.workflow import SLUG_LENGTH, readable_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        pytest.param("Пограничники четырёх государств", "pogranichniki-chetyrekh-gosudarstv", id="ru"),
        pytest.param("Прикордонники чотирьох держав", "prikordonniki-chotirokh-derzhav", id="uk"),
        pytest.param("ქართული ენა", "kartuli-ena", id="ka"),
        pytest.param("Հայերեն լեզու", "hayeren-lezow", id="hy"),
        pytest.param("Çështje të rojeve kufitare", "ceshtje-te-rojeve-kufitare", id="sq"),
        pytest.param("L’État n’a pas d’œillères", "letat-na-pas-doeilleres", id="fr"),
        pytest.param("Spot report 36/2026", "spot-report-36-2026", id="two numbers"),
        pytest.param("!?", "item", id="no letters at all"),
    ],
)
def test_titles_in_any_script_become_latin_letters(title, slug):
    """As a reader of the language would spell them in a mail."""
    assert readable_slug(title) == slug


def test_a_long_title_is_cut_at_a_word():
    """No address ends in half a word."""
    slug = readable_slug("Border guards train on a river " * 10)
    assert len(slug) <= SLUG_LENGTH
    assert slug.rsplit("-", 1)[1] in {"border", "guards", "train", "on", "a", "river"}


@given(st.text())
def test_any_title_gives_an_address_of_plain_letters_and_digits(title):
    """Whatever it holds."""
    assert re.fullmatch(rf"[a-z0-9_-]{{1,{SLUG_LENGTH}}}", readable_slug(title))
