"""What the page of search shows: the answer of a list to words, and what stands above it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext
from pyroaring import BitMap

from news.answers import Answer, answer
from news.facets import index
from news.list_pages import list_context
from news.question import RELEVANCE, Question
from news.search import Found, find
from news.search.counting import count_search
from news.search.indexing import is_ready
from news.search.query import LONGEST, MOST_TERMS
from news.search.ranking import MOST_RANKED
from news.search.suggestions import suggestions

FEW = 5  # results: with more of them nobody has mistyped
MOST_ALONE = 4  # words that are offered each by itself where all of them find nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWords:
    """Words to search for instead, and how many news items, and records above them, the way to them leads to."""

    words: str
    query: str
    news: int
    records: int


def search_context(request: HttpRequest, question: Question, problems: dict[str, str]) -> dict[str, Any]:
    """Return what the page needs, and count the search."""
    if not question.words:
        return {"question": question, "canonical_query": ""}
    found = find(question.words, language=question.page_language)
    answered = answer(question, match=found.match, ranked=found.rank)
    total = answered.total or 0
    is_plain = question == _plain(question, question.words) and not problems
    if is_plain and _is_a_readers(request):
        count_search(found.query, total + len(found.records))
    is_found = bool(total or answered.chips or problems or found.query.is_empty)
    return list_context(request, question, problems, answered=answered) | {
        "question": question,
        "found": found,
        "records": found.records if is_plain else [],
        "rows": _rows(found, answered),
        "spelling": _spelling(found, question, answered),
        "alone": [] if is_found or found.records else list(_alone(found, question)),
        "is_unready": not is_found and len(index().listed(Question())) > 0 and not is_ready(),
        "is_cut_after": (LONGEST, MOST_TERMS) if found.query.is_cut else None,
        "ranked": MOST_RANKED if question.sort == RELEVANCE and total > MOST_RANKED else None,
    }


def suggested(words: str, *, language: str) -> dict[str, Any]:
    """Return the pages to offer while words are being typed, and how many they are in a sentence that is read out."""
    offered = suggestions(words, language=language)
    status = ngettext("%(number)s suggestion", "%(number)s suggestions", len(offered)) % {"number": len(offered)}
    rows = [{"kind": one.kind, "name": one.name, "address": one.address, "language": one.language} for one in offered]
    return {"suggestions": rows, "status": status}


def _plain(question: Question, words: str) -> Question:
    """Return the question that words ask without filters, on its first page."""
    return Question(words=words, sort=RELEVANCE, page_language=question.page_language, is_search=True)


def _is_a_readers(request: HttpRequest) -> bool:
    """Say whether a reader asks: no browser ahead of a click, and no editor who tries what the admin counts."""
    path = urlsplit(request.headers.get("Referer", "")).path
    return "prefetch" not in request.headers.get("Sec-Purpose", "") and not path.startswith(reverse("admin:index"))


def _rows(found: Found, answered: Answer) -> list[tuple[Any, Any]]:
    """Return each card with its passage; what ended meanwhile has none."""
    passages = found.passages([card.number for card in answered.cards])
    return [(card, passages[card.number]) for card in answered.cards if card.number in passages]


def _spelling(found: Found, question: Question, answered: Answer) -> OtherWords | None:
    """Return words that were probably meant; they find more."""
    if found.query.is_empty or answered.chips or (answered.total or 0) > FEW:
        return None

    def count_listed(match: BitMap) -> int:
        return len(index().listed(_plain(question, question.words), match=match))

    words = found.spelling(count_listed)
    return _other_words(words, question) if words else None


def _alone(found: Found, question: Question) -> Iterator[OtherWords]:
    """Yield the words of a query each by itself, where it finds something alone."""
    terms = found.query.terms if len(found.query.terms) > 1 else ()
    for term in terms[:MOST_ALONE]:
        other = _other_words(term.written, question)
        if other.news or other.records:
            yield other


def _other_words(words: str, question: Question) -> OtherWords:
    """Return the words with the numbers of all that their page shows, each counted as that page counts it."""
    found, wanted = find(words, language=question.page_language), _plain(question, words)
    news = len(index().listed(wanted, match=found.match))
    return OtherWords(words=words, query=wanted.query(), news=news, records=len(found.records))
