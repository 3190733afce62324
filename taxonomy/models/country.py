"""Countries: participating States and partners, and the years in which they held the Chairpersonship."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taxonomy.models.partial_date import PartialDateField
from taxonomy.models.taxonomy_record import FormerName, FormerSlug, SluggedRecord, TaxonomyRecord
from taxonomy.rich_text import RichTextField


class Country(SluggedRecord):
    """A State, its names in the six languages and its code."""

    name = models.CharField(_("name"), max_length=100)
    official_name = models.CharField(_("official name"), max_length=200, blank=True, default="")
    iso_code = models.CharField(_("ISO 3166-1 code"), max_length=2, unique=True)
    description = RichTextField(_("description"))

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ("slug",)
        constraints = [
            models.CheckConstraint(
                condition=Q(iso_code__regex=r"^[A-Z]{2}$"),
                name="country_iso_code_is_two_capitals",
                violation_error_message=_("Write the two capital letters of ISO 3166-1, e.g. AT."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the country's page in the active language."""
        return reverse("country", args=[self.slug])


class CountryFormerSlug(FormerSlug):
    """A slug that a country once had."""

    record = models.ForeignKey(
        Country, verbose_name=_("country"), related_name="former_slugs", on_delete=models.CASCADE
    )


class CountryFormerName(FormerName):
    """A name that a country once had."""

    record = models.ForeignKey(
        Country, verbose_name=_("country"), related_name="former_names", on_delete=models.CASCADE
    )

    class Meta(FormerName.Meta):
        verbose_name = _("former name")
        verbose_name_plural = _("former names")


class Membership(TaxonomyRecord):
    """What a country is in the organisation, from a date and perhaps until one."""

    class Status(models.TextChoices):
        """The forms of belonging."""

        PARTICIPATING_STATE = "participating_state", _("participating State")
        ASIAN_PARTNER = "asian_partner", _("Asian Partner for Co-operation")
        MEDITERRANEAN_PARTNER = "mediterranean_partner", _("Mediterranean Partner for Co-operation")

    country = models.ForeignKey(
        Country, verbose_name=_("country"), related_name="memberships", on_delete=models.CASCADE
    )
    status = models.CharField(_("status"), max_length=30, choices=Status)
    since = PartialDateField(_("since"))
    until = PartialDateField(_("until"), help_text=_("The first day on which it no longer held."))

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("since",)
        constraints = [
            models.UniqueConstraint(fields=["country", "status", "since"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(until="") | Q(until__gt=F("since")),
                name="membership_ends_after_it_begins",
                violation_error_message=_("The end must lie after the beginning."),
            ),
            models.UniqueConstraint(fields=["country"], condition=Q(until=""), name="membership_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.country}: {self.get_status_display()}"

    def change_subject(self) -> str:
        """Name the country."""
        return f"country {self.country_id}"


class Chairpersonship(TaxonomyRecord):
    """The year in which a country holds the chair."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    country = models.ForeignKey(
        Country, verbose_name=_("country"), related_name="chairpersonships", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = _("Chairpersonship")
        verbose_name_plural = _("Chairpersonships")
        ordering = ("-year",)

    def __str__(self) -> str:
        return f"{self.year}: {self.country}"


Country.former_slug_model = CountryFormerSlug
