"""The API's countries, institutions, fields of work and navigation: what the process keeps of them, without a query."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Annotated, Any, Self

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import BaseModel, Field, WithJsonSchema

from taxonomy.catalogue import CountryEntry, Entry, InstitutionEntry, TreeEntry, catalogue, in_reading_order, today
from taxonomy.models import Country, Institution, Membership, Topic
from taxonomy.navigation import NavigationEntry, navigation
from taxonomy.structure import is_closed

router = Router(tags=["Taxonomy"])

ADDRESS = Field(description="The full address of its page, for people.", examples=["https://example.org/countries/"])
# Written out where they stand: two enumerations of one name would become one in the description.
Status = Annotated[str, WithJsonSchema({"type": "string", "enum": Membership.Status.values})]
InstitutionKind = Annotated[str, WithJsonSchema({"type": "string", "enum": Institution.Kind.values})]
DATE = Field(description="A day, a month or a year, as far as it is known: 2001-05-30, 2001-05, 2001.")


class Named(BaseModel):
    """A record that something else names."""

    slug: str = Field(description="Its value as a parameter of lists.", examples=["ukraine"])
    name: str = Field(description="Its name in the language of the address.", examples=["Ukraine"])
    address: str = ADDRESS
    api_address: str = Field(description="The full address of its data.")

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Name the record."""
        return cls(**_named(entry))


class MembershipData(BaseModel):
    """What a country was or is in the organisation."""

    status: Status
    since: str = DATE
    until: str | None = DATE


class CountryData(Named):
    """A country."""

    iso_code: str = Field(description="ISO 3166-1, two letters.", examples=["UA"])
    status: Status | None = Field(description="What it is in the organisation today.")
    status_label: str = Field(description="The status in words.", examples=["participating State"])
    memberships: list[MembershipData] = Field(description="What it was and is, in time.")
    chair_years: list[int] = Field(description="The years in which it had or will have the chair.")
    news: str = Field(description="The full address of the news about it, as data.")


class InstitutionData(Named):
    """A part of the organisation, with what stands below it."""

    acronym: str = Field(examples=["ODIHR"])
    kind: InstitutionKind
    kind_label: str = Field(description="The kind in words.")
    city: str
    host_country: Named | None
    opened_on: str | None = DATE
    closed_on: str | None = DATE
    is_closed: bool = Field(description="Whether it has closed by today.")
    parent: str | None = Field(description="The slug of what stands above it.")
    children: list["InstitutionData"]
    news: str = Field(description="The full address of its news and of all below it, as data.")


class TopicData(Named):
    """A field of work, with what stands below it."""

    parent: str | None = Field(description="The slug of what stands above it.")
    children: list["TopicData"]
    news: str = Field(description="The full address of the news on it and on all below it, as data.")


class NavigationData(BaseModel):
    """An entry of the menu, with what stands below it."""

    name: str
    address: str = Field(description="The full address at which it leads, of this site or another one.")
    children: list["NavigationData"]


class Countries(BaseModel):
    """All countries, in the order of the alphabet."""

    count: int
    results: list[CountryData]


class Institutions(BaseModel):
    """The tree of institutions."""

    count: int = Field(description="All of the tree, not only its roots.")
    results: list[InstitutionData]


class Topics(BaseModel):
    """The tree of fields of work."""

    count: int = Field(description="All of the tree, not only its roots.")
    results: list[TopicData]


class Menu(BaseModel):
    """The tree of the menu."""

    results: list[NavigationData]


@router.get(
    "/countries/", response=Countries, url_name="api_countries", operation_id="list_countries", summary="All countries"
)
def countries(request: HttpRequest) -> Countries:  # noqa: ARG001 - ninja passes it
    """List participating States, partners and the other countries that news is about."""
    known = sorted(catalogue().countries.values(), key=lambda country: country.sort_key)
    return Countries(count=len(known), results=[country_data(country) for country in known])


@router.get(
    "/countries/{slug:slug}/",
    response=CountryData,
    url_name="api_country",
    operation_id="get_country",
    summary="A country",
)
def country(request: HttpRequest, slug: str) -> CountryData | HttpResponsePermanentRedirect:  # noqa: ARG001 - ninja passes it
    """Show a country; a slug that it once had redirects to its address."""
    entry = _by_slug(catalogue().countries, slug)
    return country_data(entry) if entry else _renamed(Country, slug)


@router.get(
    "/institutions/",
    response=Institutions,
    url_name="api_institutions",
    operation_id="list_institutions",
    summary="All institutions",
)
def institutions(request: HttpRequest) -> Institutions:  # noqa: ARG001 - ninja passes it
    """Show the whole structure as a tree, open and closed."""
    known = catalogue().institutions
    return Institutions(count=len(known), results=[institution_data(entry) for entry in _roots(known)])


@router.get(
    "/institutions/{slug:slug}/",
    response=InstitutionData,
    url_name="api_institution",
    operation_id="get_institution",
    summary="An institution",
)
def institution(request: HttpRequest, slug: str) -> InstitutionData | HttpResponsePermanentRedirect:  # noqa: ARG001 - ninja passes it
    """Show an institution with all below it; a slug that it once had redirects to its address."""
    entry = _by_slug(catalogue().institutions, slug)
    return institution_data(entry) if entry else _renamed(Institution, slug)


