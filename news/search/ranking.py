"""The order of what was found: the title says more than the summary, the summary more than the text.

The same on both databases, since it reads what both keep of titles and summaries. Among equals the order stays as it
came, the newest first. What is written in the language of the page is a little better than what is not.
"""

from collections.abc import Sequence

from news.search.engine import engine
from news.search.heads import HeadMatcher
from news.search.query import Query
from news.words.heads import Head, read_head

MOST_RANKED = 1_000  # of the newest; the page says so
IN_TITLE, IN_SUMMARY = 4, 1  # for each word
IN_A_ROW = 2  # for the words standing together in the title
IN_THE_LANGUAGE = 1  # of the page


def ranked(query: Query, numbers: Sequence[int], *, language: str) -> list[int]:
    """Return the numbers of editions, given newest first, the best first."""
    scorer = Scorer(query, language)
    scores = {number: scorer.score(read_head(stored)) for number, stored in engine().heads(numbers)}
    return sorted(numbers, key=lambda number: -scores.get(number, 0))


class Scorer:
    """A query, made ready to be held against many heads."""

    def __init__(self, query: Query, language: str) -> None:
        """Take what is looked for, and the language of the page."""
        self.terms = query.terms
        self.language = language
        self.matchers: dict[str, HeadMatcher] = {}

    def score(self, head: Head) -> int:
        """Say how much a head speaks for its text."""
        language, title, summary = head
        matcher = self.matchers.get(language) or self._matcher(language)
        titled = matcher.count(title)
        is_together = titled == len(self.terms) > 1 and matcher.stand_in_a_row(title)
        in_the_language = IN_THE_LANGUAGE * (language == self.language)
        return titled * IN_TITLE + matcher.count(summary) * IN_SUMMARY + is_together * IN_A_ROW + in_the_language

    def _matcher(self, language: str) -> HeadMatcher:
        made = self.matchers[language] = HeadMatcher(self.terms, language)
        return made
