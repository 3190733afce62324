"""The public pages that show news: each opens a door, narrows, takes a page, renders."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render

from news.addresses import moved, record_at_slug
from news.front_page import front_page
from news.list_pages import list_context
from news.models import Edition
from news.question import Question, asked
from news.reading import edition_address, edition_page, item_page
from news.subjects import country_page, institution_page, topic_page
from taxonomy.catalogue import catalogue
from taxonomy.models import Country, Institution, Topic


def home(request: HttpRequest) -> HttpResponse:
    """Show the newest stories and the ways into the site."""
    return render(request, "news/home.html", front_page())


@asked()
def news_list(request: HttpRequest, question: Question, problems: dict[str, str]) -> HttpResponse:
    """List all stories, or those that the reader has chosen."""
    return render(request, "news/news_list.html", list_context(request, question, problems))


def news_item(request: HttpRequest, number: int, **_asked: str) -> HttpResponse:
    """Show an item; whatever slug or language prefix was asked for, it has one address."""
    edition = get_object_or_404(Edition.objects.visible().select_related("item"), item=number)
    address = edition.get_absolute_url()
    if request.path != address:
        return moved(request, address)
    return render(request, "news/news_item.html", item_page(edition))


def edition(request: HttpRequest, number: int, edition: int, **_asked: str) -> HttpResponse:
    """Show one edition that is or was public, under a notice that says which one it is."""
    found = get_object_or_404(Edition.objects.ever_visible().select_related("item"), item=number, number=edition)
    address = edition_address(found)
    if request.path != address:
        return moved(request, address)
    return render(request, "news/edition.html", edition_page(found))


def chosen_country(request: HttpRequest) -> HttpResponseRedirect:
    """Lead from the chooser on the home page, a plain form, to the page of the country."""
    slug = request.GET.get("country", "")
    known = {country.slug: country for country in catalogue().countries.values()}
    return redirect(known[slug].address if slug in known else "countries")


@record_at_slug(Country)
@asked(subject="country")
def country(request: HttpRequest, question: Question, problems: dict[str, str], record: Country) -> HttpResponse:
    """Show a country and its news."""
    context = list_context(request, question, problems) | country_page(record)
    return render(request, "news/country.html", context)


@record_at_slug(Institution)
@asked(subject="institution")
def institution(
    request: HttpRequest, question: Question, problems: dict[str, str], record: Institution
) -> HttpResponse:
    """Show an institution, and the news of it and of its parts."""
    context = list_context(request, question, problems) | institution_page(record)
    return render(request, "news/institution.html", context)


@record_at_slug(Topic)
@asked(subject="topic")
def topic(request: HttpRequest, question: Question, problems: dict[str, str], record: Topic) -> HttpResponse:
    """Show a field of work, and the news on it and on its parts."""
    context = list_context(request, question, problems) | topic_page(record)
    return render(request, "news/topic.html", context)
