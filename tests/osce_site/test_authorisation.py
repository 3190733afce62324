"""Every address of the site, for everyone who may come: made from the URL resolver, so that none is forgotten.

A new address fails here until somebody has decided who may open it.
"""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from news.models import ImportBatch
from record.acts import record_act
from record.models import Act
from tests import builders
from tests.library import shelves

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "writer", "editor elsewhere", "editor", "administrator")
LOGIN, REFUSED, GONE, WRONG_METHOD = 302, 403, 404, 405  # the last: another method is asked for
EVERYONE = (200,) * 5
STAFF = (LOGIN, 200, 200, 200, 200)
AT_HOME = (LOGIN, 200, REFUSED, 200, 200)  # what the newsroom writes: in one's own institution, or everywhere
EDITORS = (LOGIN, REFUSED, 200, 200, 200)
ADMINISTRATORS = (LOGIN, REFUSED, REFUSED, REFUSED, 200)
REDIRECTS = (302,) * 5
NOT_FOUND = (LOGIN, GONE, GONE, GONE, GONE)  # to who is logged in; a visitor isn't told even that

# What a GET of each route answers to each role. The item of the admin is a draft of the writer's institution.
PUBLIC = dict.fromkeys(
    (
        "",
        "news/",
        "news/<list_file:file>",
        "news/<number:number>/<slug:slug>/",
        "news/<number:number>/<slug:slug>/editions/<number:edition>/",
        "<local_language:language>/news/<number:number>/<slug:slug>/",
        "<local_language:language>/news/<number:number>/<slug:slug>/editions/<number:edition>/",
        "search/",
        "search/suggestions/",
        "opensearch.xml",
        "countries/",
        "countries/<slug:slug>/",
        "countries/<slug:slug>/<list_file:file>",
        "institutions/",
        "institutions/<slug:slug>/",
        "institutions/<slug:slug>/<list_file:file>",
        "fields-of-work/",
        "fields-of-work/<slug:slug>/",
        "fields-of-work/<slug:slug>/<list_file:file>",
        "<slugs:path>/",
        "sitemap.xml",
        "sitemap-pages.xml",
        "sitemap-news-<int:number>.xml",
        "robots.txt",
        "humans.txt",
        ".well-known/security.txt",
        "site.webmanifest",
        "api/v1/",
        "api/v1/openapi.json",
        "api/v1/news/",
        "api/v1/news/<number:number>/",
        "api/v1/news/<number:number>/editions/<number:edition>/",
        "api/v1/countries/",
        "api/v1/countries/<slug:slug>/",
        "api/v1/institutions/",
        "api/v1/institutions/<slug:slug>/",
        "api/v1/topics/",
        "api/v1/topics/<slug:slug>/",
        "api/v1/navigation/",
    ),
    EVERYONE,
) | {
    "favicon.ico": REDIRECTS,
    "files/images/<file_number:number>/<slug:crop>-<file_number:width>.<slug:format>": EVERYONE,  # of a public item
    "files/attachments/<file_number:number>/transcript/": (GONE,) * 5,  # of a document
    "files/attachments/<file_number:number>/<str:name>": EVERYONE,
    "files/attachments/<file_number:number>/versions/<file_number:version>/<str:name>": EVERYONE,
    "files/cards/<number:number>.jpg": REDIRECTS,  # none is drawn
    "sitemap-latest.xml": (GONE,) * 5,  # after two days without news
    "search/<list_file:file>": (301,) * 5,  # without words: to the list of all news
    "countries/choose/": REDIRECTS,
    "api/v1/^": (GONE,) * 5,  # whatever else is asked for below the API
    "news/<number:number>/": (301,) * 5,
    "news/<number:number>/<slug:slug>/editions/compare/": (GONE,) * 5,  # of an item that has one edition
    "<local_language:language>/news/<number:number>/<slug:slug>/editions/compare/": (GONE,) * 5,
}
AROUND = {
    "admin/": STAFF,
    "admin/your-settings/": STAFF,
    "admin/login/": (200, 302, 302, 302, 302),
    "admin/logout/": (LOGIN, WRONG_METHOD, WRONG_METHOD, WRONG_METHOD, WRONG_METHOD),
    "admin/password_change/": STAFF,
    "admin/password_change/done/": STAFF,
    "admin/autocomplete/": (LOGIN, REFUSED, REFUSED, REFUSED, REFUSED),
    "admin/jsi18n/": STAFF,
    "admin/r/<path:content_type_id>/<path:object_id>/": NOT_FOUND,  # of an item, whose address tells its title
    "admin/^(?P<app_label>record|taxonomy|library|news|auth)/$": STAFF,
    "admin/(?P<url>.*)$": NOT_FOUND,
    "admin/news/searchcount/": EDITORS,
    "admin/news/importbatch/": ADMINISTRATORS,
    "admin/news/importbatch/add/": ADMINISTRATORS,
    "admin/news/importbatch/<int:number>/": ADMINISTRATORS,
    "admin/news/importbatch/<int:number>/report.csv": ADMINISTRATORS,
    "admin/news/importbatch/<int:number>/undo/": ADMINISTRATORS,
    "admin/library/image/": STAFF,
    "admin/library/image/upload/": STAFF,
    "admin/library/image/describe/": (LOGIN, 302, 302, 302, 302),  # without images: to the grid
    "admin/library/image/choose/": STAFF,
    "admin/library/image/<path:object_id>/change/": STAFF,
    "admin/library/image/<path:object_id>/history/": STAFF,
    "admin/library/image/<path:object_id>/delete/": EDITORS,
    "admin/record/act/": ADMINISTRATORS,
    "admin/record/act/<int:number>/": ADMINISTRATORS,
    "admin/auth/user/<id>/password/": ADMINISTRATORS,
}
PAGES_OF_A_MODEL = {
    "": ADMINISTRATORS,
    "add/": ADMINISTRATORS,
    "<path:object_id>/history/": ADMINISTRATORS,
    "<path:object_id>/delete/": ADMINISTRATORS,
    "<path:object_id>/change/": ADMINISTRATORS,
    "<path:object_id>/": REDIRECTS,  # to the page that asks
}
MODELS = (
    "auth/group",
    "auth/user",
    "library/logo",
    "taxonomy/country",
    "taxonomy/institution",
    "taxonomy/navigationitem",
    "taxonomy/topic",
)
TREES = ("taxonomy/institution", "taxonomy/navigationitem", "taxonomy/topic")
NEWSROOM = {
    "": STAFF,
    "add/": STAFF,
    "desk/": STAFF,
    "suggest/": STAFF,
    "<path:object_id>/history/": AT_HOME,
    "<path:object_id>/change/": AT_HOME,
    "<path:object_id>/delete/": (LOGIN, REFUSED, REFUSED, REFUSED, REFUSED),
    "<path:object_id>/": REDIRECTS,
    "<int:number>/preview/": AT_HOME,
    "<int:number>/compare/": AT_HOME,
    "<int:number>/discard/": AT_HOME,
    "<int:number>/force/": ADMINISTRATORS,
    "<int:number>/remove/": (LOGIN, REFUSED, REFUSED, REFUSED, 302),  # a draft cannot be removed: told on its page
    "<int:number>/restore/": (LOGIN, REFUSED, REFUSED, REFUSED, 302),
}
# Acts that are posted: a GET leads to the item's page, which asks. What a POST answers to each role:
NEWSROOM_ACTS = {
    "open-edition/": (LOGIN, 302, REFUSED, 302, 302),
    "submit/": (LOGIN, 302, REFUSED, 302, 302),
    "approve/": (LOGIN, REFUSED, REFUSED, 200, 200),
    "return/": (LOGIN, REFUSED, REFUSED, 200, 200),
    "review/": (LOGIN, REFUSED, REFUSED, REFUSED, 302),
    "unschedule/": (LOGIN, REFUSED, REFUSED, REFUSED, 302),
}
IMPORT_ACTS = {
    "apply/": (LOGIN, REFUSED, REFUSED, REFUSED, REFUSED),  # somebody else's plan
    "drop/": (LOGIN, REFUSED, REFUSED, REFUSED, 302),
}
EXPECTED = (
    PUBLIC
    | AROUND
    | {f"admin/{model}/{page}": answers for model in MODELS for page, answers in PAGES_OF_A_MODEL.items()}
    | {f"admin/{model}/move/": (WRONG_METHOD,) * 5 for model in TREES}
    | {f"admin/news/newsitem/{page}": answers for page, answers in NEWSROOM.items()}
    | {f"admin/news/newsitem/<int:number>/{act}": REDIRECTS for act in NEWSROOM_ACTS}
    | {f"admin/news/importbatch/<int:number>/{act}": REDIRECTS for act in IMPORT_ACTS}
)
POSTED = {f"admin/{model}/move/": (LOGIN, REFUSED, REFUSED, REFUSED, 302) for model in TREES} | {
    f"admin/news/newsitem/<int:number>/{act}": answers for act, answers in NEWSROOM_ACTS.items()
}
POSTED |= {f"admin/news/importbatch/<int:number>/{act}": answers for act, answers in IMPORT_ACTS.items()}


