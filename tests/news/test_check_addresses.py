"""The command that proves that no address has died."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news import workflow
from news.former_addresses import rows_for
from news.models import FormerAddress
from news.workflow import RemovalWish
from tests import builders

pytestmark = pytest.mark.django_db


def stood_at(edition, *paths):
    """Let the item have stood at the paths."""
    FormerAddress.objects.bulk_create(rows_for(edition.item, paths))
    return edition


def check(**options):
    """Run the command, and return its lines and the sentence with which it failed."""
    out, failure = StringIO(), ""
    try:
        call_command("check_addresses", stdout=out, **options)
    except CommandError as error:
        failure = str(error) if error.returncode == 1 else f"exit code {error.returncode}"
    return out.getvalue().splitlines(), failure


@pytest.mark.parametrize("by_request", [None, 10])
def test_addresses_that_lead_to_pages_are_proved(by_request):
    """To a page, to the word that it is gone, to where it was merged; a draft's waits."""
    stood_at(builders.published(), "/node/1", "/ru/x/2", "/ä ö/ü.html")
    gone = stood_at(builders.published(), "/node/3")
    workflow.remove(gone.item, RemovalWish(kind="error", reason="x"), by=None)
    merged, other = stood_at(builders.published(), "/node/4"), builders.published()
    workflow.remove(merged.item, RemovalWish(kind="consolidated", reason="x", leads_to=str(other.item_id)), by=None)
    stood_at(builders.draft(), "/node/5")
    lines, failure = check(by_request=by_request)
    assert not failure
    assert lines == ["All 6 addresses are answered. 1 are of items that are not public yet, and answer from then on."]


def test_what_the_site_answers_itself_is_named():
    """With the item, the reason, and what to do."""
    builders.navigation_item("Our work", slug="our-work")
    other = builders.published()
    edition = stood_at(builders.published(), "/our-work", "/admin/5", f"/news/{other.item_id}/x", "/sitemap.xml", "/ok")
    lines, failure = check()
    assert sorted(line.split(" (of")[0] for line in lines) == sorted(
        ["/our-work", "/admin/5", f"/news/{other.item_id}/x", "/sitemap.xml"]
    )
    assert all(f"(of item {edition.item_id}): " in line for line in lines)
    assert failure.startswith("4 of 5 addresses")


def test_an_older_slug_of_the_item_s_own_address_is_right():
    """It redirects by itself."""
    edition = builders.published()
    stood_at(edition, f"/news/{edition.item_id}/an-older-slug")
    assert check()[1] == check(by_request=1)[1] == ""


def test_a_redirect_to_what_is_no_longer_public_is_named():
    """The removal of the item leads there."""
    merged, other = stood_at(builders.published(), "/node/4"), builders.published()
    workflow.remove(merged.item, RemovalWish(kind="consolidated", reason="x", leads_to=str(other.item_id)), by=None)
    other.item.editions.filter(pk=other.pk).update(visible_until=other.visible_from.replace(year=2021))
    lines, _failure = check()
    assert "/node/4" in lines[0]
    assert other.get_absolute_url() in lines[0]


def test_a_list_of_addresses_is_checked(tmp_path):
    """Whole addresses and paths; each that would be not found, by its line."""
    edition = stood_at(builders.published(), "/node/1")
    draft = builders.draft()
    file = tmp_path / "urls.txt"
    file.write_text(
        f"https://www.example.org/node/1?x=1\n\n/nothing/here\n/news/\nhttps://www.example.org\n"
        f"{edition.get_absolute_url()}\n/news/{draft.item_id}/x/\nnonsense\n/nothing/here\n"
    )
    lines, failure = check(file=str(file))
    named = [line.split(": ")[:2] for line in lines]
    assert named == [
        [f"{file}:3", "/nothing/here"],
        [f"{file}:7", f"/news/{draft.item_id}/x/"],
        [f"{file}:8", "nonsense"],
        [f"{file}:9", "/nothing/here"],
    ]
    assert failure.startswith("4 of 8 addresses")


def test_the_queries_do_not_grow_with_the_addresses():
    """A million has to be proved in minutes."""
    counts = []
    for number in (1, 2, 40):  # the first one reads what the process keeps
        for place in range(number):
            stood_at(builders.published(), f"/{number}/{place}", f"/x{number}/{place}.html")
        with CaptureQueriesContext(connection) as queries:
            check()
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_a_file_that_cannot_be_read_is_a_wrong_use():
    """With its name."""
    with pytest.raises(CommandError, match=r"missing\.txt: cannot be read: No such file") as failure:
        call_command("check_addresses", file="missing.txt")
    assert failure.value.returncode == 2
