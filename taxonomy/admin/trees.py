"""The three trees in the admin: the navigation, institutions and fields of work."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taxonomy.admin.record_admin import FormerAddressInline, FormerNameInline
from taxonomy.admin.tree_list import TreeAdmin
from taxonomy.admin.tree_rows import Row
from taxonomy.catalogue import today
from taxonomy.models import (
    FormerPath,
    Institution,
    InstitutionFormerName,
    InstitutionFormerSlug,
    NavigationItem,
    Topic,
    TopicFormerSlug,
)
from taxonomy.models.navigation_item import TARGETS
from taxonomy.models.partial_date import format_partial_date

PLACE = gettext_lazy("Place and address")


class TopicFormerSlugInline(FormerAddressInline):
    """Slugs that a field of work once had."""

    model = TopicFormerSlug


@admin.register(Topic)
class TopicAdmin(TreeAdmin):
    """Fields of work."""

    prepopulated_fields = {"slug": ("name",)}
    texts = ("name", "description")
    parts = ((PLACE, {"fields": ["parent", "slug"]}),)
    inlines = (TopicFormerSlugInline,)


class InstitutionFormerNameInline(FormerNameInline):
    """Names that an institution once had."""

    model = InstitutionFormerName


class InstitutionFormerSlugInline(FormerAddressInline):
    """Slugs that an institution once had."""

    model = InstitutionFormerSlug


@admin.register(Institution)
class InstitutionAdmin(TreeAdmin):
    """Institutions, open and closed."""

    prepopulated_fields = {"slug": ("name",)}
    texts = ("name", "acronym", "city", "description")
    parts = (
        (PLACE, {"fields": ["parent", "slug", "kind"]}),
        (gettext_lazy("Seat"), {"fields": ["host_country", "website"]}),
        (gettext_lazy("Time"), {"fields": ["opened_on", "closed_on", "successors"]}),
    )
    filter_horizontal = ("successors",)
    inlines = (InstitutionFormerNameInline, InstitutionFormerSlugInline)

    def notes(self, node: Institution) -> list[str]:
        """Return its kind, and since when it is closed."""
        kind = node.get_kind_display()
        if not node.closed_on:
            return [kind]
        date = {"date": format_partial_date(node.closed_on)}
        return [kind, (_("closed %(date)s") if self.is_faint(node) else _("closes %(date)s")) % date]

    def is_faint(self, node: Institution) -> bool:
        """Say whether it is closed."""
        return bool(node.closed_on) and node.closed_on <= today().isoformat()


class FormerPathInline(FormerAddressInline):
    """Paths at which an own page once stood."""

    model = FormerPath


@admin.register(NavigationItem)
class NavigationItemAdmin(TreeAdmin):
    """The navigation."""

    prepopulated_fields = {"slug": ("label",)}
    related_in_list = TARGETS
    texts = ("label", "introduction", "body")
    parts = (
        (PLACE, {"fields": ["parent", "slug", "is_shown"]}),
        (
            gettext_lazy("Where it leads"),
            {
                "fields": [*TARGETS, "address"],
                "description": gettext_lazy("Fill in one of these, or none: then it is a page of its own."),
            },
        ),
    )
    inlines = (FormerPathInline,)

    def rows(self, nodes: list[Any]) -> list[Row]:
        """Return the rows, each own page with its path."""
        paths: dict[int | None, str] = {None: ""}
        for node in nodes:
            paths[node.pk] = f"{paths.get(node.parent_id, '')}/{node.slug}"
        rows = super().rows(nodes)
        for row in rows:
            if not (row.node.target or row.node.address):
                row.notes.insert(0, f"{paths[row.node.pk]}/")
        return rows

    def notes(self, node: NavigationItem) -> list[str]:
        """Return where it leads, and that it is hidden."""
        notes = []
        if node.target:
            notes.append(f"→ {node.target._meta.verbose_name}: {node.target}")
        elif node.address:
            notes.append(f"→ {node.address}")
        return notes if node.is_shown else [*notes, _("not in the menu")]

    def is_faint(self, node: NavigationItem) -> bool:
        """Say whether it is hidden."""
        return not node.is_shown
