"""The page on which a person sets what is his alone."""

import pytest
from django.test import Client
from django.urls import reverse

from news.models import Person
from tests import builders

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/your-settings/"
CHOSEN = {"time_zone": "Asia/Tashkent", "mail": "digest", "language": "fr", "_settings": "1"}
NEW = "a-new-one-of-hers-42"


@pytest.fixture
def wera(client: Client):
    """Return a writer, who has logged in."""
    user = builders.member_of_staff("wera", *builders.WRITER)
    client.force_login(user)
    return user


def test_a_person_chooses_time_zone_mails_and_language(client, wera):
    """Once saved, the page shows them."""
    assert client.post(ADDRESS, CHOSEN)["Location"] == ADDRESS
    person = Person.objects.get(user=wera)
    assert (person.time_zone, person.mail, person.language) == ("Asia/Tashkent", "digest", "fr")
    assert '<option value="Asia/Tashkent" selected>' in client.get(ADDRESS).content.decode()


def test_a_user_from_before_people_were_kept_has_the_page_too(client, wera):
    """It shows what holds by default, and stores what is chosen."""
    Person.objects.all().delete()
    assert '<option value="Europe/Vienna" selected>' in client.get(ADDRESS).content.decode()
    client.post(ADDRESS, CHOSEN)
    assert Person.objects.get(user=wera).mail == "digest"


def test_nothing_else_can_be_changed_there(client, wera):
    """Sent all the same, it is left alone."""
    other, house = builders.member_of_staff("other"), builders.institution()
    attack = {"is_superuser": "on", "username": "root", "institutions": [house.pk], "user": other.pk, "id": other.pk}
    client.post(ADDRESS, CHOSEN | attack | {"email": "x@example.org", "groups": [1]})
    wera.refresh_from_db()
    assert (wera.is_superuser, wera.username, wera.email) == (False, "wera", "")
    assert not wera.person.institutions.exists()
    assert Person.objects.get(user=other).mail == "at-once"


@pytest.mark.parametrize(
    "wrong", [{"time_zone": "Europe/Atlantis"}, {"mail": "hourly"}, {"language": "xx"}, {"time_zone": ""}]
)
def test_what_is_no_choice_is_refused(client, wera, wrong):
    """And said above the form and in the page's title."""
    found = client.post(ADDRESS, CHOSEN | wrong).content.decode()
    assert "errornote" in found
    assert "<title>Error:" in found
    assert Person.objects.get(user=wera).language == "en"


def test_a_person_changes_the_password_and_stays_logged_in(client, wera):
    """On the same page; other sessions end."""
    elsewhere = Client()
    elsewhere.force_login(wera)
    sent = {"old_password": builders.PASSWORD, "new_password1": NEW, "new_password2": NEW, "_password": "1"}
    assert client.post(ADDRESS, sent)["Location"] == ADDRESS
    assert client.get(ADDRESS).status_code == 200
    assert elsewhere.get(ADDRESS).status_code == 302
    wera.refresh_from_db()
    assert wera.check_password(NEW)


def test_a_password_is_not_changed_without_the_old_one(client, wera):
    """Who finds a desk unwatched cannot take it over."""
    sent = {"old_password": "guess", "new_password1": NEW, "new_password2": NEW, "_password": "1"}
    assert "errornote" in client.post(ADDRESS, sent).content.decode()
    wera.refresh_from_db()
    assert wera.check_password(builders.PASSWORD)


@pytest.mark.usefixtures("wera")
def test_every_page_of_the_admin_leads_there(client):
    """From its header."""
    assert f'href="{ADDRESS}"' in client.get(reverse("admin:index")).content.decode()


def test_who_is_not_staff_is_led_to_the_login(client):
    """As everywhere in the admin."""
    assert client.get(ADDRESS)["Location"].startswith("/admin/login/")
