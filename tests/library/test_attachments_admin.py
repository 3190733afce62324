"""Attachments in the admin: a file or a page, its versions, where it is used, and what is never half there."""

import errno
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.test import Client
from django.urls import reverse

from library.models import Attachment, AttachmentVersion
from news.models import EditionAttachment
from tests import builders
from tests.news.admin.desk import messages_of

pytestmark = pytest.mark.django_db
RIGHTS = tuple(f"{act}_attachment" for act in ("view", "add", "change", "delete"))
ADD = "/admin/library/attachment/add/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    """Return the folder of this test's files."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def desk(client: Client) -> Client:
    """Return the browser of someone who may do everything with attachments, and see items."""
    client.force_login(builders.member_of_staff("anna", *builders.EDITOR, "work_everywhere", *RIGHTS))
    return client


def address(attachment: Attachment, page: str = "change") -> str:
    """Return the address of a page of an attachment."""
    return reverse(f"admin:library_attachment_{page}", args=[attachment.pk])


def stored(media: Path) -> list[str]:
    """Return the names of all files there are."""
    return sorted(file.name for file in media.rglob("*") if file.is_file())


def given(attachment: Attachment | None = None, **said: object) -> dict[str, object]:
    """Return what the form sends."""
    fields = {"title": str(attachment) if attachment else "Annual report", "language": "en"}
    return fields | {"text": "", "transcript": ""} | said


def test_a_file_is_stored_with_what_its_link_says(desk, media):
    """Format by its bytes, size, pages, a readable address."""
    data = builders.pdf(pages=3)
    desk.post(ADD, given(title="Доклад 2026/1", language="ru", file=builders.upload(data, "scan0001.bin")))
    attachment = Attachment.objects.get()
    version = attachment.versions.get()
    assert (attachment.slug, attachment.kind, attachment.created_by.username) == ("doklad-2026-1", "document", "anna")
    assert (version.number, version.format, version.size, version.pages) == (1, "pdf", len(data), 3)
    assert version.file.read() == data
    assert stored(media) == [f"{version.checksum}.pdf"]
    assert "PDF, " in desk.get("/admin/library/attachment/").text


def test_a_page_is_an_attachment_too(desk):
    """Its text is cleaned as every text."""
    desk.post(ADD, given(text="<p>All of it.</p><script>alert(1)</script>"))
    attachment = Attachment.objects.get()
    assert (attachment.kind, attachment.versions.get().text) == ("page", "<p>All of it.</p>")


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"file": builders.upload(b"GIF89a%PDF-1.7", "a.pdf")},
        {"file": builders.upload(b"", "a.pdf")},
        {"file": builders.upload(b"{\\rtf1}", "a.rtf"), "text": "<p>And a text</p>"},
    ],
    ids=["nothing given", "no document", "empty", "a file and a text"],
)
def test_what_cannot_be_taken_is_said_at_the_field_and_leaves_nothing(desk, media, said):
    """No row, no file."""
    answer = desk.post(ADD, given(**said))
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["file"]
    assert not Attachment.objects.exists()
    assert stored(media) == []


def test_another_file_becomes_the_next_version_and_the_old_one_stays_at_its_address(desk, media):
    """The address of the attachment is the same, though its title changes; readers get the new file later."""
    attachment = builders.attachment("Annual report", builders.pdf(pages=2))
    answer = desk.post(
        address(attachment),
        given(attachment, title="Report of the year", file=builders.upload(builders.pdf(pages=3))),
        follow=True,
    )
    attachment.refresh_from_db()
    assert attachment.slug == "annual-report"
    assert [version.pages for version in attachment.versions.all()] == [3, 2]
    assert len(stored(media)) == 2
    assert "Saved as version 2. Readers get it when an edition with it is approved." in messages_of(answer)
    page = desk.get(address(attachment)).text
    for number in (1, 2):
        assert f"/files/attachments/{attachment.pk}/versions/{number}/annual-report.pdf" in page


def test_the_file_that_is_there_is_no_new_version(desk):
    """It is said, and nothing changes."""
    data = builders.pdf()
    attachment = builders.attachment("Report", data)
    answer = desk.post(address(attachment), given(attachment, title="Other", file=builders.upload(data)))
    assert "stands there already" in str(answer.context["adminform"].form.errors["file"])
    assert [version.title for version in attachment.versions.all()] == ["Report"]


