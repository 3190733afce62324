"""Which items a file has had so far."""

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from news.importers.numbers_seen import NumbersSeen

KEYS = st.integers(0, 30).map(str) | st.tuples(st.sampled_from(["", "a"]), st.sampled_from(["1", "2"]))


@given(st.lists(KEYS, max_size=60))
def test_the_line_of_the_first_is_known_for_the_second(keys):
    """A plain dictionary says the same."""
    seen, first = NumbersSeen(), {}
    for line, key in enumerate(keys, 1):
        assert seen.line_of(key, line) == first.get(key, 0)
        first.setdefault(key, line)


def test_many_take_little_memory():
    """24 bytes for each at most, and twice that for the moment in which the table grows."""
    seen = NumbersSeen()
    tracemalloc.start()
    assert not any(seen.line_of(("osce.org", str(number), "en"), number) for number in range(1, 100_001))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seen.line_of(("osce.org", "70000", "en"), 1) == 70_000
    assert most < 100_000 * 50
