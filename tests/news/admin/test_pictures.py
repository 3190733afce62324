"""Pictures and attachments in the editors' form: chosen in an order, described before they are submitted."""

import pytest
from django.urls import reverse

from news import workflow
from news.models import Edition, NewsItem
from record.models import Act
from tests import builders
from tests.news.admin.desk import act, page, seen, submitted, typed

pytestmark = pytest.mark.django_db
FIGURES = '<p>One.</p><figure data-image="%s"></figure><figure data-attachment="%s"></figure><p>Two.</p>'


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def editor():
    """Return an editor who may use the library."""
    rights = ("view_image", "add_image", "view_attachment", "add_attachment")
    return builders.member_of_staff("anna", *builders.EDITOR, "work_everywhere", *rights)


def described(alternative: str = "Two people shake hands."):
    """Return an image with an alternative text in English."""
    return builders.described(builders.image("hands.jpg"), alternative)


def saved(desk, **fields) -> Edition:
    """Send the form of a new item, and return its draft."""
    given = {"issued_by": [builders.institution().pk]} | fields
    answer = desk.post(reverse("admin:news_newsitem_add"), typed(**given))
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    return NewsItem.objects.latest("pk").editions.get()


def errors(answer) -> dict[str, str]:
    """Return the complaints of a form by field, as text."""
    return {name: " ".join(texts) for name, texts in answer.context["adminform"].form.errors.items()}


def test_pictures_and_attachments_are_stored_in_their_order(desk):
    """Numbers, names with numbers, empty rows; what was chosen twice is there once."""
    first, second, paper = described(), described("A bridge."), builders.attachment("Annual report")
    edition = saved(
        desk, pictures=["", f"hands.jpg [{second.pk}]", str(first.pk), str(second.pk)], attachments=[str(paper.pk)]
    )
    assert edition.tags["pictures"] == [second.pk, first.pk]
    assert edition.tags["attachments"] == [paper.pk]
    assert edition.files["lead"]["alternative"] == "A bridge."
    assert [kept["image"] for kept in edition.files["gallery"]] == [first.pk]


def test_saving_a_draft_again_keeps_them(desk):
    """The form shows what is stored, and sends it back."""
    image, paper = described(), builders.attachment("Annual report")
    edition = saved(desk, pictures=[str(image.pk)], attachments=[str(paper.pk)], body=FIGURES % (image.pk, paper.pk))
    form = desk.get(page(edition.item))
    assert f'value="hands.jpg [{image.pk}]"' in form.text
    assert f'value="Annual report [{paper.pk}]"' in form.text
    assert f"/files/images/{image.pk}/1x1-192.jpg" in form.text
    shown = form.context["adminform"].form
    again = {name: [f"x [{number}]" for number in shown[name].value()] for name in ("pictures", "attachments")}
    desk.post(page(edition.item), typed(edition, body=shown["body"].value(), title="Other", **again))
    edition.refresh_from_db()
    assert edition.title == "Other"
    assert edition.tags["pictures"] == [image.pk]
    assert edition.tags["attachments"] == [paper.pk]
    assert edition.body == FIGURES % (image.pk, paper.pk)
    assert edition.files["text_attachments"][str(paper.pk)]["title"] == "Annual report"


def test_what_the_library_lacks_is_named_number_by_number(desk):
    """All complaints at once, and what was typed stays."""
    answer = desk.post(
        reverse("admin:news_newsitem_add"),
        typed(issued_by=[builders.institution().pk], pictures=["987", "harbour"], attachments=["654"]),
    )
    said = errors(answer)
    assert "“harbour” names nothing of the library" in said["pictures"]
    assert "There is no image 987" in said["pictures"]
    assert "There is no attachment 654" in said["attachments"]
    assert 'value="harbour"' in answer.text
    assert not NewsItem.objects.exists()


def test_a_picture_without_words_can_be_saved_and_not_submitted(desk):
    """In the language of the item: English words are none for a French one."""
    image = described()
    fields = {"language": "fr", "pictures": [str(image.pk)], "issued_by": [builders.institution().pk]}
    refused = desk.post(reverse("admin:news_newsitem_add"), typed(button="_submit", **fields))
    assert f"alternative text in the item’s language for the images {image.pk}" in errors(refused)["pictures"]
    assert "No alternative text in Français" in refused.text
    edition = saved(desk, **fields)
    builders.described(image, "Deux personnes se serrent la main.", language="fr")
    submitted = desk.post(page(edition.item), typed(edition, button="_submit", pictures=[str(image.pk)]))
    assert submitted.status_code == 302
    edition.refresh_from_db()
    assert edition.state == Edition.State.SUBMITTED


def test_a_picture_in_the_text_needs_words_too(desk):
    """It is complained of where pictures are."""
    bare = builders.image()
    body = f'<p>One.</p><figure data-image="{bare.pk}"></figure>'
    answer = desk.post(
        reverse("admin:news_newsitem_add"), typed(button="_submit", issued_by=[builders.institution().pk], body=body)
    )
    assert str(bare.pk) in errors(answer)["pictures"]


