"""Rich text: one allow-list on every way in."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.embedded import FIGURE, attachments_in, images_in
from taxonomy.models import Country
from taxonomy.rich_text import sanitize, sanitize_with_files
from tests import builders

HOSTILE = [
    "<script>alert(1)</script>",
    '<p onclick="alert(1)">x</p>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<img src=x onerror="alert(1)">',
    '<iframe src="https://example.org"></iframe>',
    '<p style="position:fixed">x</p>',
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext></p><script>alert(1)</script></mtext></math>",
    '<form action="https://example.org"><input name=password></form>',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_could_run_or_mislead_is_removed(text):
    """No script, no handler, no style, no foreign frame."""
    cleaned = sanitize(text).lower()
    assert not any(word in cleaned for word in ("script", "onclick", "onerror", "style", "iframe", "form", "data:"))


@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(text):
    """What was stored is what is stored again."""
    assert sanitize(sanitize(text)) == sanitize(text)


@pytest.mark.parametrize(
    "text",
    [
        "<h2>Head</h2><p><strong>a</strong> <em>b</em> H<sub>2</sub>O m<sup>2</sup><br>c</p>",
        "<ul><li><p>one</p></li></ul><ol><li><p>two</p></li></ol>",
        "<blockquote><p>“Quoted.”</p></blockquote><hr>",
        "<table><tbody><tr><th>a</th><td>b</td></tr></tbody></table>",
    ],
)
def test_what_the_editor_offers_is_kept(text):
    """The editor and the allow-list are one list."""
    assert sanitize(text) == text


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["save", "bulk_create", "update"])
def test_every_way_into_the_database_cleans(way):
    """Bulk writes and updates too, which no form sees."""
    hostile = "<p>kept</p><script>alert(1)</script>"
    country = builders.country("Atlantis")
    if way == "update":
        Country.objects.filter(pk=country.pk).update(description_en=hostile)
    elif way == "save":
        country.description_en = hostile
        country.save()
    else:
        Country.objects.bulk_create([Country(name="Other", slug="other", iso_code="ZZ", description_en=hostile)])
        country = Country.objects.get(slug="other")
    assert Country.objects.get(pk=country.pk).description_en == "<p>kept</p>"


FIGURES = [
    ('<p>a</p><figure data-image="12"></figure><p>b</p>', '<p>a</p><figure data-image="12"></figure><p>b</p>'),
    ('<figure data-attachment="7"></figure>', '<figure data-attachment="7"></figure>'),
    ('<figure class="x" onclick="alert(1)" data-image="12"></figure>', '<figure data-image="12"></figure>'),
    ('<figure data-image="0"></figure>', ""),
    ('<figure data-image="012"></figure>', ""),
    ('<figure data-image="-1"></figure>', ""),
    ('<figure data-image="1 onload=alert(1)"></figure>', ""),
    (f'<figure data-image="{"9" * 19}"></figure>', ""),
    ('<figure data-image="1" data-attachment="2"></figure>', ""),
    ('<figure data-image="1"><img src="x" onerror="alert(1)"><p>kept</p></figure>', "<p>kept</p>"),
    ("<figure><figcaption>kept</figcaption></figure>", "kept"),
    ('<figure data-image="1"><figure data-image="2"></figure></figure>', '<figure data-image="2"></figure>'),
    ('<p data-image="12">a</p>', "<p>a</p>"),
    (
        '<ul><li><p>a</p><figure data-image="3"></figure></li></ul>',
        '<ul><li><p>a</p><figure data-image="3"></figure></li></ul>',
    ),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_the_text_of_news_keeps_empty_figures_that_name_a_number_and_no_others(text, expected):
    """What others hold stays, cleaned."""
    assert sanitize_with_files(text) == expected


@pytest.mark.parametrize("text", [text for text, _expected in FIGURES])
def test_texts_of_taxonomy_keep_no_figure(text):
    """Nothing would hold the files that they name."""
    assert "figure" not in sanitize(text)


PIECES = [
    *("<figure", " data-image=", " data-attachment=", " title=", '"1"', '"12x"', "'3'", '"', ">", "<", "</figure>"),
    *("<p>", "</p>", "<a href='/x'", "</a>", "a", "&lt;", "\n"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_whatever_is_typed_only_empty_figures_that_name_a_number_are_stored(text):
    """However tags are nested, broken or hidden in attributes; and cleaning twice is cleaning once."""
    cleaned = sanitize_with_files(text)
    assert not re.search("</?figure", FIGURE.sub("", cleaned))
    assert len(FIGURE.findall(cleaned)) >= len({*images_in(cleaned)}) + len({*attachments_in(cleaned)})
    assert sanitize_with_files(cleaned) == cleaned
    assert sanitize(cleaned) == sanitize(FIGURE.sub("", cleaned))
