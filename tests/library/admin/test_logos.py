"""Logos: an institution and the image that stands for it."""

import pytest
from django.test import Client
from django.urls import reverse

from library.models import Logo
from tests import builders

pytestmark = pytest.mark.django_db
ADD, LIST = reverse("admin:library_logo_add"), reverse("admin:library_logo_changelist")
RIGHTS = ("view_logo", "add_logo", "change_logo", "delete_logo", "view_image")


@pytest.fixture
def desk(client: Client) -> Client:
    """Return the browser of someone who sets logos."""
    client.force_login(builders.member_of_staff("", *RIGHTS))
    return client


def test_a_logo_is_chosen_by_the_number_of_its_image(desk):
    """As its name and number are written in a list, too."""
    image, home = builders.image("emblem.png"), builders.institution("Secretariat")
    assert desk.post(ADD, {"institution": home.pk, "image": f"emblem.png [{image.pk}]"}).status_code == 302
    assert Logo.objects.get().image == image
    text = desk.get(LIST).content.decode()
    assert "Secretariat" in text
    assert f"/files/images/{image.pk}/1x1-192.jpg" in text


@pytest.mark.parametrize("named", ["", "999999", "emblem"])
def test_what_names_no_image_is_refused(desk, named):
    """At the field."""
    answer = desk.post(ADD, {"institution": builders.institution().pk, "image": named})
    assert "image" in answer.context["adminform"].form.errors
    assert not Logo.objects.exists()


def test_the_list_costs_the_same_for_one_logo_and_for_twenty(desk, django_assert_max_num_queries):
    """Institutions and images come with the logos."""
    for _time in range(20):
        builders.logo(builders.image())
    with django_assert_max_num_queries(8):
        desk.get(LIST)
