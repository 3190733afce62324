"""Where the address of a removed item may lead: kept by identity, arrived at in one hop."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from news import workflow
from news.destinations import address_of, follow, read_destination
from tests import builders

pytestmark = pytest.mark.django_db


def page_of(kind: str) -> tuple[str, str]:
    """Return a page of the kind: its address, and how it is kept."""
    if kind == "an own page":
        page = builders.navigation_item("Projects", parent=builders.navigation_item("Our work"))
        return "/our-work/projects/", f"page {page.pk}"
    if kind in {"a news item", "a news item in a local language", "an edition"}:
        language = "sq" if "local" in kind else "en"
        edition = builders.published(language=language)
        address = edition.get_absolute_url() + ("editions/1/" if kind == "an edition" else "")
        return address, f"news_item {edition.item_id}"
    build = {"a country": builders.country, "an institution": builders.institution, "a field of work": builders.topic}
    record = build[kind]("Albania")
    return record.get_absolute_url(), f"{record._meta.model_name} {record.pk}"


@pytest.mark.parametrize(
    "kind",
    [
        "a news item",
        "a news item in a local language",
        "an edition",
        "a country",
        "an institution",
        "a field of work",
        "an own page",
    ],
)
@pytest.mark.parametrize("prefix", ["", "http://127.0.0.1:8000"], ids=["path", "whole address"])
def test_a_page_of_the_site_is_kept_by_what_it_is(kind, prefix):
    """And leads there."""
    address, kept = page_of(kind)
    assert read_destination(f" {prefix}{address} ") == kept
    assert address_of(kept) == address.removesuffix("editions/1/")


@pytest.mark.parametrize("path", ["/", "/news/", "/countries/", "/institutions/", "/fields-of-work/", "/fr/news/"])
def test_a_list_is_kept_by_its_name_and_leads_there_in_the_readers_language(path):
    """A French address is the same page."""
    kept = read_destination(path)
    with override("fr"):
        assert address_of(kept) == f"/fr/{path.removeprefix('/fr').lstrip('/')}"


def test_the_number_of_an_item_is_enough():
    """Editors know their items by number."""
    edition = builders.published()
    assert read_destination(str(edition.item_id)) == f"news_item {edition.item_id}"


def test_a_page_that_is_renamed_is_still_one_hop_away():
    """What is kept is not its address."""
    country = builders.country("Macedonia")
    kept = read_destination(country.get_absolute_url())
    old = country.get_absolute_url()
    country.slug = "north-macedonia"
    country.save()
    assert address_of(kept) == "/countries/north-macedonia/"
    assert read_destination(old) == kept


@pytest.mark.parametrize(
    "text",
    [
        "https://elsewhere.example/news/",
        "//elsewhere.example/",
        "http://127.0.0.1:8000.elsewhere.example/news/",
        "javascript:alert(1)",
        "news",
        "999999",
        "9" * 40,
        "/news/999999/gone/",
        "/no/such/page/",
        "/countries/atlantis/",
        "/admin/",
        "/static/site/css/base.css",
        "",
        "/news/\x00/",
    ],
)
def test_what_is_no_page_of_this_site_is_refused_by_name(text):
    """Nobody is led away from the site, nor to a page that is not there."""
    with pytest.raises(ValidationError, match="is no page of this site"):
        read_destination(text)


def test_a_way_through_several_removals_ends_at_its_last_page():
    """The reader is redirected once, whatever was removed since."""
    first, second, third = (builders.published(name).item for name in ("First", "Second", "Third"))
    for gone, to in ((first, second), (second, third)):
        wish = workflow.RemovalWish(kind="consolidated", reason="One text.", leads_to=str(to.pk))
        workflow.remove(gone, wish, by=None)
    assert follow(f"news_item {first.pk}") == (f"news_item {third.pk}", None)
    workflow.restore(second, by=None)
    assert follow(f"news_item {first.pk}") == (f"news_item {second.pk}", None)


def test_a_way_that_ends_at_an_error_says_which():
    """The reader is told that the text is gone, and led nowhere."""
    first, second = (builders.published(name).item for name in ("First", "Second"))
    workflow.remove(
        first, workflow.RemovalWish(kind="consolidated", reason="One text.", leads_to=str(second.pk)), by=None
    )
    gone = workflow.remove(second, workflow.RemovalWish(kind="error", reason="A mistake."), by=None)
    assert follow(f"news_item {first.pk}") == (f"news_item {second.pk}", gone)
