"""What the page of search shows: the answer of a list to words, and what stands above it."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import ngettext
from pyroaring import BitMap

from news.answers import Answer, answer
from news.facets import index
from news.list_pages import list_context
from news.question import RELEVANCE, Question
from news.search import Found, find
from news.search.counting import count_search
from news.search.query import LONGEST, MOST_TERMS
from news.search.ranking import MOST_RANKED
from news.search.suggestions import suggestions

FEW = 5  # results: with more of them nobody has mistyped


def search_context(request: HttpRequest, question: Question, problems: dict[str, str]) -> dict[str, Any]:
    """Return what the page needs, and count the search."""
    if not question.words:
        return {"question": question, "canonical_query": question.query()}
    found = find(question.words, language=question.page_language)
    answered = answer(question, match=found.match, ranked=found.rank)
    is_plain = question == _plain(question)
    if is_plain and not _is_ahead_of_a_click(request):
        count_search(found.query, (answered.total or 0) + len(found.records))
    return list_context(request, question, problems, answered=answered) | {
        "question": question,
        "found": found,
        "records": found.records if is_plain else [],
        "rows": _rows(found, answered),
        "spelling": _spelling(found, question, answered),
        "is_cut_after": (LONGEST, MOST_TERMS) if found.query.is_cut else None,
        "ranked": MOST_RANKED if question.sort == RELEVANCE and (answered.total or 0) > MOST_RANKED else None,
    }


def suggested(words: str, *, language: str) -> dict[str, Any]:
    """Return the pages to offer while words are being typed, and how many they are in a sentence that is read out."""
    offered = suggestions(words, language=language)
    status = ngettext("%(number)s suggestion", "%(number)s suggestions", len(offered)) % {"number": len(offered)}
    rows = [{"kind": one.kind, "name": one.name, "address": one.address, "language": one.language} for one in offered]
    return {"suggestions": rows, "status": status}


def _plain(question: Question) -> Question:
    """Return the question that the same words ask without filters, on its first page."""
    return Question(words=question.words, sort=RELEVANCE, page_language=question.page_language, is_search=True)


def _is_ahead_of_a_click(request: HttpRequest) -> bool:
    """Say whether a browser asks before anybody has."""
    return "prefetch" in request.headers.get("Sec-Purpose", "")


def _rows(found: Found, answered: Answer) -> list[tuple[Any, Any]]:
    """Return each card with its passage; what ended meanwhile has none."""
    passages = found.passages([card.number for card in answered.cards])
    return [(card, passages[card.number]) for card in answered.cards if card.number in passages]


def _spelling(found: Found, question: Question, answered: Answer) -> dict[str, Any] | None:
    """Return words that were probably meant, how many texts have them, and the way to them."""
    if found.query.is_empty or answered.chips or (answered.total or 0) > FEW:
        return None
    unfiltered = _plain(question)

    def count_listed(match: BitMap) -> int:
        return len(index().listed(unfiltered, match=match))

    words = found.spelling(count_listed)
    return {"words": words, "query": replace(unfiltered, words=words).query()} if words else None
