"""Many images described on one page."""

import pytest

from library.admin import describing_page
from library.models import Image, ImageText
from tests import builders
from tests.library.admin.desk import CODES, DESCRIBE, GRID, said

pytestmark = pytest.mark.django_db


def sent(*images: Image, shared: dict | None = None, **changed: dict) -> dict:
    """Return what the page sends: each image as it is stored, but for what is changed of the one of that name."""
    fields = {f"all-{name}": value for name, value in (shared or {}).items()}
    fields["image"] = [image.pk for image in images]
    for image in images:
        fields |= said(image, prefix=str(image.pk), **changed.get(image.name, {}))
        fields |= {f"{image.pk}-seen": "{}"}
    return fields


def test_all_are_saved_together(desk):
    """Each with its own words."""
    one, two = builders.image("one"), builders.image("two")
    answer = desk.post(
        DESCRIBE,
        sent(one, two, one={"alternative_en": "Ballots are counted"}, two={"is_decorative": "on", "caption_ru": "Зал"}),
        follow=True,
    )
    assert answer.redirect_chain == [(GRID, 302)]
    assert "2 images are saved." in answer.content.decode()
    assert one.words()["en"].alternative == "Ballots are counted"
    two.refresh_from_db()
    assert (two.is_decorative, two.words()["ru"].caption) == (True, "Зал")


def test_a_local_language_is_added_with_what_was_written_saved(desk):
    """Its fields are there on the page to which one is led back, and those of languages that an image has at once."""
    one, two = builders.image("one"), builders.image("two")
    answer = desk.post(DESCRIBE, sent(one, two) | {"add_language": "sq"}, follow=True)
    assert answer.redirect_chain[0][0].endswith(f"?image={one.pk}&image={two.pk}&local=sq")
    assert f"{one.pk}-alternative_sq" in answer.content.decode()
    words = {f"{one.pk}-alternative_sq": "Numërohen votat", f"{two.pk}-alternative_sq": "", f"{one.pk}-caption_sq": ""}
    desk.post(DESCRIBE, sent(one, two) | words | {f"{two.pk}-caption_sq": "", "local": ["sq"]})
    assert one.words()["sq"].alternative == "Numërohen votat"
    assert desk.post(DESCRIBE, sent(one, two)).status_code == 302  # by a page that did not show the language
    assert one.words()["sq"].alternative == "Numërohen votat"
    assert f"{two.pk}-alternative_sq" in desk.get(DESCRIBE, {"image": [one.pk, two.pk]}).content.decode()


def test_another_focal_point_lets_the_renditions_of_that_image_be_made_again(
    desk, monkeypatch, django_capture_on_commit_callbacks
):
    """Of that one alone."""
    asked: list[int] = []
    monkeypatch.setattr(
        "library.admin.describing_page.make_renditions_of.__class__.enqueue", lambda _task, pk: asked.append(pk)
    )
    one, two = builders.image("one"), builders.image("two")
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(DESCRIBE, sent(one, two, two={"focal_x": "25.5"}))
    two.refresh_from_db()
    assert (two.focal_x, two.focal_y, asked) == (255, 500, [two.pk])


def test_it_is_said_which_items_get_changed_words_with_their_next_edition(desk):
    """Each with its address, once; an item that only a draft shows it in is not named, nor what has the same words."""
    shown, drafted = (builders.described(builders.image(name), "Ballots are counted") for name in ("one", "two"))
    edition = builders.published("A story", pictures=[shown.pk])
    builders.draft("A draft", pictures=[drafted.pk])
    changed = {name: {"alternative_en": "Ballots lie on a table"} for name in ("one", "two")}
    text = desk.post(DESCRIBE, sent(shown, drafted, **changed), follow=True).content.decode()
    told = text.partition("Readers get the changed words")[2].partition("</li>")[0]
    assert "An item of another institution" in told
    assert "A draft" not in told
    assert "Readers get" not in desk.post(DESCRIBE, sent(shown, drafted), follow=True).content.decode()
    assert edition.files["lead"]["alternative"] == "Ballots are counted"


