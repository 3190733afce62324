"""Lists of news as data: the answer that the page of the same question gives."""

from django.http import Http404, HttpRequest
from django.urls import reverse

from news.answers import Answer, answer
from news.api.refusals import unknown_value, unreadable_dates, words_of_the_past
from news.api.schemas import FacetCount, Facets, NewsList, NewsRow, Translation
from news.cards import Card, Tags, Tongue
from news.question import Question, read_question
from news.rows import Row, in_full
from news.search import find
from news.unknown_values import UnknownValue
from taxonomy.api import Named, full


def question_asked(request: HttpRequest) -> Question:
    """Return what the address asks for.

    Raises:
        Refusal: a value is unknown, or a date is none.
    """
    try:
        question, problems = read_question(request, is_search=True)
    except UnknownValue as error:
        raise unknown_value(error.parameter, error.value) from error
    except Http404 as error:
        raise words_of_the_past(request.GET.get("at", "")) from error
    if problems:
        raise unreadable_dates(request.GET, problems)
    return question


def news_page(request: HttpRequest, question: Question) -> NewsList:
    """Return the page of the list that the question asks for.

    Raises:
        Refusal: the list has no such page.
    """
    try:
        found = _answer(question)
    except UnknownValue as error:
        raise unknown_value(error.parameter, error.value) from error
    ways, own = found.pages, full(request.path)
    return NewsList(
        count=found.total,
        next=own + ways.after if ways.has_after else None,
        previous=own + ways.before if ways.has_before else None,
        facets=None if found.total is None else _facets(found),
        results=_rows(found),
    )


def tongue_data(tongue: Tongue, *, query: str = "") -> Translation:
    """Return a language of a story; the `query` asks for a past moment."""
    return Translation(
        language=tongue.language,
        language_name=tongue.name,
        id=tongue.item,
        address=full(tongue.address) + query,
        api_address=item_address(tongue.item) + query,
    )


def row_data(row: Row, translations: list[Translation], *, query: str = "") -> NewsRow:
    """Return an item as lists show it."""
    edition, tags = row.edition, Tags(edition=row.edition)
    return NewsRow(
        id=edition.item_id,
        language=edition.language,
        kind=edition.kind,
        kind_label=str(edition.get_kind_display()),
        title=edition.title,
        summary=edition.summary,
        issued_at=edition.issued_at,  # type: ignore[arg-type]  # public: it has one
        published_at=row.published_at,
        updated_at=row.updated_at,
        issued_by=[Named.of(issuer) for issuer in tags.issuers],
        countries=[Named.of(country) for country in tags.countries],
        topics=[Named.of(topic) for topic in tags.topics],
        translations=translations,
        address=full(edition.get_absolute_url()) + query,
        api_address=item_address(edition.item_id) + query,
    )


def item_address(number: int) -> str:
    """Return the full address of an item's data, in the language of the request."""
    return full(reverse("api:api_item", args=[number]))


def _answer(question: Question) -> Answer:
    if not question.words:
        return answer(question)
    found = find(question.words, language=question.page_language)
    return answer(question, match=found.match, ranked=found.rank)


def _rows(found: Answer) -> list[NewsRow]:
    cards: list[Card] = found.cards
    editions = [card.edition for card in cards]
    read = in_full(editions, at=found.question.at, with_tongues=False) if editions else ()
    rows = {row.edition.pk: row for row in read}  # without what is retracted by now
    return [
        row_data(rows[card.number], [tongue_data(one, query=card.query) for one in card.tongues], query=card.query)
        for card in cards
        if card.number in rows
    ]


def _facets(found: Answer) -> Facets:
    return Facets(
        **{
            facet.name: [FacetCount(value=value.value, label=value.label, count=value.count) for value in facet.values]
            for facet in found.facets
        }
    )