def test_going_back_to_an_older_file_keeps_one_file(desk, media):
    """Two versions share it."""
    data = builders.pdf(pages=1)
    attachment = builders.attachment("Report", data)
    builders.replaced(attachment, builders.pdf(pages=2))
    desk.post(address(attachment), given(attachment, file=builders.upload(data)))
    assert attachment.versions.count() == 3
    assert len(stored(media)) == 2


def test_a_document_does_not_become_a_video(desk):
    """Each is its own attachment."""
    attachment = builders.attachment("Report")
    video = builders.upload(builders.video(), "a.mp4")
    answer = desk.post(address(attachment), given(attachment, file=video))
    assert "Add another attachment." in str(answer.context["adminform"].form.errors["file"])
    assert attachment.versions.count() == 1


def test_new_words_are_a_version_of_the_same_file_and_public_with_the_next_edition(desk, media):
    """Title, language, transcript and poster: whoever may change an attachment changes nothing that readers have."""
    talk = builders.attachment("Talk", builders.video(), transcript="<p>Good morning.</p>")
    first = builders.published("Talks open", attachments=[talk.pk])
    said = given(talk, title="Speech", language="fr", transcript="<p>Bonjour.</p>", poster=str(builders.image().pk))
    answer = desk.post(address(talk), said, follow=True)
    assert "Saved as version 2. Readers get it with the next approved edition of “Talks open”." in messages_of(answer)
    assert "Readers have this one now." in answer.client.get(address(talk)).text
    before, after = talk.versions.order_by("number")
    assert (before.title, after.title, after.language, after.file) == ("Talk", "Speech", "fr", before.file)
    assert len([name for name in stored(media) if name.endswith("mp4")]) == 1
    transcript = f"/files/attachments/{talk.pk}/transcript/"
    public = Client().get(transcript)
    assert "Good morning." in public.text
    assert "Speech" not in public.text
    assert public["Content-Language"] == "en"
    builders.next_edition(first, "Talks open", attachments=[talk.pk], is_minor=True)
    public = Client().get(transcript)
    assert "Bonjour." in public.text
    assert public["Content-Language"] == "fr"
    desk.post(address(talk), said)
    assert talk.versions.count() == 2, "what changes nothing is no version"


def test_two_people_at_one_attachment_lose_nothing(desk):
    """What the other left alone stays as the first wrote it; what both changed is told, and taken at the second try."""
    attachment = builders.attachment("Report", builders.pdf(pages=1))
    seen = desk.get(address(attachment)).context["adminform"].form["seen"].value()
    builders.reworded(attachment, title="Annual report")
    desk.post(address(attachment), given(title="Report", language="fr", seen=seen))
    assert (attachment.newest.title, attachment.newest.language) == ("Annual report", "fr")
    refused = desk.post(address(attachment), given(title="The report", language="fr", seen=seen))
    assert "it now says “Annual report”" in refused.text
    again = refused.context["adminform"].form["seen"].value()
    desk.post(address(attachment), given(title="The report", language="fr", seen=again))
    assert attachment.newest.title == "The report"
    builders.replaced(attachment, builders.pdf(pages=2))
    mine = given(attachment, language="fr", file=builders.upload(builders.pdf(pages=3)), seen=again)
    assert "Someone else has replaced the file" in desk.post(address(attachment), mine).text
    assert attachment.newest.pages == 2


def test_what_only_items_of_other_institutions_hold_is_not_for_their_editors(client):
    """Neither read in the admin, where words of a draft stand, nor changed."""
    attachment = builders.attachment("Secret")
    builders.draft("Draft of theirs", attachments=[attachment.pk], issued_by=[builders.institution().pk])
    client.force_login(builders.member_of_staff("boris", *builders.EDITOR, *RIGHTS))
    for page in ("change", "history"):
        assert client.get(address(attachment, page)).status_code == 403, page
    assert client.post(address(attachment), given(title="Mine")).status_code == 403
    assert attachment.newest.title == "Secret"
    free = builders.attachment("Nobody’s yet")
    assert client.get(address(free)).status_code == 200


