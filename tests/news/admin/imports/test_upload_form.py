"""What may be given to be imported, and what is said of anything else."""

import gzip
import io
import zipfile

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from news.imports import uploads
from news.models import Edition, ImportBatch, NewsItem
from tests import builders
from tests.news.admin.imports.desk import (
    IMPORTER,
    LIST,
    UPLOAD,
    applied,
    file_of,
    page_of,
    planned,
    press,
    row,
    upload,
    words,
)

pytestmark = pytest.mark.django_db

WRITER = (*builders.WRITER, "add_importbatch", "view_importbatch")


def browser_of(user: User) -> Client:
    """Return the user's browser."""
    opened = Client()
    opened.force_login(user)
    return opened


def files(folder) -> list[str]:
    """Return the names of the files that are kept."""
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_a_file_that_is_too_large_is_refused_with_both_sizes(browser, settings, folder):
    """And nothing of it is kept."""
    settings.IMPORT_UPLOAD_MB = 1
    answer = words(upload(browser, file_of(*(row(number, body_html="x" * 60_000) for number in range(20)))))
    assert "The file has 2 MB, and 1 MB is the most here." in answer
    assert (ImportBatch.objects.count(), files(folder)) == (0, [])


def test_a_file_with_too_many_rows_is_answered_with_the_command(browser, monkeypatch, folder):
    """The exact one, with all that was chosen; and nothing of the file is kept."""
    monkeypatch.setattr(uploads, "MOST_ROWS", 2)
    options = {"publish": "on", "issued_on": "2025-11-25", "take_theirs": ["title"], "source": "old site"}
    answer = words(upload(browser, file_of(row(1), row(2), row(3)), form="json-lines", language="fr", **options))
    command = (
        "manage.py import_news archive.jsonl --format json-lines --language fr --source 'old site'"
        " --issued-on 2025-11-25 --as pia --take-theirs title --publish"
    )
    assert command in answer
    assert (ImportBatch.objects.count(), NewsItem.objects.count(), files(folder)) == (0, 0, [])


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.jsonl", b"", "The file is empty."),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9, "photo.jpg:1"),
        ("a.zip", b"PK\x03\x04 broken", "a.zip:1"),
        ("letter.docx", b"nothing that anybody knows", "expected news in one of the formats"),
    ],
)
def test_a_wrong_file_is_told_what_is_wrong_with_it(browser, name, content, said):
    """On a page, never by an error of the site."""
    answer = upload(browser, SimpleUploadedFile(name, content))
    assert answer.status_code == 200
    assert said in words(answer)
    assert NewsItem.objects.count() == 0


def test_the_place_where_a_file_is_kept_is_told_to_nobody(browser, folder):
    """Its places bear the name that the person knows."""
    broken = SimpleUploadedFile("a.zip", b"PK\x03\x04 broken")
    assert str(folder) not in upload(browser, broken).content.decode()
    assert str(folder) not in page_of(browser, planned(browser, row(1, kind="newz")))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.jsonl", "a" * 300 + ".jsonl", "\u202elnosj.jsonl", "новости 2019.jsonl"]
)
def test_a_file_of_any_name_is_planned(browser, folder, name):
    """It lies in the folder of imports, whatever it is called."""
    assert "would be new" in words(upload(browser, file_of(row(1), name=name)))
    (kept,) = (path for path in folder.rglob("*") if path.is_file())
    assert (kept.parent.parent, "\u202e" in kept.name) == (folder, False)


@pytest.mark.parametrize("language", ["fr", "de", "it", "ru", "es"])
def test_the_pages_speak_every_language_of_the_interface(browser, language):
    """Each as a page of that language."""
    batch = planned(browser, row(1), row(2, kind="newz"))
    for page in ("", "add/", f"{batch.pk}/", f"{batch.pk}/undo/", "?state=planned"):
        answer = browser.get(f"/{language}{LIST}{page}")
        assert (answer.status_code, f'lang="{language}"' in answer.content.decode()) == (200, True)


