"""What the record keeps of taxonomy: every model, each as its readers know it."""

from typing import Any

from django.db import models
from modeltranslation.translator import NotRegistered, translator

from record.watching import watch
from taxonomy.models import (
    Chairpersonship,
    Country,
    CountryFormerName,
    CountryFormerSlug,
    FormerPath,
    Institution,
    InstitutionFormerName,
    InstitutionFormerSlug,
    Membership,
    NavigationItem,
    Topic,
    TopicFormerSlug,
)
from taxonomy.tree_manager import NUMBERS

TREES = (Institution, Topic, NavigationItem)
# Records without a page of their own, and the foreign key to the one on whose page their acts are shown.
PARTS = {
    Chairpersonship: "country",
    CountryFormerName: "record",
    CountryFormerSlug: "record",
    FormerPath: "navigation_item",
    InstitutionFormerName: "record",
    InstitutionFormerSlug: "record",
    Membership: "country",
    TopicFormerSlug: "record",
}


def watch_taxonomy() -> None:
    """Record every write of taxonomy from now on."""
    watch(Country, ignored=translated(Country))
    for tree in TREES:
        watch(tree, ignored=[*NUMBERS, *translated(tree)], also=place_among_siblings)
    for part, concerned in PARTS.items():
        watch(part, concerns=concerned)


def translated(model: type[models.Model]) -> list[str]:
    """Return the columns that repeat the English text of a column for each language."""
    try:
        return list(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return []


def place_among_siblings(node: Any, using: str) -> dict[str, str]:
    """Say after which sibling a node stands; no column of its own tells."""
    rows: models.QuerySet = models.QuerySet(type(node), using=using)
    stored = rows.filter(pk=node.pk).values("parent_id", "tree_id", "lft").first()
    if stored is None:
        return {}
    siblings = rows.filter(parent_id=stored["parent_id"])
    if stored["parent_id"] is None:
        before = siblings.filter(tree_id__lt=stored["tree_id"]).order_by("-tree_id")
    else:
        before = siblings.filter(lft__lt=stored["lft"]).order_by("-lft")
    sibling = before.first()
    return {"place": f"after {sibling} ({sibling.pk})" if sibling else "first"}