def routes() -> Iterator[str]:
    """Yield the route of every address of the site."""

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            else:
                yield route

    return walk(get_resolver().url_patterns, "")


@pytest.fixture
def site(settings, tmp_path) -> dict[str, Any]:
    """Return what the addresses name."""
    settings.MEDIA_ROOT = str(tmp_path)
    settings.SECURITY_CONTACTS = ["mailto:security@example.org"]
    settings.SECURITY_EXPIRES = datetime.date(2035, 1, 1)
    home = builders.institution("Secretariat")
    item = builders.draft("A draft", issued_by=[home.pk]).item
    picture, document = shelves.image(), shelves.attachment("The method")
    held = {"pictures": [picture.pk], "attachments": [document.pk]}
    public = builders.published("A story", issued_by=[home.pk], **held)
    local = builders.published("Një lajm", language="sq", issued_by=[home.pk])
    country, topic = builders.country("Austria"), builders.topic("Elections")
    page = builders.navigation_item("Projects")
    user, group = User.objects.create_user("someone"), Group.objects.get(name="Writer")
    image = builders.image()
    record_act("review", topic)
    now = timezone.now()
    batch = ImportBatch.objects.create(state="planned", started_by="x", started_at=now, touched_at=now)
    return {
        "home": home,
        "public": public,
        "local": local,
        "numbers": {
            "taxonomy/country": country.pk,
            "taxonomy/topic": topic.pk,
            "taxonomy/institution": home.pk,
            "taxonomy/navigationitem": page.pk,
            "news/newsitem": item.pk,
            "library/image": image.pk,
            "library/logo": builders.logo(image, institution=home).pk,
            "news/importbatch": batch.pk,
            "auth/user": user.pk,
            "auth/group": group.pk,
            "files/images": picture.pk,
            "files/attachments": document.pk,
            "files/cards": public.pk,
            "record/act": Act.objects.latest("pk").pk,
        },
    }


