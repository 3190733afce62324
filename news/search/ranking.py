"""The order of what was found: the title says more than the summary, the summary more than the text.

The same on both databases, since it reads the titles and summaries themselves. Among equals the order stays as it
came, the newest first. What is written in the language of the page is a little better than what is not.
"""

from collections.abc import Sequence

from news.models import Edition
from news.search.matcher import Forms, TermMatcher, forms_of, matchers
from news.search.query import Query
from news.search.words import clean

MOST_RANKED = 1_000  # of the newest; the page says so
IN_TITLE, IN_SUMMARY = 4, 1  # for each word
IN_A_ROW = 2  # for the words standing together in the title
IN_THE_LANGUAGE = 1  # of the page


def ranked(query: Query, numbers: Sequence[int], *, language: str) -> list[int]:
    """Return the numbers of editions, given newest first, the best first; what is no longer listed is left out."""
    rows = Edition.objects.listed().filter(pk__in=numbers).values_list("pk", "language", "title", "summary")
    wanted = matchers(query)
    scores = {
        pk: score(wanted, title, summary, written_in) + IN_THE_LANGUAGE * (written_in == language)
        for pk, written_in, title, summary in rows
    }
    return sorted((number for number in numbers if number in scores), key=lambda number: -scores[number])


def score(wanted: Sequence[TermMatcher], title: str, summary: str, language: str) -> int:
    """Say how much title and summary speak for a text."""
    in_title, in_summary = forms_of(clean(title), language), forms_of(clean(summary), language)
    titled = _count(wanted, in_title)
    is_together = titled == len(wanted) > 1 and _is_in_a_row(wanted, in_title)
    return titled * IN_TITLE + _count(wanted, in_summary) * IN_SUMMARY + is_together * IN_A_ROW


def _count(wanted: Sequence[TermMatcher], forms: Forms) -> int:
    everything = frozenset().union(*forms)
    return sum(term.stands_in(forms, everything) for term in wanted)


def _is_in_a_row(wanted: Sequence[TermMatcher], forms: Forms) -> bool:
    """Say whether the words of the query stand one after the other, in their order."""
    reached = {end for _start, end in wanted[0].spans(forms)}
    for term in wanted[1:]:
        reached = {end for start, end in term.spans(forms) if start in reached}
    return bool(reached)