@pytest.mark.parametrize("is_new", [True, False], ids=["a new attachment", "another file"])
def test_a_full_disk_is_said_and_leaves_neither_row_nor_file(desk, media, monkeypatch, is_new):
    """What was written before the disk was full is taken away."""
    attachment = None if is_new else builders.attachment("Report")
    before = stored(media)

    def fill(storage: FileSystemStorage, name: str, _content: object) -> str:
        half = Path(storage.path(name))
        half.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(b"%PDF-")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", fill)
    said = given(attachment, file=builders.upload(builders.pdf(pages=9)))
    answer = desk.post(address(attachment) if attachment else ADD, said)
    assert "No space left on device" in str(answer.context["adminform"].form.errors["file"])
    assert stored(media) == before
    assert AttachmentVersion.objects.count() == len(before)
    assert Attachment.objects.count() == len(before)


def test_what_is_used_is_not_deleted_and_says_where(desk, media):
    """Neither offered nor done."""
    attachment = builders.attachment("Report")
    item = builders.published("Talks open", attachments=[attachment.pk]).item
    page = desk.get(address(attachment))
    assert f'href="/admin/news/newsitem/{item.pk}/change/">Talks open</a>' in page.text
    assert "is or was public" in page.text
    assert address(attachment, "delete") not in page.text
    answer = desk.post(address(attachment, "delete"), {"post": "yes"}, follow=True)
    assert "Not deleted" in messages_of(answer)
    assert Attachment.objects.exists()
    assert len(stored(media)) == 1


def test_what_nothing_uses_is_deleted_with_its_files(desk, media, django_capture_on_commit_callbacks):
    """All versions of it."""
    attachment = builders.replaced(builders.attachment("Report", builders.pdf(pages=1)), builders.pdf(pages=2))
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address(attachment, "delete"), {"post": "yes"})
    assert not Attachment.objects.exists()
    assert stored(media) == []


def test_an_old_edition_keeps_its_file_while_the_next_one_has_the_new_one():
    """Replacing reaches readers with the next approved edition, and no reader of the old one."""
    attachment = builders.attachment("Report", builders.pdf(pages=1))
    first = builders.published("Talks", attachments=[attachment.pk])
    builders.replaced(attachment, builders.pdf(pages=2))
    first.refresh_from_db()
    assert first.files["attachments"][0]["number"] == 1
    second = builders.next_edition(first, "Talks", attachments=[attachment.pk], is_minor=True)
    second.refresh_from_db()
    held = EditionAttachment.objects.values_list("edition__number", "version__number").order_by("edition__number")
    assert list(held) == [(1, 1), (2, 2)]
    assert [edition.files["attachments"][0]["pages"] for edition in (first, second)] == [1, 2]


def test_the_dialogs_of_a_form_find_and_take_attachments(desk):
    """By words, by a number; an upload answers the number or what is wrong."""
    report, speech = builders.attachment("Annual report"), builders.attachment("Opening speech")
    choose = reverse("admin:library_attachment_choose")
    names = lambda words: [each["name"] for each in desk.get(choose, {"q": words}).json()["attachments"]]  # noqa: E731 - read thrice below
    assert names("report annual") == ["Annual report"]
    assert names(str(speech.pk)) == ["Opening speech"]
    assert names("") == ["Opening speech", "Annual report"]
    upload = reverse("admin:library_attachment_upload")
    taken = desk.post(upload, {"title": "Note", "language": "fr", "file": builders.upload(builders.pdf())})
    taken = Attachment.objects.get(pk=taken.json()["id"]).newest
    assert (taken.title, taken.language) == ("Note", "fr")
    refused = desk.post(upload, {"title": "Note", "language": "fr", "file": builders.upload(b"MZ", "a.exe")})
    assert refused.status_code == 400
    assert "none of the accepted kinds" in refused.json()["errors"]["file"][0]["message"]
    shown = desk.get(reverse("admin:library_attachment_shown"), {"attachment": [report.pk, "x", "9" * 30]}).json()
    assert shown["attachment"][str(report.pk)]["text"].startswith("PDF, ")


@pytest.mark.parametrize("name", ["choose", "upload", "shown"])
def test_who_may_not_see_attachments_is_offered_none(client, name):
    """The dialogs' answers are behind the same rights as the pages."""
    client.force_login(builders.member_of_staff("nobody"))
    address = reverse(f"admin:library_attachment_{name}")
    answer = client.post(address) if name == "upload" else client.get(address, {"attachment": 1, "q": ""})
    assert answer.status_code == 403


def test_a_list_of_attachments_costs_the_same_however_many(desk, django_assert_max_num_queries):
    """Versions come at once."""
    for _number in range(5):
        builders.attachment()
    with django_assert_max_num_queries(9):
        desk.get("/admin/library/attachment/")
