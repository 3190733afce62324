"""Files that the site lets others send: nginx from its disk, or the storage itself."""

import pytest
import requests

from tests import builders
from tests.library import shelves

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("folder")
def test_nginx_is_told_what_to_send(client, settings):
    """The site answers with headers alone; the path is quoted as a header wants it."""
    settings.FILES_SERVED_BY = "nginx"
    made = shelves.attachment("The method")
    builders.published("Story", attachments=[made.pk])
    answer = client.get(f"/files/attachments/{made.pk}/the-method.pdf")
    assert answer["X-Accel-Redirect"] == f"/protected-files/{made.versions.get().file.name}"
    assert (answer.content, answer["Content-Type"]) == (b"", "application/pdf")
    assert answer["Cache-Control"] == "public, max-age=300"
    again = client.get(f"/files/attachments/{made.pk}/the-method.pdf", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.usefixtures("bucket")
def test_a_storage_that_signs_is_led_to(client, settings):
    """The signed address gives the bytes, with type and name; the same address unsigned is the storage's to refuse."""
    settings.FILES_SERVED_BY = "storage"
    made = shelves.attachment("The method")
    builders.published("Story", attachments=[made.pk])
    answer = client.get(f"/files/attachments/{made.pk}/the-method.pdf")
    assert (answer.status_code, answer["Cache-Control"]) == (302, "public, max-age=60")
    assert "X-Amz-Expires=300" in answer["Location"]
    given = requests.get(answer["Location"], timeout=10)
    assert given.content == shelves.PDF
    assert given.headers["Content-Type"] == "application/pdf"
    assert given.headers["Content-Disposition"] == 'inline; filename="the-method.pdf"'
