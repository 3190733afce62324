"""Pictures and attachments in a comparison of two editions."""

from dataclasses import replace

import pytest

from news import workflow
from news.comparison import compare
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def image(alternative: str, **words: str):
    """Return a described image."""
    return builders.described(builders.image(), alternative, **words)


def next_one(edition, **changed):
    """Approve the next edition of an item, the same but for what is given."""
    opened = workflow.open_edition(edition.item, by=None)
    content = replace(workflow.content_of(opened), is_minor=True, **changed)
    return workflow.approve(workflow.save_draft(opened, content, by=None), by=None)


def changes(old, new) -> dict[str, list[tuple[str, str]]]:
    """Return the fate of each thing of the fields that differ, and what became of its words: [-removed-], {+added+}."""
    marks = {"added": "{{+{}+}}", "removed": "[-{}-]", "same": "{}"}
    return {
        str(field.name): [
            (thing.change, "".join(run.space + marks[run.change].format(run.words) for run in thing.runs).strip())
            for thing in field.things
        ]
        for field in compare(old, new, titles={}).fields
    }


def test_pictures_added_and_removed_are_told_by_what_they_show():
    """Those that stay are named too, in their order."""
    bridge, hands = image("A bridge.", caption="At night."), image("Two people.")
    old = builders.published(pictures=[bridge.pk])
    new = next_one(old, pictures=[bridge.pk, hands.pk])
    same = ("same", f"Picture {bridge.pk}: A bridge. · At night. · OSCE/Maria Berg")
    added = ("added", f"{{+Picture {hands.pk}: Two people. · OSCE/Maria Berg+}}")
    assert changes(old, new) == {"Pictures": [same, added]}
    last = next_one(new, pictures=[hands.pk])
    assert [change for change, _text in changes(new, last)["Pictures"]] == ["removed", "same"]


def test_another_order_is_a_change():
    """The first picture leads."""
    first, second = image("A bridge."), image("Two people.")
    old = builders.published(pictures=[first.pk, second.pk])
    new = next_one(old, pictures=[second.pk, first.pk])
    assert sorted(change for change, _text in changes(old, new)["Pictures"]) == ["added", "removed", "same"]


def test_other_words_of_the_same_picture_are_a_change():
    """Each edition has those of its approval."""
    bridge = image("A bridge.")
    old = builders.published(pictures=[bridge.pk])
    builders.described(bridge, "A bridge at night.")
    new = next_one(old, summary="Other.")
    told = f"Picture {bridge.pk}: A bridge {{+at night+}}. · OSCE/Maria Berg"
    assert changes(old, new) == {"Pictures": [("changed", told)]}


def test_another_file_of_an_attachment_is_a_change():
    """Told by its version."""
    paper = builders.attachment("Annual report", builders.pdf(pages=1))
    old = builders.published(attachments=[paper.pk])
    builders.replaced(paper, builders.pdf(pages=2))
    new = next_one(old, summary="Other.")
    assert changes(old, new) == {"Attachments": [("changed", "Annual report (version [-1-] {+2+})")]}


def test_a_picture_in_the_text_is_a_block_of_it(client):
    """Added, and later with other words; a decorative one says that it is."""
    bridge, line = image("A bridge."), builders.image(is_decorative=True)
    old = builders.published(body="<p>One.</p>")
    body = f'<p>One.</p><figure data-image="{bridge.pk}"></figure><figure data-image="{line.pk}"></figure>'
    new = next_one(old, body=body)
    compared = compare(old, new, titles={})
    blocks = [(block.change, block.form, "".join(run.text for run in block.runs).strip()) for block in compared.body]
    assert blocks == [
        ("same", "paragraph", "One."),
        ("added", "figure", f"Picture {bridge.pk}: A bridge. · OSCE/Maria Berg"),
        ("added", "figure", f"Picture {line.pk}: decorative · OSCE/Maria Berg"),
    ]
    builders.described(bridge, "A bridge at night.")
    last = next_one(new, summary="Other.")
    assert [block.change for block in compare(new, last, titles={}).body] == ["same", "changed", "same"]
    shown = client.get(f"{old.item.get_absolute_url()}editions/compare/?from=1&to=2").text
    assert 'class="compared__block compared__block--figure compared__block--added"' in shown
    assert "Heading" not in shown
