"""Logos in the admin: whose, and which image."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from library.admin.chosen import ChosenOne
from library.admin.image_list import thumbnail
from library.models import Logo
from taxonomy.catalogue import catalogue


class LogoForm(forms.ModelForm):
    """An institution and the image that stands for it."""

    image = ChosenOne(what="image", label=_("Image"), required=True)

    class Meta:
        model = Logo
        fields = ("institution", "image")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["institution"]
        choices = [(entry.pk, f"{'– ' * entry.level}{entry.name}") for entry in catalogue().institutions.values()]
        field.widget = forms.Select(choices=[("", "---------"), *choices])


@admin.register(Logo)
class LogoAdmin(admin.ModelAdmin):
    """Logos: public at once, without second eyes."""

    form = LogoForm
    list_display = ("institution", "picture")
    list_select_related = ("institution", "image")
    search_fields = ("institution__name_en", "institution__acronym_en")
    show_full_result_count = False
    sortable_by = ()
    view_on_site = False
    change_form_template = "admin/library/logo/change_form.html"

    class Media:
        css = {"all": ["library/library.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Logo]:
        """Return the logos in the order of the institutions."""
        return super().get_queryset(request).order_by("institution__tree_id", "institution__lft")

    @admin.display(description=_("image"))
    def picture(self, logo: Logo) -> SafeString:
        """Return the image in small."""
        name = logo.image.name
        return format_html(
            '<img class="image-thumbnail" src="{}" alt="{}" width="64" height="64">', thumbnail(logo.image), name
        )
