"""What the pages of the admin show of the record."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from record.actors import acting
from record.acts import record_act
from record.history import RecordedAdmin
from record.models import Act
from taxonomy.models import Country
from tests import builders

pytestmark = pytest.mark.django_db

ADDRESS = "2001:db8:1:2::17"


@pytest.fixture
def superuser() -> User:
    """Return someone who may do everything."""
    return User.objects.create_superuser("root", first_name="Rosa", last_name="Oot", password=builders.PASSWORD)


@pytest.fixture
def desk(superuser: User) -> Client:
    """Return their browser, at an address."""
    client = Client(REMOTE_ADDR=ADDRESS)
    client.force_login(superuser)
    return client


def history(client: Client, record: Country | Group | User) -> str:
    """Return the page that says who did what to a record."""
    answer = client.get(reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_history", args=[record.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_model_of_the_admin_has_its_history_from_the_record():
    """In whichever app its admin was written."""
    registered = admin.site._registry  # noqa: SLF001 - Django has no public place for this
    assert Group in registered
    others = [admin_class for admin_class in registered.values() if not isinstance(admin_class, RecordedAdmin)]
    assert others == []


def test_a_form_leaves_one_act_by_name_and_address_and_nothing_in_djangos_own_log(desk):
    """The whole address, though the throttle of the login counts its network."""
    address = reverse("admin:auth_group_add")
    right = Permission.objects.get(codename="view_country")
    place = Act.objects.count()
    desk.post(address, {"name": "Editors", "permissions": [right.pk]})
    acts = list(Act.objects.order_by("pk"))[place:]
    assert [(act.verb, act.title, act.actor, act.address) for act in acts] == [
        ("create", "Editors", "root (Rosa Oot)", ADDRESS),
        ("change", "Editors", "root (Rosa Oot)", ADDRESS),
    ]
    desk.post(reverse("admin:auth_group_change", args=[Group.objects.get().pk]), {"name": "Editors", "permissions": []})
    assert Act.objects.newest_first()[0].after == {"permissions": []}
    Group.objects.get().permissions.add(right)
    desk.post(reverse("admin:auth_group_delete", args=[Group.objects.get().pk]), {"post": "yes"})
    assert Act.objects.get(verb="delete", model="auth.group").before["permissions"] == [f"{right} ({right.pk})"]
    assert not LogEntry.objects.exists()


def test_the_action_that_deletes_many_leaves_an_act_for_each(desk):
    """Django's own, of its list."""
    countries = [builders.country(name) for name in ("Malta", "Monaco")]
    chosen = {"action": "delete_selected", "_selected_action": [country.pk for country in countries], "post": "yes"}
    desk.post(reverse("admin:taxonomy_country_changelist"), chosen)
    deleted = Act.objects.filter(verb="delete", model="taxonomy.country")
    assert sorted((act.title, act.actor) for act in deleted) == [
        ("Malta", "root (Rosa Oot)"),
        ("Monaco", "root (Rosa Oot)"),
    ]


def test_a_password_set_for_someone_is_an_act_that_does_not_tell_it(desk):
    """Whose it was, who set it."""
    anna = builders.member_of_staff("anna")
    word = "new and secret words"
    fields = {"password1": word, "password2": word, "usable_password": "true"}
    desk.post(reverse("admin:auth_user_password_change", args=[anna.pk]), fields)
    act = Act.objects.on(anna).newest_first()[0]
    assert (act.actor, act.after) == ("root (Rosa Oot)", {"password": "(not shown)"})
    assert word not in history(desk, anna)


def test_the_history_of_a_country_tells_of_its_memberships_too(desk):
    """They have no page of their own."""
    country = builders.country("Malta")
    with acting("anna (Anna Berg)", address="192.0.2.7"):
        membership = builders.membership(country=country)
        membership.until = "2001-05"
        membership.save()
        record_act("review", builders.country("Austria"), reason="Another’s act")
    page = history(desk, country)
    for words in ("Who did what: Malta", "anna (Anna Berg)", "192.0.2.7", "membership “Malta: participating State”"):
        assert words in page
    assert "– → 2001-05" in page
    assert "Another’s act" not in page


