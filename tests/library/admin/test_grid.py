"""The grid: what each card says, what images are found by, and what it costs."""

import datetime

import pytest
from django.urls import reverse

from library.models import ImageText
from tests import builders
from tests.library.admin.desk import GRID

pytestmark = pytest.mark.django_db


def found(client, **asked) -> list[str]:
    """Return the names of the images that the grid shows."""
    answer = client.get(GRID, asked)
    assert answer.status_code == 200
    return [card.image.name for card in answer.context_data["cards"]]


def test_a_card_says_what_is_still_to_be_done(desk):
    """An image without words, one described in one language, one that is decorative, one with a problem."""
    builders.image("bare.jpg", rendered_by="")
    builders.described(builders.image("some.jpg"), "Ballots are counted")
    builders.image("decorative.jpg", is_decorative=True)
    builders.image("broken.jpg", is_decorative=True, problem="The file is damaged.")
    answer = desk.get(GRID)
    marks = {card.image.name: [words for _kind, words in card.marks] for card in answer.context_data["cards"]}
    assert marks == {
        "bare.jpg": ["no alternative text", "not yet rendered"],
        "some.jpg": ["no alternative text: Français, Deutsch, Italiano, Русский, Español"],
        "decorative.jpg": ["decorative"],
        "broken.jpg": ["decorative", "The file is damaged."],
    }
    assert "Ballots are counted" in answer.content.decode()


@pytest.mark.parametrize(
    "typed", ["geneve", "GENÈVE", "bülletins genev", "сергей", "бюллетеней", "berg", "hall-7", "Høst", "host"]
)
def test_words_are_found_in_every_text_with_accents_folded(desk, typed):
    """In the file's name, the credit, the place, alternative texts and captions of all languages."""
    image = builders.image("Hall-7.jpg", place="Genève", credit="OSCE/Berg Høst")
    builders.described(image, "Des bulletins", language="fr", caption="Bülletins")
    builders.described(image, "Сергей, подсчёт бюллетеней", language="ru")
    builders.image("other.jpg", credit="OSCE/Nobody")
    assert found(desk, q=typed) == ["Hall-7.jpg"]


def test_words_follow_what_is_changed(desk):
    """A text that was taken away is not found any more."""
    image = builders.described(builders.image("one.jpg"), "Observers")
    assert found(desk, q="observers") == ["one.jpg"]
    builders.described(image, "Ballots")
    assert found(desk, q="observers") == []
    ImageText.objects.all().delete()
    assert found(desk, q="ballots") == []


def test_images_are_found_by_credit_country_and_day(desk):
    """Each by itself, and all of them together; what is written wrongly finds nothing."""
    austria = builders.country("Austria")
    day = datetime.date(2025, 6, 1)
    builders.image("wanted.jpg", credit="OSCE/Ána Lo", country=austria, taken_on=day)
    builders.image("ana-lo.jpg", credit="UN/Other", taken_on=datetime.date(2020, 1, 1))
    assert found(desk, credit="ana lo") == ["wanted.jpg"]
    assert found(desk, country=austria.pk) == ["wanted.jpg"]
    assert found(desk, **{"from": "2025-06-01", "to": "2025-06-01"}) == ["wanted.jpg"]
    assert found(desk, to="2025-05-31") == ["ana-lo.jpg"]
    assert found(desk, credit="ana", country=austria.pk, to="2025-05-31") == []
    assert found(desk, country="x") == found(desk, use="x") == found(desk, state="x") == found(desk, to="x") == []
    assert found(desk, credit="", country="", use="") == ["ana-lo.jpg", "wanted.jpg"]


def test_images_are_found_by_their_use(desk):
    """Public ones are those that visitors can see, a logo's among them; a draft uses its own."""
    names = ("unused", "draft", "public", "logo")
    images = {name: builders.image(name) for name in names}
    builders.described(images["public"], "Ballots are counted")
    builders.draft("A draft", pictures=[images["draft"].pk])
    builders.published("A story", pictures=[images["public"].pk])
    builders.logo(images["logo"])
    assert found(desk, use="public") == ["logo", "public"]
    assert found(desk, use="used") == ["logo", "public", "draft"]
    assert found(desk, use="unused") == ["unused"]


def test_images_are_found_by_their_state(desk):
    """What is still to be done."""
    builders.image("bare")
    builders.described(builders.image("french"), "Des urnes", language="fr")
    builders.image("decorative", is_decorative=True, rendered_by="")
    assert found(desk, state="undescribed") == ["bare"]
    assert found(desk, state="untranslated") == ["french", "bare"]
    assert found(desk, state="decorative") == found(desk, state="unrendered") == ["decorative"]


def test_the_grid_costs_the_same_for_one_image_and_for_sixty(desk, django_assert_num_queries):
    """Session, user, rights of two kinds, count, images, texts; countries come from memory."""
    builders.described(builders.image(), "Ballots")
    desk.get(GRID)
    with django_assert_num_queries(7):
        desk.get(GRID)
    for _time in range(59):
        builders.described(builders.image(country=None), "Ballots")
    with django_assert_num_queries(7):
        assert len(desk.get(GRID).context_data["cards"]) == 60


def test_a_page_has_sixty_images(desk):
    """The next ones stand on the next page."""
    for _time in range(61):
        builders.image()
    assert len(found(desk)) == 60
    assert len(found(desk, p=2)) == 1


def test_what_is_chosen_is_described_together(desk):
    """The button leads to their page."""
    images = [builders.image(), builders.image()]
    answer = desk.post(
        GRID, {"action": "describe_chosen", "index": "0", "_selected_action": [image.pk for image in images]}
    )
    assert answer.status_code == 302
    assert sorted(answer.url.partition("?")[2].split("&")) == sorted(f"image={image.pk}" for image in images)


def test_images_are_offered_to_a_script(desk):
    """As the form of an item takes them: newest first, described in a language or not."""
    image = builders.described(builders.image("urn.jpg"), "A ballot box")
    builders.image("other.jpg")
    address = reverse("admin:library_image_choose")
    answer = desk.get(address, {"q": "box", "language": "fr"}).json()["images"]
    assert [each["id"] for each in answer] == [image.pk]
    assert answer[0]["described"] is False
    answer = desk.get(address, {"q": "box"}).json()["images"]
    assert answer[0] | {"thumbnail": ""} == {
        "id": image.pk,
        "name": "urn.jpg",
        "alternative": "A ballot box",
        "thumbnail": "",
        "credit": "OSCE/Maria Berg",
        "described": True,
        "address": f"/admin/library/image/{image.pk}/change/",
    }
    assert answer[0]["thumbnail"] == f"/files/images/{image.pk}/1x1-192.jpg"
    assert len(desk.get(address).json()["images"]) == 2
