"""The page of an image: its words, its focal point, where it is used, and that it stays while it is or was."""

import pytest
from django.test import Client
from django.urls import reverse

from library.models import Image
from news import workflow
from record.models import Act
from tests import builders
from tests.library.admin.desk import GRID, page, said

pytestmark = pytest.mark.django_db


def delete_address(image: Image) -> str:
    """Return the address at which one is asked whether an image shall go."""
    return reverse("admin:library_image_delete", args=[image.pk])


def test_what_is_said_of_an_image_is_kept_and_recorded(desk):
    """In several languages, a local one among them."""
    image, austria = builders.image(), builders.country("Austria")
    sent = said(
        image, alternative_en=" Ballots \n are counted ", caption_fr="Les bulletins", alternative_sq="Numërohen votat"
    )
    answer = desk.post(page(image), sent | {"place": "Vienna", "country": austria.pk, "taken_on": "2025-06-01"})
    assert answer.status_code == 302
    assert answer.url == GRID
    image.refresh_from_db()
    assert (image.place, image.country, str(image.taken_on)) == ("Vienna", austria, "2025-06-01")
    words = {code: (text.alternative, text.caption) for code, text in image.words().items()}
    assert words == {"en": ("Ballots are counted", ""), "fr": ("", "Les bulletins"), "sq": ("Numërohen votat", "")}
    assert Act.objects.filter(model="library.image", number=str(image.pk), verb="change").exists()


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("vienna", "This is the name of the file"),
        ("Photo 3", "This says only that it is an image"),
        ("Talks open", "This repeats the title"),
    ],
)
def test_an_alternative_text_that_is_none_is_refused_at_its_field(desk, writer, text, refusal):
    """And nothing of the form is lost or written."""
    image = builders.image("vienna.jpg")
    home = builders.institution()
    writer.person.institutions.set([home])
    builders.draft("Talks open", pictures=[image.pk], issued_by=[home.pk])
    answer = desk.post(page(image), said(image, alternative_de=text, place="Linz"))
    assert refusal in str(answer.context["form"].errors["alternative_de"])
    assert answer.context["form"]["place"].value() == "Linz"
    assert Image.objects.get().place == ""


def test_decorative_or_described_but_not_both(desk):
    """It is a decision."""
    image = builders.image()
    answer = desk.post(page(image), said(image, is_decorative="on", alternative_en="Ballots are counted"))
    assert "one or the other" in str(answer.context["form"].errors["is_decorative"])
    assert desk.post(page(image), said(image, is_decorative="on")).status_code == 302
    assert Image.objects.get().is_decorative


def test_the_credit_is_never_empty(desk):
    """Each picture is shown with it."""
    image = builders.image()
    answer = desk.post(page(image), said(image, credit=" "))
    assert "credit" in answer.context["form"].errors


@pytest.mark.parametrize("sent", ["-1", "100.1", "x", ""])
def test_a_focal_point_outside_of_the_picture_is_refused(desk, sent):
    """Said at its number."""
    image = builders.image()
    answer = desk.post(page(image), said(image, focal_x=sent))
    assert "focal_x" in answer.context["form"].errors


def test_another_focal_point_lets_the_renditions_be_made_again(desk, monkeypatch, django_capture_on_commit_callbacks):
    """And another credit does not."""
    asked = []
    monkeypatch.setattr(
        "library.admin.describing_page.make_renditions_of.__class__.enqueue", lambda _task, pk: asked.append(pk)
    )
    image = builders.image()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(page(image), said(image, credit="OSCE/Else"))
    assert asked == []
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(page(image), said(image, focal_x="25.5", focal_y="0"))
    image.refresh_from_db()
    assert (image.focal_x, image.focal_y) == (255, 0)
    assert asked == [image.pk]