def test_a_video_needs_a_transcript_before_it_is_submitted(desk):
    """And may be saved without one."""
    video = builders.attachment("Opening", builders.video())
    fields = {"attachments": [str(video.pk)], "issued_by": [builders.institution().pk]}
    refused = desk.post(reverse("admin:news_newsitem_add"), typed(button="_submit", **fields))
    assert "a transcript of “Opening”" in errors(refused)["attachments"]
    assert "No transcript" in refused.text
    builders.reworded(video, transcript="<p>Good morning.</p>")
    assert desk.post(reverse("admin:news_newsitem_add"), typed(button="_submit", **fields)).status_code == 302


def test_someone_elses_saving_is_not_overwritten_and_the_choice_stays(desk):
    """The conflict shows what was chosen here."""
    image, other = described(), described("A bridge.")
    edition = saved(desk, pictures=[str(image.pk)])
    stale = typed(edition, pictures=[str(other.pk), str(image.pk)])
    workflow.save_draft(edition, builders.content("Faster"), by=None)
    answer = desk.post(page(edition.item), stale)
    assert "Not saved" in answer.text
    assert answer.text.index(f"hands.jpg [{other.pk}]") < answer.text.index(f"hands.jpg [{image.pk}]")
    edition.refresh_from_db()
    assert edition.tags["pictures"] == []


def test_the_record_names_them(desk):
    """By name and number, for whoever reads it when they are gone."""
    image, paper = described(), builders.attachment("Annual report")
    saved(desk, pictures=[str(image.pk)], attachments=[str(paper.pk)])
    written = Act.objects.filter(verb="create", model="news.edition").latest("pk").after
    assert written["pictures"] == [f"hands.jpg ({image.pk})"]
    assert written["attachments"] == [f"Annual report ({paper.pk})"]


def test_the_page_of_what_is_not_written_now_shows_them(desk):
    """With the words that the library has."""
    image, paper = described("A bridge <at night>."), builders.attachment("Annual report")
    item = builders.published(pictures=[image.pk], attachments=[paper.pk]).item
    shown = desk.get(page(item)).text
    assert "A bridge &lt;at night&gt;." in shown
    assert f'href="/admin/library/image/{image.pk}/change/">hands.jpg</a>' in shown
    assert ">Annual report</a>" in shown


def test_its_text_is_shown_with_what_stands_in_its_midst(desk):
    """As readers have it."""
    image, paper = described("A bridge."), builders.attachment("Annual report")
    item = builders.published(body=FIGURES % (image.pk, paper.pk)).item
    shown = desk.get(page(item)).text
    assert 'alt="A bridge."' in shown
    assert "data-image" not in shown
    assert f"/files/attachments/{paper.pk}/" in shown


def test_a_preview_shows_the_words_that_the_library_has_now(desk):
    """They are what an approval would keep; an edition that is public keeps its own."""
    image = described("A bridge.")
    draft, public = builders.draft(pictures=[image.pk]), builders.published(pictures=[image.pk])
    builders.described(image, "A bridge at night.")
    shown = [desk.get(reverse("admin:news_newsitem_preview", args=[each.item_id])).text for each in (draft, public)]
    assert ['alt="A bridge at night."' in text for text in shown] == [True, False]
    assert 'alt="A bridge."' in shown[1]


def test_the_form_costs_the_same_however_many_are_chosen(desk, django_assert_max_num_queries):
    """Cards are read at once."""
    edition = saved(desk, pictures=[str(described().pk)], attachments=[str(builders.attachment().pk)])
    with django_assert_max_num_queries(40) as few:
        desk.get(page(edition.item))
        count = len(few)
    many = [str(described(f"Bridge {number}").pk) for number in range(8)]
    edition.refresh_from_db()
    desk.post(page(edition.item), typed(edition, pictures=many, attachments=[str(builders.attachment().pk)]))
    with django_assert_max_num_queries(count):
        desk.get(page(edition.item))


def test_words_that_change_while_an_edition_is_read_are_approved_only_after_they_were_seen(client):
    """They would be published with it: the caption of a picture, the newest version of a file."""
    client.force_login(builders.member_of_staff("eve", *builders.EDITOR, "work_everywhere"))
    image = described()
    edition = submitted(pictures=[image.pk])
    opened = seen(edition)
    image.texts.update(caption="Written meanwhile, by nobody who was asked.")
    answer = client.post(act("approve", edition.item), opened)
    assert "Someone has saved this edition since you opened this page." in answer.content.decode()
    edition.refresh_from_db()
    assert edition.state == "submitted"
    assert client.post(act("approve", edition.item), seen(edition), follow=True).status_code == 200
    edition.refresh_from_db()
    assert edition.state == "approved"
