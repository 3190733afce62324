"""What all answers of the API have in common: who may read them, how errors are told, what describes them."""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, settings
from ninja.responses import NinjaJSONEncoder
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from news import workflow
from news.workflow import RemovalWish
from osce_site.api import api
from tests import builders

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/"
LISTS = ("news", "countries", "institutions", "topics", "navigation")
SLUGS = {"country": "ukraine", "institution": "mission", "topic": "mines"}


def described():
    """Return the description of the API, in which slugs may be known ones too."""
    schema = json.loads(json.dumps(api.get_openapi_schema(), cls=NinjaJSONEncoder))
    for parameter in schema["paths"][f"{ROOT}news/"]["get"]["parameters"]:
        if parameter["name"] in SLUGS:
            parameter["schema"]["items"] = {"anyOf": [{"enum": [SLUGS[parameter["name"]]]}, {"type": "string"}]}
    return schema


schema = schemathesis.openapi.from_dict(described())
schema.app = get_wsgi_application()


@pytest.fixture
def archive():
    """Publish a story, its translation, and one in error; return the numbers of the items."""
    tags = {
        "countries": [builders.country("Ukraine").pk],
        "topics": [builders.topic("Mines").pk],
        "issued_by": [builders.institution("Mission").pk],
    }
    builders.navigation_item("Projects")
    story = builders.published("Alpha", **tags)
    builders.next_edition(story, "Alpha, corrected", **tags)
    french = builders.published("Alpha fr", language="fr", translation_of=story.item, related=[story.item_id])
    gone = builders.published("Gone")
    workflow.remove(gone.item, RemovalWish(kind="error", reason="A test."), by=None)
    return [story.item_id, french.item_id, gone.item_id]


