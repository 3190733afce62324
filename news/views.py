"""The public pages that show news: each opens a door, narrows, takes a page, renders."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from news.addresses import moved, record_at_slug
from news.asked import moment_asked, pair_asked
from news.front_page import front_page
from news.list_address import asked
from news.list_pages import list_context
from news.models import Edition
from news.question import Question
from news.reading import as_of_page, comparison_address, comparison_page, edition_address, edition_page, item_page
from news.removed import removed
from news.subjects import country_page, institution_page, topic_page
from taxonomy.catalogue import catalogue
from taxonomy.models import Country, Institution, Topic


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the newest stories and the ways into the site."""
    return render(request, "news/home.html", front_page())


@require_safe
@asked()
def news_list(request: HttpRequest, question: Question, problems: dict[str, str]) -> HttpResponse:
    """List all stories, or those that the reader has chosen."""
    return render(request, "news/news_list.html", list_context(request, question, problems))


@require_safe
@removed
def news_item(request: HttpRequest, number: int, **_asked: str) -> HttpResponse:
    """Show an item, or what stood there at a moment; whatever slug or prefix was asked for, it has one address."""
    at = moment_asked(request)
    edition = get_object_or_404(Edition.objects.visible(at=at).select_related("item"), item=number)
    address = edition.get_absolute_url()
    if request.path != address:
        return moved(request, address)
    if at:
        return render(request, "news/as_of.html", as_of_page(edition, at))
    return render(request, "news/news_item.html", item_page(edition))


@require_safe
@removed
def edition(request: HttpRequest, number: int, edition: int, **_asked: str) -> HttpResponse:
    """Show one edition that is or was public, under a notice that says which one it is."""
    found = get_object_or_404(Edition.objects.ever_visible().select_related("item"), item=number, number=edition)
    address = edition_address(found)
    if request.path != address:
        return moved(request, address)
    return render(request, "news/edition.html", edition_page(found))


@require_safe
@removed
def comparison(request: HttpRequest, number: int, **_asked: str) -> HttpResponse:
    """Show what differs between two editions that are or were public; by default the newest and the one before it."""
    pair = pair_asked(request, number)
    address = comparison_address(pair.old, pair.new)
    if not pair.is_complete or request.path != urlsplit(address).path:
        return redirect(address, permanent=pair.is_complete)
    return render(request, "news/comparison.html", comparison_page(pair.old, pair.new))


@require_safe
def chosen_country(request: HttpRequest) -> HttpResponseRedirect:
    """Lead from the chooser on the home page, a plain form, to the page of the country."""
    slug = request.GET.get("country", "")
    known = {country.slug: country for country in catalogue().countries.values()}
    return redirect(known[slug].address if slug in known else "countries")


@require_safe
@record_at_slug(Country)
@asked(subject="country")
def country(request: HttpRequest, question: Question, problems: dict[str, str], record: Country) -> HttpResponse:
    """Show a country and its news."""
    context = list_context(request, question, problems) | country_page(record)
    return render(request, "news/country.html", context)


@require_safe
@record_at_slug(Institution)
@asked(subject="institution")
def institution(
    request: HttpRequest, question: Question, problems: dict[str, str], record: Institution
) -> HttpResponse:
    """Show an institution, and the news of it and of its parts."""
    context = list_context(request, question, problems) | institution_page(record)
    return render(request, "news/institution.html", context)


@require_safe
@record_at_slug(Topic)
@asked(subject="topic")
def topic(request: HttpRequest, question: Question, problems: dict[str, str], record: Topic) -> HttpResponse:
    """Show a field of work, and the news on it and on its parts."""
    context = list_context(request, question, problems) | topic_page(record)
    return render(request, "news/topic.html", context)
