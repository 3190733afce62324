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
from taxonomy.models import Institution
from tests import builders
from tests.library import shelves
from tests.osce_site.entitled import EXPECTED, POSTED, REFUSED, ROLES, WRONG_METHOD

pytestmark = pytest.mark.django_db


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
    """Return what the addresses name: items with an image and an attachment, and one of each that nothing holds."""
    settings.MEDIA_ROOT = str(tmp_path)
    settings.SECURITY_CONTACTS = ["mailto:security@example.org"]
    settings.SECURITY_EXPIRES = datetime.date(2035, 1, 1)
    home = builders.institution("Secretariat")
    item = builders.draft("A draft", issued_by=[home.pk]).item
    picture, document = shelves.image(), shelves.attachment("The method")
    held = {"pictures": [picture.pk], "attachments": [document.pk]}
    public = builders.published("A story", issued_by=[home.pk], **held)
    local = builders.published("Një lajm", language="sq", issued_by=[home.pk])
    held_by_items = {"files/images": picture.pk, "files/attachments": document.pk, "files/cards": public.pk}
    numbers = held_by_items | records(home) | {"news/newsitem": item.pk, "taxonomy/institution": home.pk}
    return {"home": home, "public": public, "local": local, "numbers": numbers}


def records(home: Institution) -> dict[str, int]:
    """Create one record of each model that has pages in the admin, and return its number."""
    image, topic = builders.image(), builders.topic("Elections")
    record_act("review", topic)
    now = timezone.now()
    batch = ImportBatch.objects.create(state="planned", started_by="x", started_at=now, touched_at=now)
    return {
        "taxonomy/country": builders.country("Austria").pk,
        "taxonomy/topic": topic.pk,
        "taxonomy/navigationitem": builders.navigation_item("Projects").pk,
        "library/image": image.pk,
        "library/logo": builders.logo(image, institution=home).pk,
        "library/attachment": shelves.attachment("Held by nothing").pk,
        "news/importbatch": batch.pk,
        "auth/user": User.objects.create_user("someone").pk,
        "auth/group": Group.objects.get(name="Writer").pk,
        "record/act": Act.objects.latest("pk").pk,
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
        "^(?P<app_label>django_tasks_database|record|taxonomy|library|news|auth)/$": "news/",
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
