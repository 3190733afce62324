"""Words that were probably meant: offered, never put in place of what was typed, and only what is public."""

import datetime

import pytest
from django.utils import timezone
from pyroaring import BitMap

from news import workflow
from news.models import Edition
from news.search import find
from news.search.spelling import mistakes
from tests import builders

pytestmark = pytest.mark.django_db


def count_listed(match: BitMap) -> int:
    """Count what of a match the public sees."""
    return Edition.objects.listed().filter(pk__in=list(match)).count()


def offered(words, language="en"):
    """Return what is offered instead of the words."""
    return find(words, language=language).spelling(count_listed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bordr", "border"),
        ("boder", "border"),
        ("borderr", "border"),
        ("broder", "border"),
        ("bordur", "border"),
        ("comitee", "committee"),
        ("commitee", "committee"),
        ("goverment", "government"),
        ("govrenment", "government"),
        ("gouvernment", "government"),
        ("securite", ""),  # found as it is, without its accent
        ("sécuritée", "sécurité"),
        ("выбары", "выборы"),
        ("bordr patrol", "border patrol"),
        ('"bordr"', ""),  # exact words are meant
        ("bordr*", ""),
        ("xyzzyplugh", ""),
        ("bor", ""),
    ],
)
def test_a_word_with_a_mistake_leads_to_the_word_that_was_meant(typed, meant):
    """One letter too few, too many, another one, two exchanged; doubled letters are one."""
    builders.published("The border committee and the government")
    builders.published("A border patrol")
    builders.published("Sécurité", language="fr")
    builders.published("Выборы", language="ru")
    assert offered(typed) == meant


def test_a_word_that_is_found_is_not_corrected():
    """Even where another is more frequent: rare names are no mistakes."""
    for _number in range(3):
        builders.published("Border")
    builders.published("Bordes, a village")
    assert offered("bordes") == ""


def test_a_word_of_an_embargoed_a_retracted_or_a_discarded_text_is_never_offered():
    """The table of words knows some of them; the public does not."""
    builders.published("Xylophonium", visible_from=timezone.now() + datetime.timedelta(hours=1))
    retracted = builders.published("Glockenspielum")
    workflow.remove(retracted.item, workflow.RemovalWish(kind="error", reason="Wrong."), by=None)
    workflow.discard(builders.draft("Vibraphonium"), by=None)
    assert [offered(word) for word in ("xylophoniun", "glockenspielun", "vibraphoniun")] == ["", "", ""]


@pytest.mark.parametrize(
    ("typed", "meant", "number"),
    [("border", "border", 0), ("broder", "border", 1), ("", "ab", 2), ("kitten", "sitting", 3), ("ca", "abc", 3)],
)
def test_mistakes_are_counted(typed, meant, number):
    """As the optimal string alignment distance counts them."""
    assert mistakes(typed, meant) == number
