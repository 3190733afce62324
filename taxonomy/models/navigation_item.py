"""The navigation: a tree of entries that lead to records, own pages and addresses."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taxonomy.models.country import Country
from taxonomy.models.institution import Institution
from taxonomy.models.taxonomy_record import TaxonomyRecord
from taxonomy.models.topic import Topic
from taxonomy.rich_text import RichTextField
from taxonomy.tree import GuardedTreeManager, TreeNode

TARGETS = ("country", "institution", "topic")
LONGEST_PATH = 500


def leads_to_one_place_at_most() -> Q:
    """Return the condition that of country, institution, topic and address three are empty."""
    empty = {**{name: Q(**{f"{name}__isnull": True}) for name in TARGETS}, "address": Q(address="")}
    condition = Q()
    for filled in empty:
        others = Q()
        for name, is_empty in empty.items():
            others &= Q() if name == filled else is_empty
        condition |= others
    return condition


class NavigationItem(TaxonomyRecord, TreeNode):
    """An entry of the navigation; without a target it is an own page at the path of its and its parents' slugs."""

    label = models.CharField(
        _("label"), max_length=150, blank=True, default="", help_text=_("Empty: the name of what it leads to.")
    )
    slug = models.SlugField(_("address"), max_length=150, help_text=_("The last part of its address."))
    country = models.ForeignKey(
        Country, verbose_name=_("country"), null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    institution = models.ForeignKey(
        Institution, verbose_name=_("institution"), null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("field of work"), null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    address = models.CharField(
        _("leads to the address"),
        max_length=500,
        blank=True,
        default="",
        help_text=_("A path of this site (/news/?kind=speech) or an https:// address of another."),
    )
    introduction = models.TextField(_("introduction"), blank=True, default="")
    body = RichTextField(_("page text"))
    is_shown = models.BooleanField(_("shown in the menu"), default=True)

    objects = GuardedTreeManager()

    class Meta:
        verbose_name = _("navigation entry")
        verbose_name_plural = _("navigation")
        constraints = [
            models.UniqueConstraint(fields=["parent", "slug"], name="navigation_slug_once_below_a_parent"),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(parent__isnull=True), name="navigation_slug_once_at_the_top"
            ),
            models.CheckConstraint(
                condition=leads_to_one_place_at_most(),
                name="navigation_leads_to_one_place",
                violation_error_message=_(
                    "An entry leads to one place: choose a record or write an address, not both."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.target or self.address or self.slug)

    @property
    def target(self) -> Country | Institution | Topic | None:
        """Return the record that this entry leads to, if it leads to one."""
        return self.country or self.institution or self.topic

    def clean(self) -> None:
        """Refuse an entry that leads to two places at once, or to an address that is neither a path nor https."""
        filled = [name for name in (*TARGETS, "address") if getattr(self, name)]
        if len(filled) > 1:
            raise ValidationError(_("An entry leads to one place: choose a record or write an address, not both."))
        if self.address and not self.address.startswith(("/", "https://")):
            raise ValidationError({"address": _("Begin with / for a page of this site, or with https:// for another.")})
        if not self.label and not self.target:
            raise ValidationError({"label": _("Write a label, or choose a record whose name it takes.")})

    def path(self) -> str:
        """Return the address of the own page without its language: `our-work/projects`."""
        return "/".join(self.get_ancestors(include_self=True).values_list("slug", flat=True))

    def addresses(self, using: str) -> dict[int, str]:
        """Return the paths of all own pages: one entry's slug or move changes those below it too."""
        return own_page_paths(using)

    def keep_former_addresses(self, before: dict[int, str], using: str) -> None:
        """Let each path that no page has any more lead to its page, and the new ones to nothing but their own."""
        after = own_page_paths(using)
        taken = set(after.values())
        if any(len(path) > LONGEST_PATH for path in taken):
            message = _("The address of a page would become longer than %(length)d characters.")
            raise ValidationError(message, params={"length": LONGEST_PATH})
        former = models.QuerySet(FormerPath, using=using)
        former.filter(path__in=taken - set(before.values())).delete()
        for pk, path in before.items():
            if path not in taken:
                former.update_or_create(path=path, defaults={"navigation_item_id": pk})

    def change_subject(self) -> str:
        """Name the navigation as a whole: every page shows it."""
        return "navigation"


def own_page_paths(using: str) -> dict[int, str]:
    """Return the path of each own page by its number, read from parents and slugs alone: moves change them last."""
    links = [f"{name}_id" for name in TARGETS]
    rows = models.QuerySet(NavigationItem, using=using).values_list("pk", "parent_id", "slug", "address", *links)
    entries = {pk: (parent, slug) for pk, parent, slug, *_leads in rows}
    return {pk: _path(pk, entries) for pk, _parent, _slug, *leads in rows if not any(leads)}


def _path(pk: int | None, entries: dict[int, tuple[int | None, str]]) -> str:
    slugs: dict[int, str] = {}
    while pk in entries and pk not in slugs:
        parent, slugs[pk] = entries[pk]
        pk = parent
    return "/".join(reversed(slugs.values()))


class FormerPath(models.Model):
    """A path at which an own page once stood; it redirects to where the page stands now."""

    path = models.CharField(_("former address"), max_length=LONGEST_PATH, unique=True)
    navigation_item = models.ForeignKey(
        NavigationItem, verbose_name=_("navigation entry"), related_name="former_paths", on_delete=models.CASCADE
    )

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.path