@pytest.fixture
def _connection_stays_open():
    """Leave the test's connection open after each request, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_connection_stays_open")
@schema.parametrize()
@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much, HealthCheck.too_slow],
)
def test_every_answer_is_one_that_the_description_tells_of(case, archive):
    """Whatever is asked, by any form of an address; half of what is asked of a record is of one that there is."""
    given = case.path_parameters or {}
    if isinstance(given.get("number"), int) and given["number"] % 2:
        case.path_parameters["number"] = archive[given["number"] // 2 % 3]
        case.path_parameters |= {"edition": 1 + given["edition"] % 3} if isinstance(given.get("edition"), int) else {}
    if isinstance(given.get("slug"), str) and len(given["slug"]) % 2:
        case.path_parameters["slug"] = next(
            (slug for name, slug in SLUGS.items() if case.path.startswith(f"{ROOT}{name[:-1]}")), given["slug"]
        )
    answer = case.call()
    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    case.validate_response(answer, checks=checks)


@pytest.mark.usefixtures("archive")
def test_the_root_names_all_lists(client):
    """By full addresses that answer, in each language."""
    for prefix in ("", "/fr"):
        told = client.get(f"{prefix}{ROOT}").json()
        assert set(told) == {*LISTS, "openapi"}
        for address in told.values():
            assert address.startswith(f"http://127.0.0.1:8000{prefix}/api/v1/")
            assert client.get(address).status_code == 200


def test_the_description_is_of_the_language_that_it_was_asked_in(client):
    """Its paths are those of the address, and no two operations have one name."""
    told = client.get(f"/fr{ROOT}openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert f"/fr{ROOT}news/{{number}}/" in told["paths"]
    names = [operation["operationId"] for path in told["paths"].values() for operation in path.values()]
    assert sorted(names) == sorted({*names})
    assert {"list_news", "get_news_item", "list_countries"} <= {*names}


@pytest.mark.parametrize("path", ["", "news/", "countries/", "openapi.json", "nothing/", "news/?kind=x"])
def test_any_page_may_read(client, path):
    """What is there and what is not; no cookie is asked for."""
    answer = client.get(ROOT + path, headers={"Origin": "https://other.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    assert not answer.cookies


def test_a_browser_may_ask_first():
    """Whatever it means to send; nothing is looked up for that."""
    client = Client(enforce_csrf_checks=True)
    asked = {"Origin": "https://other.example", "Access-Control-Request-Method": "GET"}
    for path in ("news/", "news/1/", "nothing", "openapi.json"):
        answer = client.options(ROOT + path, headers=asked)
        assert (answer.status_code, answer.content) == (204, b"")
        assert "GET" in answer["Access-Control-Allow-Methods"]
        assert "If-None-Match" in answer["Access-Control-Allow-Headers"]


def test_an_unchanged_answer_is_not_sent_again(client):
    """By its tag; a change is seen at once."""
    builders.published()
    answer = client.get(f"{ROOT}news/")
    assert answer["Cache-Control"] == "public, no-cache"
    again = client.get(f"{ROOT}news/", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content, again["Access-Control-Allow-Origin"]) == (304, b"", "*")
    builders.published()
    assert client.get(f"{ROOT}news/", headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_an_answer_depends_on_its_address_alone(client):
    """Not on the languages that a browser prefers, so that who keeps answers keeps one."""
    for address in (f"{ROOT}countries/", f"/fr{ROOT}countries/", "/countries/"):
        answer = client.get(address, headers={"Accept-Language": "de"})
        assert "Vary" not in answer
        assert answer["Content-Language"] == ("fr" if "fr" in address else "en")
    assert client.get("/admin/login/")["Vary"] == "Cookie"


def test_head_tells_what_get_would(client):
    """Without the body."""
    builders.published()
    head, get = client.head(f"{ROOT}news/"), client.get(f"{ROOT}news/")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", get["ETag"])
    assert head["Content-Length"] == str(len(get.content))
    assert client.head(f"{ROOT}news/1x/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["", "news/", "news/1/", "openapi.json", "nothing/"])
def test_what_writes_is_refused(method, path):
    """As a problem, whatever token is sent along."""
    answer = getattr(Client(enforce_csrf_checks=True), method)(ROOT + path)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    problem_in(answer)


def problem_in(answer):
    """Return the problem that the answer tells, in the form of RFC 9457."""
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-cache"
    told = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= set(told)
    assert told["status"] == answer.status_code
    assert all(told[name] for name in ("type", "title", "detail", "instance"))
    return told


@pytest.mark.parametrize(
    "path", ["nothing", "nothing/", "news/x/", "news//", "news/1/2/3/", "%00", "a%0Ab", "news/1/editions/", "é", "docs"]
)
def test_below_the_api_there_is_no_page(client, path):
    """Every address that has no data says so as a problem, in each language."""
    for prefix in ("", "/fr"):
        answer = client.get(f"{prefix}{ROOT}{path}")
        assert answer.status_code == 404
        assert problem_in(answer)["instance"] == f"{prefix}{ROOT}{path.replace('é', '%C3%A9')}"


@pytest.mark.parametrize("path", ["news", "news/1", "countries", "topics/mines", ""])
def test_a_forgotten_slash_costs_one_redirect(client, path):
    """The parameters come along."""
    answer = client.get(f"/fr{ROOT}{path}?kind=news".replace("v1/?", "v1?"))
    assert (answer.status_code, answer["Location"]) == (301, f"/fr{ROOT}{path}/?kind=news".replace("//?", "/?"))


def test_a_failure_tells_nothing_of_itself(client, monkeypatch, caplog):
    """The log does."""

    def fail(_question):
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("news.api.lists.answer", fail)
    client.raise_request_exception = False
    for is_debug in (False, True):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("django.conf.settings.DEBUG", is_debug)
            answer = client.get(f"{ROOT}news/")
        assert answer.status_code == 500
        assert "secret" not in str(problem_in(answer))
    assert "a secret of the house" in caplog.text


def test_more_parameters_than_anybody_needs_are_refused(client):
    """It is the asker's fault, and no error of the site."""
    response = client.get("/api/v1/news/?" + "a&" * 4_100)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