def address(route: str, site: dict[str, Any]) -> str:
    """Return an address of the route, with a record behind it."""
    folder = "/".join(route.removeprefix("admin/").split("/")[:2])
    number = "1" if route.startswith("sitemap-") else str(site["numbers"].get(folder, ""))
    edition = site["local" if route.startswith("<local") else "public"]
    parts = {
        "<file_number:number>": number,
        "<slug:crop>-<file_number:width>.<slug:format>": "3x2-480.avif",
        "<file_number:version>": "1",
        "<str:name>": "the-method.pdf",
        "<local_language:language>": "sq",
        "<path:content_type_id>": str(ContentType.objects.get_for_model(edition.item).pk),
        "<path:object_id>": number or str(edition.item_id),
        "<id>": number,
        "<int:number>": number,
        "<number:number>": number if folder == "files/cards" else str(edition.item_id),
        "<number:edition>": "1",
        "<slugs:path>": "projects",
        "<list_file:file>": "feed.rss",
        "api/v1/^": "api/v1/nothing/",
        "^(?P<app_label>record|taxonomy|library|news|auth)/$": "news/",
        "(?P<url>.*)$": "no/such/page/",
    }
    slugs = {"countries/": "austria", "institutions/": "secretariat", "fields-of-work/": "elections"}
    slugs |= {"topics/": "elections"}  # as the API calls them
    start = route.removeprefix("api/v1/")
    parts["<slug:slug>"] = next((slug for known, slug in slugs.items() if start.startswith(known)), edition.item.slug)
    for part, value in parts.items():
        route = route.replace(part, value)
    return f"/{route}"


def browsers(site: dict[str, Any]) -> dict[str, Client]:
    """Return a browser for each role."""
    people = {
        "writer": ("Writer", site["home"]),
        "editor elsewhere": ("Editor", builders.institution("Elsewhere")),
        "editor": ("Editor", site["home"]),
        "administrator": ("Administrator", None),
    }
    found = {"anonymous": Client()}
    for role, (group, home) in people.items():
        user = builders.member_of_staff(role, home=[home] if home else [])
        user.groups.add(Group.objects.get(name=group))
        found[role] = Client()
        found[role].force_login(user)
    return found


def test_the_table_names_every_address_of_the_site():
    """An address that is added without a line in it fails here."""
    assert set(routes()) == set(EXPECTED)


def test_each_address_answers_to_each_role_what_the_table_says(site):
    """To a GET."""
    clients = browsers(site)
    found = {route: tuple(clients[role].get(address(route, site)).status_code for role in ROLES) for route in EXPECTED}
    assert found == EXPECTED


def test_what_is_posted_is_refused_to_whom_its_page_is(site):
    """Whoever may not open a page cannot send its form either; acts without a page have a table of their own."""
    clients = browsers(site)
    closed = {route: answers for route, answers in EXPECTED.items() if REFUSED in answers and route not in POSTED}
    for route, answers in closed.items():
        for role, answer in zip(ROLES, answers, strict=True):
            if answer == REFUSED or role == "anonymous":
                assert clients[role].post(address(route, site)).status_code in {answer, WRONG_METHOD}, (route, role)


def test_acts_without_a_page_answer_to_each_role_what_the_table_says(site):
    """To a POST; none of these has done anything by its answer alone."""
    clients = browsers(site)
    found = {route: tuple(clients[role].post(address(route, site)).status_code for role in ROLES) for route in POSTED}
    assert found == POSTED