def test_long_texts_are_shortened_in_the_history_and_whole_on_the_acts_own_page(desk):
    """Tags are not counted as words."""
    country = builders.country("Malta", description=f"<p>{'word ' * 100}end</p>")
    page = history(desk, country)
    assert "word word" in page
    assert "end" not in page.partition("Description [en]")[2].partition("</dd>")[0]
    act = Act.objects.on(country).get()
    assert "word end&lt;/p&gt;" in desk.get(reverse("admin:record_act_change", args=[act.pk])).content.decode()


def test_whoever_may_see_a_things_page_may_see_its_history_without_addresses(client):
    """Addresses are for those entitled to the record."""
    with acting("boris", address="192.0.2.7"):
        country = builders.country("Malta")
    client.force_login(builders.member_of_staff("anna", "view_country"))
    page = history(client, country)
    act = client.get(reverse("admin:record_act_change", args=[Act.objects.on(country).get().pk]))
    assert act.status_code == 200
    for shown in (page, act.content.decode()):
        assert "boris" in shown
        assert "192.0.2.7" not in shown


def test_whoever_may_not_see_a_things_page_sees_neither_its_history_nor_its_acts(client):
    """Nor those of what is gone."""
    topic, country = builders.topic(), builders.country()
    acts = [Act.objects.on(record).get().pk for record in (topic, country)]
    topic.delete()
    client.force_login(builders.member_of_staff("anna", "view_topic"))
    assert client.get(reverse("admin:taxonomy_country_history", args=[country.pk])).status_code == 403
    assert [client.get(reverse("admin:record_act_change", args=[act])).status_code for act in acts] == [403, 403]


def test_the_history_of_what_there_is_not_is_not_found(desk):
    """Rather than empty."""
    assert desk.get(reverse("admin:taxonomy_country_history", args=[9])).status_code == 404


def test_the_index_shows_what_this_person_did_last(desk):
    """And what nobody else did."""
    desk.post(reverse("admin:auth_group_add"), {"name": "Editors"})
    with acting("anna"):
        Group.objects.create(name="Writers")
    page = desk.get(reverse("admin:index")).content.decode().partition("What you did last")[2]
    assert "Editors" in page
    assert "Writers" not in page


def test_values_of_every_kind_are_shown_as_people_read_them(desk):
    """Moments in UTC, codes by name, lists by their parts, nothing as a dash."""
    country = builders.country("Malta")
    after = {
        "visible_from": "2026-11-24T09:00:30.5+00:00",
        "is_shown": True,
        "tags": {"countries": [1, 2]},
        "note": None,
    }
    record_act("approve", country, before={"is_shown": False}, after=after)
    act = Act.objects.get(verb="approve")
    page = desk.get(reverse("admin:record_act_change", args=[act.pk])).content.decode()
    for cells in (
        "Visible from</th><td>–</td><td>2026-11-24 09:00:30 UTC</td>",
        "Is shown</th><td>no</td><td>yes</td>",
        "Tags</th><td>–</td><td>countries: 1, 2</td>",
        "Note</th><td>–</td><td>–</td>",
    ):
        assert cells in page


def test_the_fields_of_an_act_stand_in_the_order_of_the_models(desk):
    """A database keeps JSON in an order of its own."""
    record_act("review", builders.country("Malta"), after={"zeal": "great", "iso_code": "MT", "name_en": "Malta"})
    page = desk.get(reverse("admin:record_act_change", args=[Act.objects.get(verb="review").pk]))
    names = [difference.name for difference in page.context["told"].differences]
    assert names == ["Name [en]", "ISO 3166-1 code", "Zeal"]


def test_an_act_on_what_no_model_stands_for_any_more_is_still_shown(desk):
    """The record outlives models, fields and verbs."""
    act = Act.objects.create(
        actor="anna", verb="bury", model="morgue.body", number="7", title="Old", after={"depth": 2}
    )
    page = desk.get(reverse("admin:record_act_change", args=[act.pk])).content.decode()
    assert "Morgue.body “Old”: bury" in page
    assert desk.get(reverse("admin:record_act_changelist"), {"model": "morgue.body"}).status_code == 200
