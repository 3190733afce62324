"""What every record of taxonomy has in common: one guarded way to be written, and addresses that never die."""

from typing import Any, ClassVar

from django.db import models, router
from django.utils.translation import gettext_lazy as _

from taxonomy.models.partial_date import PartialDateField
from taxonomy.writing import GuardedManager, taxonomy_changed, taxonomy_writing


class TaxonomyRecord(models.Model):
    """A record whose writing takes taxonomy's lock and tells the site what changed, in the same transaction."""

    objects = GuardedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"  # what a related manager's add() writes through

    def save(self, *, using: str | None = None, **options: Any) -> None:
        """Save under taxonomy's lock, keep the addresses that this save replaces, and send `taxonomy_changed`."""
        using = using or router.db_for_write(type(self), instance=self)
        with taxonomy_writing(using):
            before = self.addresses(using)
            super().save(using=using, **options)
            self.keep_former_addresses(before, using)
            taxonomy_changed.send(type(self), subject=self.change_subject())

    def delete(self, *, using: str | None = None, **options: Any) -> tuple[int, dict[str, int]]:
        """Delete under taxonomy's lock and send `taxonomy_changed`."""
        using = using or router.db_for_write(type(self), instance=self)
        subject = self.change_subject()
        with taxonomy_writing(using):
            result = super().delete(using=using, **options)
            taxonomy_changed.send(type(self), subject=subject)
        return result

    def change_subject(self) -> str:
        """Name what a change of this record concerns: "country 12"."""
        return f"{self._meta.model_name} {self.pk}"

    def addresses(self, using: str) -> Any:
        """Return the addresses that the database holds and a save may change; none by default."""

    def keep_former_addresses(self, before: Any, using: str) -> None:
        """Let the addresses that this save replaced lead on, and free the new ones; nothing by default."""


class SluggedRecord(TaxonomyRecord):
    """A record with a page of its own; a slug that it once had still leads there."""

    slug = models.SlugField(_("address"), max_length=150, unique=True, help_text=_("The last part of its address."))

    former_slug_model: ClassVar[type["FormerSlug"]]

    class Meta:
        abstract = True

    def addresses(self, using: str) -> str | None:
        """Return the slug that the database holds."""
        return models.QuerySet(type(self), using=using).filter(pk=self.pk).values_list("slug", flat=True).first()

    def keep_former_addresses(self, before: str | None, using: str) -> None:
        """Keep the slug that was replaced, and free the new one from an earlier owner's past: it leads here now."""
        if self.slug == before or self.addresses(using) == before:
            return
        former = models.QuerySet(self.former_slug_model, using=using)
        former.filter(slug=self.slug).delete()
        if before is not None:
            former.update_or_create(slug=before, defaults={"record": self})


class FormerSlug(models.Model):
    """A slug that a record once had; subclasses add the foreign key `record`."""

    slug = models.SlugField(_("former address"), max_length=150, unique=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


class FormerName(TaxonomyRecord):
    """A name that a record once had, in one language; subclasses add the foreign key `record`."""

    name = models.CharField(_("former name"), max_length=250)
    language = models.CharField(
        _("language"), max_length=10, blank=True, default="", help_text=_("Empty: the same in all languages.")
    )
    used_from = PartialDateField(_("used from"))
    used_until = PartialDateField(_("used until"))

    class Meta:
        abstract = True
        ordering = ("used_until", "name")

    def __str__(self) -> str:
        return self.name

    def change_subject(self) -> str:
        """Name the record that bore the name."""
        return f"{self.record._meta.model_name} {self.record_id}"
