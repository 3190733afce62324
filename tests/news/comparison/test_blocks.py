"""Rich text compared block by block."""

import random
import statistics
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.comparison import ADDED, CHANGED, REMOVED, SAME, compare_blocks, parts_of, read_blocks
from taxonomy.rich_text import sanitize

BODY = (
    "<p>One <strong>bold</strong> word.<br>A line.</p><h2>Head</h2><ul><li><p>First</p></li><li><p>Second</p>"
    '<ul><li><p>Inner</p></li></ul></li></ul><blockquote><p>Said.</p></blockquote>'
    '<table><tbody><tr><th><p>C</p></th><td>9 mm</td></tr></tbody></table>'
    '<p>See <a href="/x/">this &amp; that</a>.</p><p></p>'
)  # fmt: skip
TYPICAL, WORST = 0.1, 1.0  # seconds for 5,000 words
INSIDE = st.lists(
    st.sampled_from(["alpha", "beta", "the", ".", ",", '<a href="/a/">link</a>', "<em>x</em>"]), max_size=8
)
PIECES = st.tuples(st.sampled_from(["p", "h2", "h3", "blockquote", "li"]), INSIDE)
BODIES = st.lists(PIECES, max_size=8).map(lambda blocks: "".join(f"<{tag}>{' '.join(x)}</{tag}>" for tag, x in blocks))


def texts(blocks):
    """Return form and text of each block."""
    return [(block.form, "".join(word.text for word in block.words).strip()) for block in blocks]


def compared(old, new):
    """Return change and form of each block of two bodies."""
    return [(block.change, block.form) for block in compare_blocks(read_blocks(old), read_blocks(new))]


def without(change, blocks):
    """Return form and letters, each with its link, of the blocks without what has one fate."""
    kept = [
        (block.form, [(letter, run.link) for run in block.runs if run.change != change for letter in run.text])
        for block in blocks
    ]
    return [(form, letters) for form, letters in kept if letters]


def plain(blocks):
    """Return form and letters of blocks."""
    return [(block.form, [(letter, word.link) for word in block.words for letter in word.text]) for block in blocks]


def test_each_form_of_the_text_is_a_block():
    """Marks inside of a block but links are left out, as are empty blocks."""
    assert texts(read_blocks(BODY)) == [
        ("paragraph", "One bold word. A line."), ("h2", "Head"), ("item", "First"), ("item", "Second"),
        ("item", "Inner"), ("quotation", "Said."), ("cell-heading", "C"), ("cell", "9 mm"),
        ("paragraph", "See this & that."),
    ]  # fmt: skip
    assert {word.link for word in read_blocks(BODY)[-1].words} == {"", "/x/"}


def test_a_paragraph_in_which_words_changed_is_one_that_changed():
    """What was put before it was added, what was dropped after it removed."""
    old = "<p>The trials showed why a method was needed.</p><p>Gone for good, this one.</p>"
    new = "<p>Something new and unlike.</p><p>The trials showed why one method was needed.</p>"
    assert compared(old, new) == [(ADDED, "paragraph"), (CHANGED, "paragraph"), (REMOVED, "paragraph")]


def test_a_paragraph_whose_link_leads_elsewhere_has_changed():
    """Though it is nothing but the link."""
    blocks = compare_blocks(read_blocks('<p><a href="/a/">Here it is</a></p>'), read_blocks("<p>Here it is</p>"))
    assert [(block.change, [run.link for run in block.runs]) for block in blocks] == [(CHANGED, ["/a/", ""])]


def test_a_block_of_another_form_took_the_place_of_the_first():
    """Words that became a heading are removed as a paragraph."""
    assert compared("<p>What happens next</p>", "<h2>What happens next</h2>") == [
        (REMOVED, "paragraph"), (ADDED, "h2")
    ]  # fmt: skip


def test_what_is_far_from_a_change_can_be_folded_away():
    """One block before and after it stays; a single one is not worth folding."""
    old = "".join(f"<p>Number {number} alone</p>" for number in "abcdefghijk")
    blocks = compare_blocks(read_blocks(old), read_blocks(old.replace("Number f", "Letter f")))
    assert [(part.is_folded, len(part.blocks)) for part in parts_of(blocks)] == [(True, 4), (False, 3), (True, 4)]
    near_the_end = compare_blocks(read_blocks(old), read_blocks(old.replace("Number i", "Letter i")))
    assert [(part.is_folded, len(part.blocks)) for part in parts_of(near_the_end)] == [
        (True, 7), (False, 3), (False, 1)
    ]  # fmt: skip


@given(BODIES, BODIES)
def test_without_what_was_added_it_is_the_old_text_and_without_what_was_removed_the_new(old, new):
    """Block by block, forms and links included."""
    before, after = read_blocks(sanitize(old)), read_blocks(sanitize(new))
    blocks = compare_blocks(before, after)
    assert without(ADDED, blocks) == plain(before)
    assert without(REMOVED, blocks) == plain(after)
    assert {block.change for block in blocks} <= {SAME, CHANGED, ADDED, REMOVED}


def wordy(seed, *, length=5_000, in_a_block=70):
    """Return a text whose words are as unevenly frequent as a language's."""
    chance = random.Random(seed)  # noqa: S311 - the same text each time
    known = [f"word{number}" for number in range(4_000)]
    chosen = chance.choices(known, [1 / (place + 1) for place in range(len(known))], k=length)
    return [chosen[start : start + in_a_block] for start in range(0, length, in_a_block)]


def html(blocks):
    """Write blocks of words as paragraphs."""
    return "".join(f"<p>{' '.join(block)}</p>" for block in blocks)


def corrected():
    """Return a text in which one word in ten is another."""
    chance = random.Random(3)  # noqa: S311 - the same text each time
    return [[word if chance.random() > 0.1 else "other" for word in block] for block in wordy(1)]


def seconds_for(old, new):
    """Return the median of five comparisons."""
    times = []
    for _number in range(5):
        began = time.perf_counter()
        compare_blocks(read_blocks(old), read_blocks(new))
        times.append(time.perf_counter() - began)
    return statistics.median(times)


@pytest.mark.parametrize(
    ("old", "new", "limit"),
    [
        pytest.param(html(wordy(1)), html(corrected()), TYPICAL, id="corrected"),
        pytest.param(html(wordy(1)), html(wordy(2)), TYPICAL, id="all different"),
        pytest.param(html([["x"] * 5_000]), html([["x"] * 4_999]), TYPICAL, id="one word again and again"),
        pytest.param(html([["x", "y"] * 2_500]), html([["y", "y", "x"] * 1_667]), WORST, id="two words in turn"),
        pytest.param(html([[f"a{n}"] for n in range(5_000)]), html([[f"b{n}"] for n in range(5_000)]), WORST,
                     id="a word in each block"),
        pytest.param(html([["x"]] * 5_000), html([["x"] * 5_000]), WORST, id="blocks joined"),
        pytest.param("<blockquote>" * 5_000 + "deep", "<blockquote>" * 4_999 + "deep", WORST, id="deep"),
    ],
)  # fmt: skip
def test_comparing_5000_words_stays_within_its_time(old, new, limit):
    """100 ms for what editors write, a second for the worst that a text can hold."""
    assert seconds_for(old, new) < limit
