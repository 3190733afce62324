"""What every record of taxonomy has in common: one guarded way to be written, and addresses that never die."""

from typing import Any, ClassVar

from django.db import models, router
from django.utils.translation import gettext_lazy as _

from taxonomy.models.partial_date import PartialDateField
from taxonomy.writing import taxonomy_changed, taxonomy_writing


class TaxonomyRecord(models.Model):
    """A record whose writing takes taxonomy's lock and tells the site what changed, in the same transaction."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save under taxonomy's lock, keep the slug that this save replaces, and send `taxonomy_changed`."""
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        with taxonomy_writing(using):
            self.keep_former_address(using)
            super().save(*args, **kwargs)
            taxonomy_changed.send(type(self), subject=self.change_subject())

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete under taxonomy's lock and send `taxonomy_changed`."""
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        subject = self.change_subject()
        with taxonomy_writing(using):
            result = super().delete(*args, **kwargs)
            taxonomy_changed.send(type(self), subject=subject)
        return result

    def change_subject(self) -> str:
        """Name what a change of this record concerns: "country 12"."""
        return f"{self._meta.model_name} {self.pk}"

    def keep_former_address(self, using: str) -> None:
        """Store the address that this save is about to replace; nothing by default."""


class SluggedRecord(TaxonomyRecord):
    """A record with a page of its own; a slug that it once had still leads there."""

    slug = models.SlugField(_("address"), max_length=150, unique=True, help_text=_("The last part of its address."))

    former_slug_model: ClassVar[type["FormerSlug"]]

    class Meta:
        abstract = True

    def keep_former_address(self, using: str) -> None:
        """Keep the slug that the database still holds, and free the new one from an earlier owner's past."""
        if self._state.adding:
            return
        model = type(self)
        former = self.former_slug_model._base_manager.using(using)
        stored = model._base_manager.using(using).filter(pk=self.pk).values_list("slug", flat=True).first()
        if stored and stored != self.slug:
            former.filter(slug=self.slug).delete()
            former.update_or_create(slug=stored, defaults={"record": self})


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
