"""The addresses of news as data."""

from django.http import HttpRequest, HttpResponsePermanentRedirect
from ninja import Router

from news.api import parameters
from news.api.items import moment_of, past, present
from news.api.lists import news_page, question_asked
from news.api.schemas import NewsList, NewsText
from news.list_address import one_address

router = Router(tags=["News"])


@router.get(
    "/",
    response=NewsList,
    url_name="api_news",
    operation_id="list_news",
    summary="A list of news",
    openapi_extra={"parameters": parameters.LIST},
)
def news(request: HttpRequest) -> NewsList | HttpResponsePermanentRedirect:
    """List stories: all, or those that the parameters choose, by date or by how well they match the words.

    Values of one parameter are alternatives, parameters combine. Each question has one address; other forms of it
    redirect there. A parameter that is not known is ignored, a value that is not known is an error. Of a past moment
    (`at`) neither count nor facets are known: to count a long list of the past takes longer than to show any of its
    pages.
    """
    question = question_asked(request)
    return one_address(request, question) or news_page(request, question)


@router.get(
    "/{number:number}/",
    response=NewsText,
    url_name="api_item",
    operation_id="get_news_item",
    summary="An item",
    openapi_extra={"parameters": [parameters.AT]},
)
def item(request: HttpRequest, number: int) -> NewsText | HttpResponsePermanentRedirect:
    """Show an item with its text, its editions and its translations, as it stands or as it stood at a moment.

    What was published in error answers 410; what was consolidated redirects to what took its place; what was
    withdrawn is shown, with a notice.
    """
    return present(number, at=moment_of(request))


@router.get(
    "/{number:number}/editions/{number:edition}/",
    response=NewsText,
    url_name="api_edition",
    operation_id="get_edition",
    summary="An edition",
)
def edition(request: HttpRequest, number: int, edition: int) -> NewsText | HttpResponsePermanentRedirect:  # noqa: ARG001 - ninja passes it
    """Show one edition that is or was public."""
    return past(number, edition)
