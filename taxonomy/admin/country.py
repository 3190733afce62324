"""Countries in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from taxonomy.admin.record_admin import FormerAddressInline, FormerNameInline, RecordAdmin
from taxonomy.models import Chairpersonship, Country, CountryFormerName, CountryFormerSlug, Membership


class MembershipForm(forms.ModelForm):
    """One membership; what it has to do with the country's others is checked by the formset."""

    def validate_constraints(self) -> None:
        """Check the row by itself: the one before it may be ended in the same form."""
        try:
            self.instance.validate_constraints(exclude={"country"})
        except ValidationError as error:
            self.add_error(None, error)


class MembershipFormSet(forms.BaseInlineFormSet):
    """A country's memberships."""

    def clean(self) -> None:
        """Refuse two memberships that hold at once."""
        super().clean()
        kept = [form for form in self.forms if form.has_changed() or form.instance.pk]
        rows = [form.cleaned_data for form in kept if form.is_valid() and form not in self.deleted_forms]
        if sum(not row["until"] for row in rows) > 1:
            raise ValidationError(_("A country has one membership at a time: say until when the others held."))


class MembershipInline(admin.StackedInline):
    """What a country is in the organisation."""

    model = Membership
    fields = (("status", "since", "until"),)
    form = MembershipForm
    formset = MembershipFormSet
    extra = 0


class ChairpersonshipInline(admin.StackedInline):
    """The years in which a country holds the chair."""

    model = Chairpersonship
    extra = 0


class CountryFormerNameInline(FormerNameInline):
    """Names that a country once had."""

    model = CountryFormerName


class CountryFormerSlugInline(FormerAddressInline):
    """Slugs that a country once had."""

    model = CountryFormerSlug


@admin.register(Country)
class CountryAdmin(RecordAdmin):
    """Countries: a list, since they are no tree."""

    list_display = ("name", "iso_code", "status")
    list_filter = ("memberships__status",)
    search_fields = ("name_en", "official_name_en", "iso_code", "former_names__name")
    prepopulated_fields = {"slug": ("name",)}
    texts = ("name", "official_name", "description")
    parts = ((_("Address and code"), {"fields": ["slug", "iso_code"]}),)
    inlines = (MembershipInline, ChairpersonshipInline, CountryFormerNameInline, CountryFormerSlugInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Country]:
        """Read the memberships with the countries."""
        return super().get_queryset(request).prefetch_related("memberships")

    @admin.display(description=_("status"))
    def status(self, country: Country) -> str:
        """Return what the country is now."""
        current: list[Any] = [membership for membership in country.memberships.all() if not membership.until]
        return current[-1].get_status_display() if current else ""
