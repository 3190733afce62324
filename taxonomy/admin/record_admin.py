"""What the admin of every record of taxonomy has in common: one fieldset a language, and the lock before reading."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from taxonomy.admin.record_form import RecordForm
from taxonomy.writing import taxonomy_writing

View = Callable[..., HttpResponse]


class RecordAdmin(TranslationAdmin):
    """A record: its own fields first, then its texts, one fieldset for each language."""

    form = RecordForm
    texts: tuple[str, ...] = ()
    parts: tuple[Any, ...] = ()
    save_on_top = False
    change_form_template = "admin/taxonomy/change_form.html"

    class Media:
        css = {"all": ["taxonomy/record.css"]}

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> list[Any]:
        """Return the texts in English, the other fields, and the texts in the other languages, folded away."""
        english, *others = [
            (language, {"fields": self.fields_in(code), "classes": [] if code == "en" else ["collapse"]})
            for code, language in settings.LANGUAGES
        ]
        return [english, *self.parts, *others]

    def fields_in(self, code: str) -> list[str]:
        """Return the names of the fields that hold a language."""
        return [f"{name}_{code}" for name in self.texts]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Leave out the buttons that open other records in windows of their own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def get_inlines(self, request: HttpRequest, obj: models.Model | None) -> list[Any]:
        """Leave out what a new record cannot have."""
        return [inline for inline in self.inlines if obj or not issubclass(inline, FormerAddressInline)]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read and check under the lock what the form is about to write."""
        return self.locked(request, super().changeform_view, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read and check under the lock what is about to be deleted."""
        return self.locked(request, super().delete_view, *args, **kwargs)

    def locked(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Answer a POST under taxonomy's lock; say in words what a save refused, with nothing written."""
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            with taxonomy_writing():
                return view(request, *args, **kwargs)
        except ValidationError as refused:
            for words in refused.messages:
                self.message_user(request, words, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())


class FormerAddressInline(admin.TabularInline):
    """Former addresses, which renames and moves leave: to be seen, not written."""

    template = "admin/taxonomy/former_addresses.html"
    extra = 0
    verbose_name = _("former address")
    verbose_name_plural = _("former addresses")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Refuse: a rename writes them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Refuse: a visitor may come by any of them."""
        return False


class FormerNameInline(admin.StackedInline):
    """Former names, each of its time; stacked, since Django's tables leave their fields without labels."""

    extra = 0
    fields = (("name", "language"), ("used_from", "used_until"))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the languages of names."""
        if db_field.name == "language":
            languages = [("", _("all languages")), *settings.LANGUAGES, *settings.LOCAL_LANGUAGES]
            return forms.ChoiceField(label=_("language"), choices=languages, required=False)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
