"""Words added and removed between two texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.comparison import ADDED, REMOVED, SAME, Word, compare_words, read_words
from news.comparison import words as words_module

SIGNS = st.sampled_from(
    ["a", "the", "States", "co-operation", "9:00", "“", ".", ",", "é", "И", "\u0301", " ", "\n", "<b>"]
)
TEXTS = st.one_of(st.lists(SIGNS, max_size=30).map("".join), st.lists(SIGNS, max_size=30).map(" ".join), st.text())


def without(change, runs):
    """Return the text of the runs but those of one fate."""
    return "".join(run.text for run in runs if run.change != change)


def plain(text):
    """Return the words of a text as they are compared: one space for every space."""
    return "".join(word.text for word in read_words(text))


def drawn(old, new):
    """Write a comparison as people do: -removed- +added+."""
    marks = {SAME: "", REMOVED: "-", ADDED: "+"}
    runs = compare_words(read_words(old), read_words(new))
    return "".join(f"{run.space}{marks[run.change]}{run.words}{marks[run.change]}" for run in runs).strip()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Eighteen laboratories.", "Nineteen laboratories.", "-Eighteen- +Nineteen+ laboratories."),
        ("In May and June", "In May, June and July", "In May+, June+ and -June- +July+"),
        ("laboratories and offices", "laboratories, and offices", "laboratories+,+ and offices"),
        ("the co-operation", "the cooperation", "the -co-operation- +cooperation+"),
        ("At 09:00", "At 10:00", "At -09:00- +10:00+"),
        ("Same", "Same", "Same"),
        ("", "New", "+New+"),
        ("Old", "", "-Old-"),
        ("", "", ""),
    ],
)
def test_what_a_reader_would_call_changed_is_marked(old, new, expected):
    """Whole words and single signs, without the space before them."""
    assert drawn(old, new) == expected


def test_a_word_that_happens_to_be_the_same_between_two_changes_is_read_with_them():
    """Or a paragraph written anew would be a riddle of single words."""
    assert drawn("cats sleep on warm stones", "dogs bark on cold nights") == (
        "-cats sleep on warm stones- +dogs bark on cold nights+"
    )
    assert drawn("one x two", "three x four") == "-one- +three+ x -two- +four+"


def test_a_word_whose_link_leads_elsewhere_has_changed():
    """The words are the same, what they lead to is not."""
    runs = compare_words([Word(" See"), Word(" here", "/a/")], [Word(" See"), Word(" here", "/b/")])
    assert [(run.change, run.text, run.link) for run in runs] == [
        (SAME, " See", ""), (REMOVED, " here", "/a/"), (ADDED, " here", "/b/")
    ]  # fmt: skip


@given(TEXTS, TEXTS)
def test_without_the_added_words_it_is_the_old_text_and_without_the_removed_ones_the_new(old, new):
    """Whatever the two hold."""
    runs = compare_words(read_words(old), read_words(new))
    assert without(ADDED, runs) == plain(old)
    assert without(REMOVED, runs) == plain(new)


@given(TEXTS)
def test_reading_a_text_loses_nothing_but_its_spaces(text):
    """Every letter and sign that can be seen comes back, in its order."""
    assert "".join(plain(text).split()) == "".join(text.split())


@given(TEXTS)
def test_a_text_compared_with_itself_is_the_same(text):
    """Nothing is marked."""
    assert {run.change for run in compare_words(read_words(text), read_words(text))} <= {SAME}


def test_texts_beyond_the_largest_count_as_changed_but_for_their_common_ends(monkeypatch):
    """The time stays bounded, and what is said stays true."""
    monkeypatch.setattr(words_module, "LARGEST", 3)
    assert drawn("a b c d", "a c b d") == "a -b c- +c b+ d"
