"""Every kind of write of a watched model leaves exactly one act, with what was before and after."""

import pytest
from django.contrib.auth.models import Group, User
from django.core import serializers
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from record.models import Act
from taxonomy.models import Country, CountryFormerName, Membership, Topic
from tests import builders

pytestmark = pytest.mark.django_db


def told(act: Act) -> tuple:
    """Return what a test asks of an act."""
    return act.verb, act.model, act.title, act.before, act.after


def acts_since(place: int) -> list[Act]:
    """Return the acts behind a place in the record, oldest first."""
    return list(Act.objects.filter(pk__gt=place).order_by("pk"))


def here() -> int:
    """Return the place that the record has reached."""
    newest = Act.objects.order_by("-pk").first()
    return newest.pk if newest else 0


def test_a_new_record_is_recorded_with_all_that_it_says():
    """Empty fields say nothing."""
    country = builders.country("Austria", iso_code="AT")
    (act,) = Act.objects.all()
    assert told(act) == (
        "create",
        "taxonomy.country",
        "Austria",
        {},
        {"name_en": "Austria", "slug": "austria", "iso_code": "AT"},
    )
    assert act.number == str(country.pk)


def test_a_change_is_recorded_with_what_differs_alone():
    """As the database held it, whatever the instance in hand believes."""
    country = builders.country("Austria", iso_code="AT")
    stale = Country.objects.get(pk=country.pk)
    country.name_fr = "Autriche"
    country.save()
    place = here()
    stale.iso_code, stale.name_fr = "AU", "L’Autriche"
    stale.save()
    (act,) = acts_since(place)
    assert told(act) == (
        "change",
        "taxonomy.country",
        "Austria",
        {"name_fr": "Autriche", "iso_code": "AT"},
        {"name_fr": "L’Autriche", "iso_code": "AU"},
    )


def test_a_save_that_changes_nothing_leaves_nothing():
    """It is no act."""
    country = builders.country()
    place = here()
    country.save()
    assert acts_since(place) == []


def test_what_is_not_among_the_fields_to_save_did_not_change():
    """`update_fields` writes less than the instance holds."""
    group = Group.objects.create(name="Editors")
    user = User.objects.create(username="anna", first_name="Anna")
    place = here()
    user.first_name, user.last_name = "Anne", "Berg"
    user.save(update_fields=["last_name"])
    group.name = "Writers"
    group.save(update_fields=[])
    (act,) = acts_since(place)
    assert (act.before, act.after) == ({"last_name": ""}, {"last_name": "Berg"})


def test_a_deleted_record_is_recorded_with_all_that_it_said():
    """Its parts, which go with it, each by itself and on its page."""
    membership = builders.membership(country=builders.country("Austria", iso_code="AT"), since="1973")
    country = membership.country
    number, place = str(country.pk), here()
    country.delete()
    part, whole = acts_since(place)
    assert told(whole)[:3] == ("delete", "taxonomy.country", "Austria")
    assert whole.before["iso_code"] == "AT"
    assert (whole.number, whole.after) == (number, {})
    assert told(part)[:3] == ("delete", "taxonomy.membership", "Austria: participating State")
    assert part.before == {"country": f"Austria ({number})", "status": "participating_state", "since": "1973"}
    assert (part.concerned_model, part.concerned_number) == ("taxonomy.country", number)


def test_an_update_of_many_is_recorded_for_each_that_differs():
    """One act each."""
    one, other = builders.country("Austria"), builders.country("Malta")
    Country.objects.filter(pk=other.pk).update(official_name_en="Republic of Malta")
    place = here()
    Country.objects.filter(pk__in=[one.pk, other.pk]).update(official_name_en="Republic of Malta")
    (act,) = acts_since(place)
    assert told(act) == (
        "change",
        "taxonomy.country",
        "Austria",
        {"official_name_en": ""},
        {"official_name_en": "Republic of Malta"},
    )