def test_two_people_at_one_image_lose_nothing_silently(desk):
    """What both changed is told; what only the other one changed is kept."""
    image = builders.image()
    seen = desk.get(page(image)).context["form"]["seen"].value()
    first = said(image, place="Linz", alternative_en="Ballots are counted", seen=seen)
    assert desk.post(page(image), first).status_code == 302
    late = said(image, alternative_en="Votes are counted", seen=seen)
    late |= {"place": "", "alternative_en": "Votes are counted"}
    answer = desk.post(page(image), late)
    assert "Someone else has changed this" in str(answer.context["form"].errors["alternative_en"])
    answer = desk.post(page(image), late | {"seen": answer.context["form"].data["seen"]})
    assert answer.status_code == 302
    image.refresh_from_db()
    assert (image.place, image.words()["en"].alternative) == ("Linz", "Votes are counted")


def test_coordinates_of_the_camera_are_offered_and_a_name_is_asked_for(desk):
    """They are no place that a reader knows."""
    image = builders.image(place="48.20849, 16.37208")
    assert "Coordinates that the camera wrote" in desk.get(page(image)).content.decode()
    assert "Coordinates" not in desk.get(page(builders.image(place="Vienna"))).content.decode()


def test_the_page_names_every_use_as_far_as_these_eyes_may_know_it(desk, writer):
    """A draft of another institution has no title for them."""
    image = builders.described(builders.image(), "Ballots are counted")
    home = builders.institution("Home")
    writer.person.institutions.set([home])
    builders.draft("Our draft", pictures=[image.pk], issued_by=[home.pk])
    builders.draft("Their secret", pictures=[image.pk])
    builders.logo(image, institution=builders.institution("Mission to Moldova"))
    text = desk.get(page(image)).content.decode()
    assert "Our draft" in text
    assert "An item of another institution" in text
    assert "Their secret" not in text
    assert "Logo of Mission to Moldova" in text
    assert "Nothing uses it yet" in desk.get(page(builders.image())).content.decode()


def test_the_page_and_the_message_say_when_readers_get_changed_words(tidying):
    """With the item's address; another focal point or place is nothing that an edition keeps."""
    image = builders.described(builders.image("hall.jpg"), "Ballots are counted")
    edition = builders.published("A story", pictures=[image.pk])
    link = f'<a href="/admin/news/newsitem/{edition.item_id}/change/">A story</a>'
    note = tidying.get(page(image)).content.decode().partition("image-kept-words")[2].partition("</div>")[0]
    assert link in note
    answer = tidying.post(page(image), said(image, credit="OSCE/Ana Lo"), follow=True)
    assert f"with the next edition of each of these items: {link}." in answer.content.decode()
    image.refresh_from_db()
    answer = tidying.post(page(image), said(image, focal_x="10", place="Linz"), follow=True)
    assert "next edition" not in answer.content.decode()
    builders.next_edition(edition, "A story without it")
    assert "image-kept-words" not in tidying.get(page(image)).content.decode()


def test_what_is_used_or_was_public_is_not_deleted(tidying):
    """The refusal names the places; one image by itself, and among others."""
    used, public, free = (builders.described(builders.image(name), "Ballots are counted") for name in "abc")
    builders.draft("A draft", pictures=[used.pk])
    edition = builders.published("A story", pictures=[public.pk])
    builders.next_edition(edition, "A story without it")
    for image, title in [(used, "A draft"), (public, "A story")]:
        assert title in tidying.get(delete_address(image)).content.decode()
        assert tidying.post(delete_address(image), {"post": "yes"}).status_code == 200
        assert delete_address(image) not in tidying.get(page(image)).content.decode()
    chosen = {"action": "delete_selected", "_selected_action": [used.pk, free.pk]}
    assert "A draft" in tidying.post(GRID, chosen | {"index": "0"}).content.decode()
    tidying.post(GRID, chosen | {"post": "yes"})
    assert Image.objects.count() == 3