@router.get(
    "/topics/", response=Topics, url_name="api_topics", operation_id="list_topics", summary="All fields of work"
)
def topics(request: HttpRequest) -> Topics:  # noqa: ARG001 - ninja passes it
    """Show the fields of work as a tree."""
    known = catalogue().topics
    return Topics(count=len(known), results=[topic_data(entry) for entry in in_reading_order(_roots(known))])


@router.get(
    "/topics/{slug:slug}/",
    response=TopicData,
    url_name="api_topic",
    operation_id="get_topic",
    summary="A field of work",
)
def topic(request: HttpRequest, slug: str) -> TopicData | HttpResponsePermanentRedirect:  # noqa: ARG001 - ninja passes it
    """Show a field of work with all below it; a slug that it once had redirects to its address."""
    entry = _by_slug(catalogue().topics, slug)
    return topic_data(entry) if entry else _renamed(Topic, slug)


@router.get("/navigation/", response=Menu, url_name="api_navigation", operation_id="get_navigation", summary="The menu")
def menu(request: HttpRequest) -> Menu:  # noqa: ARG001 - ninja passes it
    """Show the navigation as the menu of the site does: as a tree, without what is hidden."""
    return Menu(results=[navigation_data(entry) for entry in navigation().menu])


def country_data(entry: CountryEntry) -> CountryData:
    """Return a country as it is today."""
    status = entry.status_on(today())
    return CountryData(
        **_named(entry),
        iso_code=entry.iso_code,
        status=status or None,
        status_label=str(Membership.Status(status).label) if status else "",
        memberships=[
            MembershipData(status=held.status, since=held.since, until=held.until or None) for held in entry.memberships
        ],
        chair_years=list(entry.chair_years),
        news=_news_of("country", entry),
    )


def institution_data(entry: InstitutionEntry) -> InstitutionData:
    """Return an institution and all below it, as they are today."""
    known = catalogue()
    host = known.countries.get(entry.host_country or 0)
    return InstitutionData(
        **_placed(entry, known.institutions),
        acronym=entry.acronym,
        kind=entry.kind,
        kind_label=str(Institution.Kind(entry.kind).label),
        city=entry.city.get(get_language() or "en") or entry.city["en"],
        host_country=Named.of(host) if host else None,
        opened_on=entry.opened_on or None,
        closed_on=entry.closed_on or None,
        is_closed=is_closed(entry, today()),
        children=[institution_data(known.institutions[below]) for below in entry.children],
        news=_news_of("institution", entry),
    )


def topic_data(entry: TreeEntry) -> TopicData:
    """Return a field of work and all below it."""
    known = catalogue().topics
    below = in_reading_order(known[number] for number in entry.children)
    return TopicData(
        **_placed(entry, known), children=[topic_data(child) for child in below], news=_news_of("topic", entry)
    )


def navigation_data(entry: NavigationEntry) -> NavigationData:
    """Return an entry of the menu and all that is shown below it."""
    below = [navigation_data(child) for child in entry.shown_children]
    return NavigationData(name=entry.name, address=full(entry.address), children=below)


def full(address: str) -> str:
    """Return the full address of a path of this site; another site's is full already."""
    return settings.SITE_URL + address if address.startswith("/") else address


def _named(entry: Entry) -> dict[str, Any]:
    page, own = _addresses(entry.view, entry.slug, get_language())
    return {"slug": entry.slug, "name": entry.name, "address": full(page), "api_address": full(own)}


@lru_cache(maxsize=4096)
def _addresses(view: str, slug: str, _language: str | None) -> tuple[str, str]:
    """Return the paths of a record's page and of its data: a list names the same few records again and again."""
    return reverse(view, args=[slug]), reverse(f"api:api_{view}", args=[slug])


def _placed(entry: TreeEntry, known: dict[int, Any]) -> dict[str, Any]:
    above = known.get(entry.parent or 0)
    return _named(entry) | {"parent": above.slug if above else None}


def _news_of(parameter: str, entry: Entry) -> str:
    return full(f"{reverse('api:api_news')}?{parameter}={entry.slug}")


def _roots[Node: TreeEntry](known: dict[int, Node]) -> Iterable[Node]:
    return (entry for entry in known.values() if entry.parent not in known)


def _by_slug[Known: Entry](known: dict[int, Known], slug: str) -> Known | None:
    return next((entry for entry in known.values() if entry.slug == slug), None)


def _renamed(model: type[Country | Institution | Topic], slug: str) -> HttpResponsePermanentRedirect:
    """Redirect to the record that once had the slug.

    Raises:
        Http404: none had.
    """
    renamed = model.objects.filter(former_slugs__slug=slug).first()
    if renamed is None:
        raise Http404(_("Nothing here has the name “%(slug)s”.") % {"slug": slug})
    return HttpResponsePermanentRedirect(reverse(f"api:api_{model._meta.model_name}", args=[renamed.slug]))
