"""Institutions: everything in the organisation that issues news, as one tree, open and closed."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taxonomy.models.country import Country
from taxonomy.models.partial_date import PartialDateField
from taxonomy.models.taxonomy_record import FormerName, FormerSlug, SluggedRecord
from taxonomy.rich_text import RichTextField
from taxonomy.tree import GuardedTreeManager, TreeNode


class Institution(SluggedRecord, TreeNode):
    """A part of the organisation; that it is closed is a date, never a word in its name."""

    class Kind(models.TextChoices):
        """What it is."""

        CHAIR = "chair", _("Chair")
        SECRETARIAT = "secretariat", _("Secretariat")
        DEPARTMENT = "department", _("department")
        INSTITUTION = "institution", _("institution")
        FIELD_OPERATION = "field_operation", _("field operation")
        ASSEMBLY = "assembly", _("assembly")
        COURT = "court", _("court")
        DECISION_MAKING_BODY = "decision_making_body", _("decision-making body")

    name = models.CharField(_("name"), max_length=250)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    host_country = models.ForeignKey(
        Country,
        verbose_name=_("host country"),
        null=True,
        blank=True,
        related_name="hosted_institutions",
        on_delete=models.PROTECT,
    )
    city = models.CharField(_("city"), max_length=100, blank=True, default="")
    opened_on = PartialDateField(_("opened on"))
    closed_on = PartialDateField(_("closed on"))
    successors = models.ManyToManyField(
        "self", verbose_name=_("successors"), symmetrical=False, related_name="predecessors", blank=True
    )
    website = models.URLField(_("website"), blank=True, default="")
    description = RichTextField(_("description"))

    objects = GuardedTreeManager()

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on="") | Q(closed_on__gte=F("opened_on")),
                name="institution_closes_after_it_opens",
                violation_error_message=_("The closing date must not lie before the opening date."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the institution's page in the active language."""
        return reverse("institution", args=[self.slug])


class InstitutionFormerSlug(FormerSlug):
    """A slug that an institution once had."""

    record = models.ForeignKey(
        Institution, verbose_name=_("institution"), related_name="former_slugs", on_delete=models.CASCADE
    )


class InstitutionFormerName(FormerName):
    """A name that an institution once had."""

    record = models.ForeignKey(
        Institution, verbose_name=_("institution"), related_name="former_names", on_delete=models.CASCADE
    )

    class Meta(FormerName.Meta):
        verbose_name = _("former name")
        verbose_name_plural = _("former names")


Institution.former_slug_model = InstitutionFormerSlug