def test_what_nothing_uses_is_deleted_with_its_words(tidying):
    """After a question; one by itself, and several."""
    images = [builders.described(builders.image(), "Ballots are counted") for _time in range(3)]
    assert delete_address(images[0]) in tidying.get(page(images[0])).content.decode()
    assert tidying.get(delete_address(images[0])).status_code == 200
    assert Image.objects.count() == 3
    assert tidying.post(delete_address(images[0]), {"post": "yes"}).status_code == 302
    chosen = {"action": "delete_selected", "_selected_action": [image.pk for image in images[1:]]}
    assert "Nothing uses them" in tidying.post(GRID, chosen | {"index": "0"}).content.decode()
    tidying.post(GRID, chosen | {"post": "yes"})
    assert not Image.objects.exists()


def test_a_writer_deletes_nothing(desk):
    """Not by the page, not by the grid, not by hand."""
    image = builders.image()
    assert desk.get(delete_address(image)).status_code == 403
    assert desk.post(delete_address(image), {"post": "yes"}).status_code == 403
    desk.post(GRID, {"action": "delete_selected", "_selected_action": [image.pk], "post": "yes"})
    assert "delete_selected" not in desk.get(GRID).content.decode()
    assert Image.objects.exists()


def test_who_may_only_look_changes_nothing():
    """The fields are there to be read."""
    image, client = builders.image(), Client()
    client.force_login(builders.member_of_staff("", "view_image"))
    answer = client.get(page(image))
    assert answer.status_code == 200
    assert "disabled" in answer.content.decode()
    assert client.post(page(image), said(image, place="Linz")).status_code == 403
    assert client.get(reverse("admin:library_image_describe"), {"image": image.pk}).status_code == 403
    assert client.get(reverse("admin:library_image_add")).status_code == 403


def test_an_image_that_is_not_there_is_not_found(desk):
    """Whatever its number is."""
    for number in ("999999", "x", str(2**70)):
        assert desk.get(f"/admin/library/image/{number}/change/").status_code == 404


def test_the_poster_of_a_recording_is_in_use(tidying):
    """Deleting it would leave the recording without."""
    image = builders.image()
    builders.attachment("An interview", poster=image)
    assert "An interview" in tidying.get(page(image)).content.decode()
    assert tidying.post(delete_address(image), {"post": "yes"}).status_code == 200
    assert Image.objects.exists()


def test_an_item_cannot_be_submitted_with_an_image_whose_text_is_none_and_says_which_and_why():
    """Though the text was written before the title was; each image with its own reason."""
    image = builders.described(builders.image("hall.jpg"), "Talks open in Vienna")
    short = builders.described(builders.image("x.jpg"), "asdf")
    bare = builders.image("bare.jpg")
    edition = builders.draft("Talks open in Vienna", pictures=[image.pk, short.pk, bare.pk])
    with pytest.raises(workflow.WorkflowError) as refused:
        workflow.submit(edition, by=None)
    text = str(refused.value)
    assert f"the image {image.pk} (hall.jpg) than “Talks open in Vienna” (This repeats the title" in text
    assert f"the image {short.pk} (x.jpg) than “asdf” (This is too short" in text
    assert f"the item’s language for the images {bare.pk} (bare.jpg)" in text
    for each in (image, short, bare):
        builders.described(each, "Delegates sit around a table")
    workflow.submit(edition, by=None)


def test_what_somebody_begins_to_use_while_another_deletes_it_stays(tidying, monkeypatch):
    """The database has the last word, and the page says so; of several none goes."""
    used, free = builders.image(), builders.image()
    builders.draft(pictures=[used.pk])
    monkeypatch.setattr("library.admin.image_admin.kept_because", lambda _number, _user: [])
    answer = tidying.post(delete_address(used), {"post": "yes"}, follow=True)
    assert "something has begun to use an image meanwhile" in answer.content.decode()
    chosen = {"action": "delete_selected", "_selected_action": [free.pk, used.pk], "post": "yes"}
    answer = tidying.post(GRID, chosen, follow=True)
    assert "something has begun to use an image meanwhile" in answer.content.decode()
    assert Image.objects.count() == 2
