"""Which lists an edition concerns, in tags: what a list asked for, and what a change moves, in the same words.

A list that asks for Ukraine and a field of work depends on `country=3&topic=5` alone; an edition moves each combination
of its values that a list may ask for. What stands in a tree moves what is above it too.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations, product
from typing import Any

from news.index.versions import Version
from news.question import FIELDS, Question
from taxonomy.catalogue import TreeEntry, catalogue
from taxonomy.dependencies import ALL_NEWS

MOST_TOGETHER = 3  # parameters in one tag: a list that is narrowed by more depends on the three that narrow it most
MOST_TAGS = 64  # of one list: one that asks for more alternatives depends on less narrow ones
MOST_YEARS = 3
TREES = ("institution", "topic")

Values = Mapping[str, Iterable[Any]]  # by parameter


def asked_by_list(question: Question) -> set[str]:
    """Return the tags of what the question lists: the list is another only when one of them has moved."""
    return _tags_of_choices(_chosen(question))


def asked_by_counts(question: Question) -> set[str]:
    """Return the tags of the counts beside it: each parameter's are those of the list without its own choice."""
    fixed = question.subject[0] if question.subject else None
    chosen = _chosen(question)
    without = ({name: chosen[name] for name in chosen if name != left_out} for left_out in chosen if left_out != fixed)
    return set(chain(_tags_of_choices(chosen), *map(_tags_of_choices, without)))


def moved_by(version: Version) -> Iterator[str]:
    """Yield the tag of every list that the edition may stand in, and of the pages that show it by its own number."""
    yield ALL_NEWS
    yield f"edition={version.number}"
    yield f"story={version.story}"
    values = {name: sorted(_with_what_is_above(name, given)) for name, given in version.values.items() if given}
    for number in range(1, MOST_TOGETHER + 1):
        for names in combinations(sorted(values), number):
            yield from _tags(names, values)


def _chosen(question: Question) -> dict[str, Iterable[Any]]:
    """Return what narrows the list, by parameter; many years narrow nothing."""
    chosen = {name: getattr(question, FIELDS[name]) for name in ("kind", "institution", "country", "topic", "language")}
    years: Iterable[int] = ()
    if question.since and question.until and question.until.year - question.since.year < MOST_YEARS:
        years = range(question.since.year, question.until.year + 1)
    return {name: values for name, values in (chosen | {"year": years}).items() if values}


def _tags_of_choices(chosen: Mapping[str, Iterable[Any]]) -> set[str]:
    """Return a tag for each combination of alternatives, of the parameters with the fewest of them."""
    by_width = sorted(chosen, key=lambda name: len(list(chosen[name])))[:MOST_TOGETHER]
    while by_width:
        tags = set(_tags(sorted(by_width), chosen))
        if len(tags) <= MOST_TAGS:
            return tags
        by_width.pop()
    return {ALL_NEWS}


def _tags(names: Iterable[str], values: Values) -> Iterator[str]:
    """Yield each combination of one value for each of the parameters."""
    for combination in product(*([f"{name}={value}" for value in values[name]] for name in names)):
        yield "&".join(combination)


def _with_what_is_above(name: str, numbers: Iterable[Any]) -> set[Any]:
    """Return the values, and in a tree all that stands above them."""
    if name not in TREES:
        return set(numbers)
    known: Mapping[int, TreeEntry] = catalogue().institutions if name == "institution" else catalogue().topics
    return {number for below in numbers for number in _way_up(below, known)}


def _way_up(number: int, known: Mapping[int, TreeEntry]) -> Iterator[int]:
    """Yield the number, and those of all that stands above it."""
    above: int | None = number
    while above is not None:
        yield above
        above = known[above].parent if above in known else None
