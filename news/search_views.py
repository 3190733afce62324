"""The pages of search."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from news.question import Question, asked
from news.search_page import search_context, suggested


@require_safe
@asked(is_search=True)
def search(request: HttpRequest, question: Question, problems: dict[str, str]) -> HttpResponse:
    """Show what words find: records and pages by name, and news; what was public in the past is not searched."""
    if question.at:
        return HttpResponseRedirect(request.path + question.query(at=None))
    return render(request, "news/search.html", search_context(request, question, problems))


@require_safe
def search_suggestions(request: HttpRequest) -> JsonResponse:
    """Offer pages while words are being typed."""
    return JsonResponse(suggested(request.GET.get("q", ""), language=get_language() or "en"))
