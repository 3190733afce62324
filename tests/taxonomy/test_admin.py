"""The forms of taxonomy in the admin: what an editor writes, what two of them write at once, what is refused."""

from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from taxonomy.models import Chairpersonship, Country, Institution, NavigationItem, Topic
from tests import builders
from tests.taxonomy.outlines import loaded, outline, plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(admin_client: Client) -> Client:
    """Return the browser of someone who may do everything."""
    return admin_client


def address(record: models.Model | type[models.Model], act: str = "change") -> str:
    """Return the address of a record's form, or of a model's."""
    name = f"admin:taxonomy_{record._meta.model_name}_{act}"
    return reverse(name) if isinstance(record, type) else reverse(name, args=[record.pk])


def opened(desk: Client, record: models.Model | type[models.Model]) -> dict[str, Any]:
    """Open a form and return what it would send unchanged."""
    answer = desk.get(address(record, "add" if isinstance(record, type) else "change"))
    assert answer.status_code == 200
    forms = [answer.context["adminform"].form]
    for inline in answer.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values = {bound.html_name: bound.value() for form in forms for bound in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def sent(desk: Client, record: models.Model | type[models.Model], values: dict[str, Any]) -> dict[str, list[str]]:
    """Send a form; return the errors by field, nothing if it was stored."""
    answer = desk.post(address(record, "add" if isinstance(record, type) else "change"), values)
    if answer.status_code == 302:
        return {}
    errors = dict(answer.context["adminform"].form.errors)
    for inline in answer.context["inline_admin_formsets"]:
        errors |= {"inline": inline.formset.non_form_errors()} if inline.formset.non_form_errors() else {}
        for form in inline.formset.forms:
            errors |= form.errors
    assert errors
    return errors


def test_an_editor_adds_a_topic_in_the_languages_that_are_known(desk):
    """The English name is needed, the others are not."""
    values = opened(desk, Topic) | {"slug": "borders", "name_fr": "Frontières"}
    assert sent(desk, Topic, values).keys() == {"name_en"}
    assert sent(desk, Topic, values | {"name_en": "Borders"}) == {}
    topic = Topic.objects.get()
    assert (topic.name_en, topic.name_fr, topic.parent) == ("Borders", "Frontières", None)


@pytest.mark.parametrize("model", [Country, Institution, NavigationItem, Topic])
def test_each_form_has_one_part_for_each_language(desk, model):
    """The English one stands first and open, the others are folded away."""
    fieldsets = list(desk.get(address(model, "add")).context["adminform"])
    names = [fieldset.name for fieldset in fieldsets]
    assert names[0] == "English"
    assert [name for name in names if name in {"Français", "Deutsch", "Italiano", "Русский", "Español"}] == names[-5:]
    assert [fieldset.is_collapsible for fieldset in fieldsets if fieldset.name in ("English", "Русский")] == [
        False,
        True,
    ]


def test_a_rename_in_the_form_keeps_the_move_that_someone_else_made_meanwhile(desk):
    """The parent was not touched in this form."""
    nodes = plant("a(b) c")
    values = opened(desk, nodes["b"])
    loaded("b").move(loaded("c"))
    assert sent(desk, nodes["b"], values | {"name_en": "Renamed"}) == {}
    assert outline() == "a c(b)"
    assert loaded("b").name == "Renamed"


def test_what_two_editors_write_in_different_fields_is_kept_of_both(desk):
    """The second form was opened before the first was saved."""
    topic = builders.topic("Borders")
    first, second = opened(desk, topic), opened(desk, topic)
    assert sent(desk, topic, first | {"name_de": "Grenzen"}) == {}
    assert sent(desk, topic, second | {"name_fr": "Frontières"}) == {}
    topic.refresh_from_db()
    assert (topic.name_de, topic.name_fr) == ("Grenzen", "Frontières")


def test_what_two_editors_write_in_one_field_is_told_to_the_second_who_may_then_decide(desk):
    """The message stands at the field and quotes the other text; a second save replaces it."""
    topic = builders.topic("Borders")
    first, second = opened(desk, topic), opened(desk, topic)
    sent(desk, topic, first | {"name_de": "Grenzen", "name_it": "Confini"})
    answer = desk.post(address(topic), second | {"name_de": "Grenzschutz"})
    form = answer.context["adminform"].form
    assert form.errors.keys() == {"name_de"}
    assert "it now says “Grenzen”" in form.errors["name_de"][0]
    again = second | {"name_de": "Grenzschutz", "seen": form["seen"].value()}
    assert sent(desk, topic, again) == {}
    topic.refresh_from_db()
    assert (topic.name_de, topic.name_it) == ("Grenzschutz", "Confini")


def test_two_editors_who_write_the_same_are_not_troubled(desk):
    """Nor is a text whose line ends came back from the browser in another form."""
    page = builders.navigation_item("About", introduction="One\ntwo")
    first, second = opened(desk, page), opened(desk, page)
    changed = {"label_de": "Über uns", "introduction_en": "One\r\ntwo"}
    assert sent(desk, page, first | changed) == {}
    assert sent(desk, page, second | changed) == {}


def test_a_rich_text_is_cleaned_when_it_is_saved(desk):
    """Whatever the browser sends."""
    topic = builders.topic("Borders")
    values = opened(desk, topic) | {"description_en": '<p onclick="x()">Fine</p><script>alert(1)</script>'}
    assert sent(desk, topic, values) == {}
    topic.refresh_from_db()
    assert topic.description_en == "<p>Fine</p>"


def test_a_node_is_not_offered_its_own_family_as_parent(desk):
    """Nor taken, if sent by hand."""
    nodes = plant("a(b(c)) d")
    form = desk.get(address(nodes["a"])).context["adminform"].form
    assert [node.slug for node in form.fields["parent"].queryset] == ["d"]
    assert sent(desk, nodes["a"], opened(desk, nodes["a"]) | {"parent": nodes["c"].pk}).keys() == {"parent"}
    assert sent(desk, nodes["b"], opened(desk, nodes["b"]) | {"parent": nodes["d"].pk}) == {}
    assert outline() == "a d(b(c))"


def test_a_parent_that_someone_else_deleted_meanwhile_is_an_error_at_the_field(desk):
    """The form was opened before."""
    nodes = plant("a b")
    values = opened(desk, nodes["b"]) | {"parent": nodes["a"].pk}
    loaded("a").delete()
    assert sent(desk, nodes["b"], values).keys() == {"parent"}


def test_a_node_with_others_below_it_is_not_deleted(desk):
    """The page names what stands in the way."""
    nodes = plant("a(b)")
    page = desk.post(address(nodes["a"], "delete"), {"post": "yes"}).content.decode()
    assert "would require deleting the following protected related objects" in page
    assert outline() == "a(b)"
    assert desk.post(address(nodes["b"], "delete"), {"post": "yes"}).status_code == 302
    assert outline() == "a"


def test_a_record_that_someone_else_deleted_is_answered_in_words(desk):
    """Instead of an error page."""
    topic = builders.topic("Borders")
    values = opened(desk, topic)
    where = address(topic)
    Topic.objects.all().delete()
    assert "doesn’t exist" in desk.post(where, values, follow=True).content.decode()


def test_an_entry_of_the_navigation_leads_to_one_place(desk):
    """The message is the model's."""
    country, topic = builders.country(), builders.topic()
    values = opened(desk, NavigationItem) | {"label_en": "Entry", "slug": "entry"}
    both = values | {"country": country.pk, "topic": topic.pk}
    assert "leads to one place" in sent(desk, NavigationItem, both)["__all__"][0]
    assert sent(desk, NavigationItem, values | {"address": "javascript:alert(1)"}).keys() == {"address"}
    assert sent(desk, NavigationItem, values | {"country": country.pk}) == {}


def test_an_entry_needs_a_label_or_a_record_whose_name_it_takes(desk):
    """The message stands at the English field: the form has none without a language."""
    errors = sent(desk, NavigationItem, opened(desk, NavigationItem) | {"slug": "entry"})
    assert "Write a label" in errors["label_en"][0]
    assert not NavigationItem.objects.exists()


def test_two_entries_of_one_level_have_two_slugs(desk):
    """At the top, where the database knows no parent, and below one."""
    top = builders.navigation_item("About")
    builders.navigation_item("Team", parent=top)
    values = opened(desk, NavigationItem) | {"label_en": "Again"}
    assert sent(desk, NavigationItem, values | {"slug": "about"})
    assert sent(desk, NavigationItem, values | {"slug": "team", "parent": top.pk})
    assert sent(desk, NavigationItem, values | {"slug": "team"}) == {}


def test_a_path_too_long_is_refused_in_words(desk):
    """What the save refuses comes back as a message, with nothing stored."""
    parent = None
    for letter in "abc":
        parent = builders.navigation_item(letter * 150, parent=parent)
    values = opened(desk, NavigationItem) | {"label_en": "Long", "slug": "d" * 150, "parent": parent.pk}
    answer = desk.post(address(NavigationItem, "add"), values, follow=True)
    assert "longer than 500 characters" in answer.content.decode()
    assert not NavigationItem.objects.filter(label="Long").exists()


def test_a_country_changes_its_status_in_one_form(desk):
    """One membership ends and the next begins: Mongolia in 2012."""
    country = builders.country("Mongolia")
    country.memberships.create(status="asian_partner", since="2004")
    values = opened(desk, country) | {
        "memberships-TOTAL_FORMS": 2,
        "memberships-1-status": "participating_state",
        "memberships-1-since": "2012-11-21",
    }
    errors = sent(desk, country, values)
    assert "one membership at a time" in errors["inline"][0]
    assert sent(desk, country, values | {"memberships-0-until": "2012-11-21"}) == {}
    assert list(country.memberships.values_list("status", "until")) == [
        ("asian_partner", "2012-11-21"),
        ("participating_state", ""),
    ]


def test_the_list_of_countries_says_what_each_is_now(desk, django_assert_max_num_queries):
    """Without a query for each."""
    for number in range(10):
        builders.country(f"Country {number}").memberships.create(status="participating_state", since="1992")
    former = builders.country("Former").memberships.create(status="asian_partner", since="1992", until="2000")
    with django_assert_max_num_queries(8):
        page = desk.get(address(Country, "changelist")).content.decode()
    assert page.count('<td class="field-status">participating State</td>') == 10
    assert str(former.country) in page


def test_a_year_has_one_chair(desk):
    """The message stands at the row."""
    Chairpersonship.objects.create(year=2026, country=builders.country("Switzerland"))
    country = builders.country("Cyprus")
    values = opened(desk, country) | {"chairpersonships-TOTAL_FORMS": 1, "chairpersonships-0-year": 2026}
    assert sent(desk, country, values).keys() == {"year"}
    assert sent(desk, country, values | {"chairpersonships-0-year": 2027}) == {}


def test_former_addresses_are_shown_and_not_written(desk):
    """They come from renames alone."""
    topic = builders.topic("Borders")
    assert sent(desk, topic, opened(desk, topic) | {"slug": "border-management"}) == {}
    page = desk.get(address(topic)).content.decode()
    assert "<li>borders</li>" in page
    assert 'name="former_slugs-0-slug"' not in page


def test_former_names_have_a_language_of_the_site(desk):
    """One of the interface, a local one, or all."""
    institution = builders.institution("Mission")
    values = opened(desk, institution) | {"former_names-TOTAL_FORMS": 1, "former_names-0-name": "Task Force"}
    assert sent(desk, institution, values | {"former_names-0-language": "xx"}).keys() == {"language"}
    assert sent(desk, institution, values | {"former_names-0-language": "sq"}) == {}
    assert institution.former_names.get().language == "sq"


@pytest.mark.parametrize("build", [builders.topic, builders.institution, builders.navigation_item, builders.country])
def test_who_may_only_look_sees_the_record_and_writes_nothing(client, build):
    """The form has no fields then."""
    record = build("Borders")
    client.force_login(builders.member_of_staff("guest", f"view_{record._meta.model_name}"))
    page = client.get(address(record))
    assert page.status_code == 200
    assert "Borders" in page.content.decode()
    assert 'name="_save"' not in page.content.decode()
    assert client.post(address(record), {"slug": "other"}).status_code == 403
    assert client.post(address(record, "delete"), {"post": "yes"}).status_code == 403
