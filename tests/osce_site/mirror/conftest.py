"""A small site of all that can stand on it, and its mirror."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from news import workflow
from news.former_addresses import rows_for
from news.models import FormerAddress
from news.workflow import RemovalWish
from taxonomy.models import Membership
from tests import builders
from tests.library import shelves

SENTINEL = "xylophonewort"


@pytest.fixture
def mirror(tmp_path: Path, settings) -> Path:
    """Name the folder of the mirror; uploads are in another one."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "mirror"


def export(mirror: Path, **options) -> None:
    """Export in this process, which holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        call_command("export_site", mirror, **{"processes": 1, "verbosity": 0} | options)
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def contents(mirror: Path) -> dict[str, bytes]:
    """Return what a file server would serve, by name."""
    site = mirror / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.fixture
def everything() -> dict:
    """Publish items of every fate, with pictures, files and addresses of before; some are private."""
    office, ukraine, media = builders.institution("Office"), builders.country("Ukraine"), builders.topic("Media")
    page = builders.navigation_item(
        "Our work", body=f'<p><a href="/news/?country={ukraine.slug}&amp;kind=news">x</a></p>'
    )
    for status in Membership.Status:  # the home page leads to each of them
        builders.membership(
            country=ukraine if status == Membership.Status.PARTICIPATING_STATE else builders.country(), status=status
        )
    builders.institution("Mission", kind="field_operation")
    told = {"issued_by": [office.pk], "countries": [ukraine.pk], "topics": [media.pk]}
    picture, file = shelves.rendered(shelves.image()), shelves.attachment()
    first = builders.published("Bridge", pictures=[picture.pk], attachments=[file.pk], **told)
    builders.next_edition(first, "Bridge again", pictures=[picture.pk], attachments=[file.pk], **told)
    french = builders.published("Pont", language="fr", translation_of=first.item, **told)
    local = builders.published("Ura", language="sq", related=[first.item_id], **told)
    FormerAddress.objects.bulk_create(rows_for(first.item, ["/node/12", "/old/page.html", "/alt/Seite Ä"]))
    gone = builders.published("Gone", **told)
    merged, withdrawn = builders.published("Merged", **told), builders.published("Withdrawn", **told)
    workflow.remove(gone.item, RemovalWish(kind="error", reason="Wrong."), by=None)
    into = RemovalWish(kind="consolidated", reason="One.", leads_to=first.get_absolute_url())
    workflow.remove(merged.item, into, by=None)
    workflow.remove(withdrawn.item, RemovalWish(kind="withdrawn", reason="Old.", explanation="Old."), by=None)
    builders.draft(f"{SENTINEL} draft", summary=SENTINEL, **told)
    return locals()
