"""How deep the elements of an HTML text lie in each other: what sanitises it takes half a minute for 50,000."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

DEEPEST = 500  # elements; no text that a person wrote comes near
OPENING_OR_CLOSING = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
# They have no content, or end where the next of them begins.
FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th option".split()  # noqa: SIM905 - a list of 24 quoted names reads worse
)


def is_too_deep(html: str) -> bool:
    """Say whether more elements lie in each other than any text needs."""
    return html.count("<") > DEEPEST and any(depth > DEEPEST for depth in accumulate(_steps(html)))


def _steps(html: str) -> Iterator[int]:
    """Yield 1 where an element opens, -1 where one closes; a closing tag of another closes nothing."""
    opened: Counter[str] = Counter()
    for tag in OPENING_OR_CLOSING.finditer(html):
        name = tag[2].lower()
        if name in FLAT or (tag[1] and not opened[name]):
            continue
        step = -1 if tag[1] else 1
        opened[name] += step
        yield step
