"""The pages of search."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from news.freshness import fresh
from news.question import Question, asked
from news.search_page import search_context, suggested


@require_safe
@asked(is_search=True)
def search(request: HttpRequest, question: Question, problems: dict[str, str]) -> HttpResponse:
    """Show what words find: records and pages by name, and news."""
    return render(request, "news/search.html", search_context(request, question, problems))


@require_safe
def search_suggestions(request: HttpRequest) -> HttpResponse:
    """Offer pages while words are being typed; an answer may be kept, and is asked about before it is used again."""
    offered = suggested(request.GET.get("q", ""), language=get_language() or "en")
    return fresh(request, JsonResponse(offered, json_dumps_params={"ensure_ascii": False}))