def test_many_created_at_once_are_recorded_one_by_one():
    """As if each had been saved."""
    country = builders.country("Austria")
    place = here()
    names = [CountryFormerName(record=country, name=name) for name in ("Ostarrîchi", "German Austria")]
    CountryFormerName.objects.bulk_create(names)
    assert [(act.verb, act.title, act.concerned_number) for act in acts_since(place)] == [
        ("create", "Ostarrîchi", str(country.pk)),
        ("create", "German Austria", str(country.pk)),
    ]


def test_many_deleted_at_once_are_recorded_one_by_one():
    """The queryset's way too."""
    builders.topic("Mines", parent=builders.topic("Security"))
    place = here()
    Topic.objects.all().delete()
    assert [(act.verb, act.title) for act in acts_since(place)] == [("delete", "Mines"), ("delete", "Security")]


def test_a_related_manager_that_writes_many_is_recorded():
    """`add()` is an update of the other side's rows."""
    membership = builders.membership(country=builders.country("Austria"))
    malta = builders.country("Malta")
    place = here()
    malta.memberships.add(membership)
    (act,) = acts_since(place)
    assert act.after == {"country": f"Malta ({malta.pk})"}
    assert Membership.objects.get().country == malta


def test_rows_loaded_from_a_file_are_recorded():
    """`loaddata` saves them past the model's own `save()`."""
    row = {"model": "taxonomy.country", "pk": 7, "fields": {"slug": "malta", "iso_code": "MT", "name_en": "Malta"}}
    for loaded in serializers.deserialize("python", [row]):
        loaded.save()
    (act,) = Act.objects.all()
    assert (act.verb, act.number, act.after["iso_code"]) == ("create", "7", "MT")


def test_nobody_writes_between_the_look_before_and_the_write():
    """What was before is what this save replaced; on SQLite there is one writer anyway."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite locks the whole database")
    group = Group.objects.create(name="Editors")
    with CaptureQueriesContext(connection) as queries:
        group.save()
    first = next(query["sql"] for query in queries if "auth_group" in query["sql"])
    assert first.endswith("FOR NO KEY UPDATE")


def test_what_is_rolled_back_was_never_done():
    """An act is there exactly if what it tells of is."""
    with transaction.atomic():
        builders.country("Austria")
        assert Act.objects.exists()
        transaction.set_rollback(True)
    assert not Act.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_save_whose_act_cannot_be_written_is_not_kept(monkeypatch):
    """Outside of a transaction too: Django tells of a save after its row is committed."""
    monkeypatch.setattr("record.watching.record_acts", lambda _acts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Group.objects.create(name="Editors")
    assert not Group.objects.exists()


def test_a_refused_save_leaves_nothing_behind_for_the_next():
    """The next act tells of the next save alone."""
    builders.country("Malta", iso_code="MT")
    country = builders.country("Austria", iso_code="AT")
    place = here()
    country.iso_code = "MT"
    with pytest.raises(IntegrityError), transaction.atomic():
        country.save()
    country.iso_code = "AU"
    country.save()
    (act,) = acts_since(place)
    assert (act.before, act.after) == ({"iso_code": "AT"}, {"iso_code": "AU"})


def test_a_password_never_appears():
    """That it changed does."""
    user = User.objects.create_user("anna", password="first secret word")
    first = user.password
    user.set_password("second secret word")
    user.save()
    user.delete()
    created, changed, deleted = Act.objects.filter(model="auth.user").order_by("pk")
    assert (changed.before, changed.after) == ({"password": "(not shown)"}, {"password": "(not shown)"})
    assert created.after["password"] == deleted.before["password"] == "(not shown)"
    kept = " ".join(f"{act.before} {act.after} {act.title} {act.reason}" for act in Act.objects.all())
    assert not any(word in kept for word in ("secret", first, user.password))


def test_a_log_in_is_no_act_upon_the_person(client):
    """Django notes the moment in the row."""
    user = builders.member_of_staff("anna")
    place = here()
    client.force_login(user)
    assert User.objects.get().last_login
    assert acts_since(place) == []


def test_texts_are_kept_in_one_language_whoever_acts():
    """The record is read for years, by others."""
    with override("fr"):
        builders.membership(country=builders.country(name_en="Malta", name_fr="Malte"))
    assert {act.title for act in Act.objects.all()} == {"Malta", "Malta: participating State"}