def test_what_is_wrong_with_one_is_said_in_its_row_and_nothing_is_saved_or_lost(desk):
    """The other rows keep what was written into them."""
    one, two = builders.image("one"), builders.image("two")
    answer = desk.post(
        DESCRIBE, sent(one, two, one={"alternative_en": "Ballots are counted"}, two={"alternative_fr": "Photo"})
    )
    rows = {row.image.name: row.form for row in answer.context_data["rows"]}
    assert list(rows["two"].errors) == ["alternative_fr"]
    assert rows["one"]["alternative_en"].value() == "Ballots are counted"
    text = answer.content.decode()
    assert f'href="#image-{two.pk}"' in text
    assert f'href="#image-{one.pk}"' not in text
    assert not ImageText.objects.exists()


def test_what_is_the_same_of_all_takes_the_place_of_what_each_has(desk):
    """What is left empty changes nothing."""
    austria = builders.country("Austria")
    one, two = builders.image("one", place="Linz"), builders.image("two", credit="UN")
    shared = {"credit": "OSCE/Ana Lo", "country": austria.pk, "taken_on": "2025-06-01", "place": ""}
    assert desk.post(DESCRIBE, sent(one, two, shared=shared)).status_code == 302
    rows = Image.objects.order_by("pk").values_list("credit", "place", "country", "taken_on")
    assert [(credit, place, country, str(day)) for credit, place, country, day in rows] == [
        ("OSCE/Ana Lo", "Linz", austria.pk, "2025-06-01"),
        ("OSCE/Ana Lo", "", austria.pk, "2025-06-01"),
    ]


@pytest.mark.parametrize("shared", [{"taken_on": "2025-13-01"}, {"country": "999999"}, {"credit": "a" * 201}])
def test_a_wrong_value_for_all_is_said_once_above(desk, shared):
    """And nothing is saved."""
    image = builders.image()
    answer = desk.post(DESCRIBE, sent(image, shared=shared))
    assert list(answer.context_data["shared"].errors) == list(shared)
    image.refresh_from_db()
    assert image.credit == "OSCE/Maria Berg"


def test_fifty_at_once_are_within_what_a_form_may_send(desk):
    """Django reads a thousand fields."""
    images = [builders.image() for _time in range(describing_page.MOST)]
    page = desk.get(DESCRIBE, {"image": [image.pk for image in images]})
    names = {name for row in page.context_data["rows"] for name in row.form.fields}
    assert {f"alternative_{code}" for code in CODES} < names
    everything = {image.name: {"is_decorative": "on"} for image in images}
    fields = sent(*images, shared={"place": "Linz", "credit": "UN", "country": "", "taken_on": ""}, **everything)
    assert desk.post(DESCRIBE, fields).status_code == 302
    assert Image.objects.filter(place="Linz").count() == describing_page.MOST


def test_more_than_fifty_are_cut_and_said(desk):
    """The others come after them."""
    images = [builders.image() for _time in range(describing_page.MOST + 1)]
    answer = desk.get(DESCRIBE, {"image": [image.pk for image in images]})
    assert len(answer.context_data["rows"]) == describing_page.MOST
    assert "These are the first 50 of the 51 images" in answer.content.decode()


@pytest.mark.parametrize("asked", [{}, {"image": "x"}, {"image": "999999"}, {"image": str(2**70)}])
def test_without_an_image_one_is_led_to_the_grid(desk, asked):
    """Whatever was asked for."""
    answer = desk.get(DESCRIBE, asked, follow=True)
    assert "Choose images first" in answer.content.decode()


def test_the_page_costs_the_same_for_one_image_and_for_fifty(desk, django_assert_num_queries):
    """Session, user, rights of two kinds, the transaction, images, texts; countries come from memory."""
    images = [builders.described(builders.image(), "Ballots are counted") for _time in range(50)]
    desk.get(DESCRIBE, {"image": images[0].pk})
    for count in (1, 50):
        with django_assert_num_queries(8):
            desk.get(DESCRIBE, {"image": [image.pk for image in images[:count]]})
