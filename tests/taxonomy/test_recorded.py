"""What the record keeps of taxonomy: moves in trees, former addresses, loads of reference data, repairs."""

import pytest
from django.core.management import call_command
from django.core.serializers.base import DeserializedObject
from django.db import models

from record.models import Act
from taxonomy import tree_check
from taxonomy.models import Country, Institution, NavigationItem, ReferenceRecord, Topic
from taxonomy.tree import TreeError
from tests import builders
from tests.record.test_watching import acts_since, here
from tests.taxonomy.outlines import loaded, plant

pytestmark = pytest.mark.django_db


def test_a_move_is_one_act_with_the_parent_before_and_after():
    """And never the numbers that a tree keeps for itself, which change for others too."""
    nodes = plant("a(b c) d(e)")
    place = here()
    nodes["c"].move(nodes["e"], "right")
    (act,) = acts_since(place)
    assert (act.verb, act.title) == ("change", "c")
    assert act.before == {"parent": f"a ({nodes['a'].pk})", "place": f"after b ({nodes['b'].pk})"}
    assert act.after == {"parent": f"d ({nodes['d'].pk})", "place": f"after e ({nodes['e'].pk})"}


def test_a_move_among_siblings_is_an_act_and_a_move_to_where_it_stands_is_none():
    """No column of it changes but its numbers."""
    nodes = plant("a b c")
    place = here()
    nodes["c"].move(nodes["a"], "right")
    loaded("c").move(loaded("a"), "right")
    (act,) = acts_since(place)
    assert (act.before, act.after) == ({"place": f"after b ({nodes['b'].pk})"}, {"place": f"after a ({nodes['a'].pk})"})


def test_the_manager_of_trees_records_too():
    """django-mptt's own ways lead through the guard."""
    nodes = plant("a b")
    place = here()
    Topic.objects.move_node(nodes["b"], nodes["a"])
    Topic.objects.insert_node(Topic(name="New", slug="new"), nodes["a"], save=True)
    moved, created = acts_since(place)
    assert moved.after["parent"] == f"a ({nodes['a'].pk})"
    assert (created.verb, created.after["parent"]) == ("create", f"a ({nodes['a'].pk})")


def test_a_refused_move_leaves_no_trace_in_the_next_act():
    """What a save remembers is forgotten with it."""
    nodes = plant("a(b)")
    place = here()
    with pytest.raises(TreeError, match="lies below it"):
        nodes["a"].move(nodes["b"])
    again = loaded("a")
    again.name_en = "Anew"
    again.save()
    again.name_en = "Anew, from a file"
    DeserializedObject(again).save()  # as loaddata does, past the guard's own way to save
    first, second = acts_since(place)
    assert (first.before, first.after) == ({"name_en": "a"}, {"name_en": "Anew"})
    assert (second.before, second.after) == ({"name_en": "Anew"}, {"name_en": "Anew, from a file"})


def test_a_rename_is_recorded_with_the_address_that_it_leaves_behind():
    """Both on the page of the country."""
    country = builders.country("Austria")
    place = here()
    country.slug = "republic-of-austria"
    country.save()
    change, former = acts_since(place)
    assert change.after == {"slug": "republic-of-austria"}
    assert (former.verb, former.model, former.title) == ("create", "taxonomy.countryformerslug", "austria")
    assert set(Act.objects.on(country)) >= {change, former}


def test_a_move_of_an_own_page_records_its_former_path():
    """On the page of the entry."""
    entry, parent = builders.navigation_item("Projects"), builders.navigation_item("Our work")
    place = here()
    entry.move(parent)
    change, former = acts_since(place)
    assert change.after["parent"] == f"Our work ({parent.pk})"
    assert (former.model, former.title) == ("taxonomy.formerpath", "projects")
    assert set(Act.objects.on(entry)) >= {change, former}
    assert NavigationItem.objects.get(pk=entry.pk).path() == "our-work/projects"


def test_a_repair_that_makes_a_root_of_a_node_is_recorded():
    """Numbers alone are no act."""
    nodes = plant("a(b) c")
    place = here()
    rows = models.QuerySet(Topic)
    rows.filter(pk=nodes["a"].pk).update(parent=nodes["b"].pk)
    rows.filter(pk=nodes["c"].pk).update(lft=7)
    tree_check.repair(Topic)
    (act,) = acts_since(place)
    assert (act.title, act.before, act.after) == ("a", {"parent": f"b ({nodes['b'].pk})"}, {"parent": None})


def test_the_first_load_of_reference_data_is_recorded_and_the_second_leaves_nothing():
    """Each record once; what the load notes for itself is no act."""
    call_command("load_reference_data", verbosity=0)
    created = Act.objects.filter(verb="create")
    assert created.filter(model="taxonomy.country").count() == Country.objects.count() > 50
    assert created.filter(model="taxonomy.institution").count() == Institution.objects.count()
    assert not Act.objects.filter(model=ReferenceRecord._meta.label_lower).exists()
    place = here()
    call_command("load_reference_data", verbosity=0)
    assert acts_since(place) == []
