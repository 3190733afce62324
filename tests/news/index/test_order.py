"""The order of lists in memory, held against sorting."""

from array import array
from itertools import batched

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from news.index import order as module
from news.index.order import Block, Order

PAIRS = st.sets(st.tuples(st.integers(0, 12), st.integers(1, 400)), max_size=120).map(
    lambda pairs: sorted({number: (date, number) for date, number in pairs}.values())
)


def of_sorted(pairs):
    """Return the order of dates and numbers that come in it."""
    blocks = [zip(*some, strict=True) for some in batched(pairs, module.BLOCK)]
    return Order([Block(array("q", dates), array("I", numbers)) for dates, numbers in blocks])


def ordered(pairs, wanted, *, oldest_first):
    """Return the wanted numbers as sorting puts them."""
    found = [number for _date, number in sorted(pairs) if number in wanted]
    return found if oldest_first else found[::-1]


@given(
    pairs=PAIRS, later=PAIRS, wanted=st.sets(st.integers(1, 400)), start=st.integers(0, 90), size=st.integers(1, 50),
    oldest_first=st.booleans(),
)  # fmt: skip
def test_every_page_is_what_sorting_gives(pairs, later, wanted, start, size, oldest_first):
    """After numbers have come and gone, over the borders of blocks."""
    block, module.BLOCK = module.BLOCK, 4
    try:
        order = of_sorted(pairs)
        known = {number: date for date, number in pairs}
        for date, number in later:
            order.discard(known.get(number, date), number)
            order.add(date, number)
            known[number] = date
        for _date, number in pairs[::3]:
            order.discard(known[number], number)
            known.pop(number)
    finally:
        module.BLOCK = block
    kept = [(date, number) for number, date in known.items()]
    expected = ordered(kept, wanted, oldest_first=oldest_first)
    assert order.page(BitMap(wanted), start, start + size, oldest_first=oldest_first) == expected[start : start + size]
    assert list(order.all_of(BitMap(wanted), oldest_first=oldest_first)) == expected


@given(pairs=PAIRS, first=st.none() | st.integers(0, 13), last=st.none() | st.integers(0, 13))
def test_a_period_holds_the_numbers_of_its_dates(pairs, first, last):
    """The first date included, the last one not; open on either side."""
    block, module.BLOCK = module.BLOCK, 4
    try:
        order = of_sorted(pairs)
    finally:
        module.BLOCK = block
    within = {n for date, n in pairs if (first is None or date >= first) and (last is None or date < last)}
    assert set(order.between(first, last)) == within
