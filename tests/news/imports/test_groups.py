"""The order in which rows are taken that wait for each other."""

from hypothesis import given
from hypothesis import strategies as st

from news.importers.rows import EditionRow, InLine, ItemRow, Place, Reference
from news.imports.groups import groups_of

NUMBERS = [str(number) for number in range(8)]


def row(number: str, *related: str, language: str = "en", original: str = "") -> ItemRow:
    """Make a row that refers to others by their numbers at the source."""
    return ItemRow(
        whereabouts=InLine(at=Place(file="a.jsonl", line=1)),
        source="archive",
        source_id=number,
        language=language,
        editions=(EditionRow(title=number, related=tuple(Reference(source_id=other) for other in related)),),
        given=frozenset(),
        translation_of=Reference(source_id=original) if original else None,
    )


def test_what_a_row_refers_to_comes_before_it_and_a_circle_at_once():
    """Whatever refers to nothing here, or to what is nowhere, comes first."""
    rows = [row("a", "b"), row("b", "c"), row("c"), row("x", "y"), row("y", "x"), row("z", "nowhere")]
    assert list(groups_of(rows)) == [[2], [5], [1], [0], [3, 4]]


def test_translations_wait_for_their_original_and_not_for_each_other():
    """They bear one number."""
    rows = [row("1", language="fr", original="1"), row("1", language="de", original="1"), row("1")]
    assert list(groups_of(rows)) == [[2], [0], [1]]


@given(st.dictionaries(st.sampled_from(NUMBERS), st.lists(st.sampled_from(NUMBERS), max_size=3), max_size=8))
def test_each_row_is_taken_once_and_never_before_what_it_refers_to(references):
    """In an earlier group, or in its own."""
    rows = [row(number, *others) for number, others in references.items()]
    groups = list(groups_of(rows))
    assert sorted(place for group in groups for place in group) == list(range(len(rows)))
    taken = {place: turn for turn, group in enumerate(groups) for place in group}
    places = {number: place for place, number in enumerate(references)}
    for number, others in references.items():
        for other in set(others) & places.keys():
            assert taken[places[other]] <= taken[places[number]]