def test_packed_files_are_read(browser):
    """With the names of what is in them."""
    lines = file_of(row(1, "Packed")).read()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("2019.jsonl", lines)
    assert "Packed would be new : as a draft a.zip/2019.jsonl:1" in words(
        upload(browser, SimpleUploadedFile("a.zip", archive.getvalue()))
    )
    assert "Packed" in words(upload(browser, SimpleUploadedFile("a.jsonl.gz", gzip.compress(lines))))


def test_a_day_that_is_none_is_refused(browser):
    """Both what cannot be read and what is a slip of the finger."""
    for day, said in (("25.11.2025", "Write it like 2025-11-25"), ("0225-11-25", "Use a year between")):
        assert said in words(upload(browser, file_of(row(1)), issued_on=day))


def test_the_date_of_issue_is_taken_for_rows_without_one(browser):
    """From its beginning in Vienna."""
    page = SimpleUploadedFile("page.txt", builders.page_text("Talks open").encode())
    upload(browser, page, issued_on="2025-11-25", publish="on")
    press(browser, ImportBatch.objects.get(), "apply")
    assert Edition.objects.get().issued_at.isoformat() == "2025-11-24T23:00:00+00:00"


def test_who_may_not_publish_is_not_offered_to_and_cannot(house):
    """By the form, by what is sent past it, or by the file itself."""
    browser = browser_of(builders.member_of_staff("wera", *WRITER, home=[house]))
    assert "publish" not in browser.get(UPLOAD).context["form"].fields
    applied(browser, row(1), publish="on")
    assert Edition.objects.get().state == "draft"
    plan = page_of(browser, planned(browser, row(2, state="approved", visible_from="2020-01-15T09:00:00Z")))
    assert "wera may not import items as published" in plan


def test_a_person_imports_for_her_own_institutions_only(browser):
    """Rows of others are rejected, by name."""
    builders.institution("Mission")
    plan = page_of(browser, planned(browser, row(1, issued_by=["mission"])))
    assert "pia works for no institution that issues this" in plan


@pytest.mark.parametrize("lacking", ["add_importbatch", "view_importbatch", "add_newsitem", "change_newsitem"])
def test_whoever_lacks_a_right_imports_nothing(house, lacking):
    """Neither sees the form nor sends it."""
    rights = [right for right in IMPORTER if right != lacking]
    browser = browser_of(builders.member_of_staff("edo", *rights, home=[house]))
    assert browser.get(UPLOAD).status_code == 403
    assert upload(browser, file_of(row(1))).status_code == 403
    assert ImportBatch.objects.count() == 0


def test_creating_what_is_missing_is_offered_to_who_may_create_it(browser, house):
    """Institutions and fields of work are the administrators'."""
    assert "create_missing" not in browser.get(UPLOAD).context["form"].fields
    rights = (*IMPORTER, "add_institution", "add_topic")
    other = browser_of(builders.member_of_staff("ada", *rights, home=[house]))
    assert "create_missing" in other.get(UPLOAD).context["form"].fields


def test_who_may_not_publish_removes_nothing_by_a_file(house):
    """A removal changes what the public sees, too."""
    publisher = browser_of(builders.member_of_staff("petra", *IMPORTER, home=[house]))
    applied(publisher, row(1), publish="on")
    writer = browser_of(builders.member_of_staff("wera", *WRITER, home=[house]))
    planned(writer, removal := row(1, removal={"kind": "error"}))
    assert "wera may not import items as published" in words(upload(writer, file_of(removal)))


def test_who_may_not_publish_brings_nothing_back(browser, client, house):
    """What an undone import has taken away would be public again."""
    press(browser, applied(browser, row(1), publish="on"), "undo")
    writer = browser_of(builders.member_of_staff("wera", *WRITER, home=[house]))
    assert "would be public again" in page_of(writer, applied(writer, row(1)))
    address = NewsItem.objects.get().get_absolute_url()
    assert client.get(address).status_code == 410
    applied(browser, row(1))
    assert client.get(address).status_code == 200
