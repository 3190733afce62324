"""Users and groups in the admin: who may come in, with which rights, for which institutions.

What may be given is what whoever gives it holds; `news.people` says so, and every form and button asks there.
"""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from news import people
from news.admin.person_fields import HomeField, TimeZoneField
from news.admin.widgets import CheckboxColumns
from news.groups import shown_name
from news.models import Contribution, Person
from taxonomy.catalogue import catalogue

admin.site.unregister(User)
admin.site.unregister(Group)


class GroupsField(forms.ModelMultipleChoiceField):
    """Groups by their names in the reader's language."""

    def label_from_instance(self, group: Any) -> str:
        """Return the group's name."""
        return shown_name(group)


class GroupFilter(admin.RelatedFieldListFilter):
    """The groups of the list's filter, in the reader's language."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the groups by number and name."""
        return [(str(group.pk), shown_name(group)) for group in Group.objects.order_by("name")]


class PersonForm(forms.ModelForm):
    """What the newsroom knows of a person; a zone by its old name stays as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "time_zone" in self.fields:
            cast("TimeZoneField", self.fields["time_zone"]).keep(self.instance.time_zone)


class PersonInline(admin.StackedInline):
    """Where a user works, which clock he reads, how he is told."""

    model = Person
    form = PersonForm
    fields = ("institutions", "time_zone", "mail", "language")
    can_delete = False
    verbose_name = verbose_name_plural = _("In the newsroom")

    class Media:
        css = {"all": ["news/people.css"]}

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the institutions as their tree, as far as the manager's own reach, and the time zones by area."""
        words = {"label": capfirst(db_field.verbose_name), "help_text": db_field.help_text}
        if db_field.name == "institutions":
            return HomeField(offered=people.institutions_to_give(request.user), required=False, **words)
        if db_field.name == "time_zone":
            return TimeZoneField(**words)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_add_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Ask for the right, and whether this user is below the manager."""
        return super().has_add_permission(request, obj) and is_below(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Ask for the right, and whether this user is below the manager."""
        return super().has_change_permission(request, obj) and is_below(request, obj)


class SingleRightsAdmin(admin.ModelAdmin):
    """An admin in whose forms rights are checkboxes, as far as the manager holds them."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Leave out the buttons that open other records in windows of their own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest | None = None, **kwargs: Any) -> Any:
        """Offer what the manager may give."""
        if request and db_field.name in {"user_permissions", "permissions"}:
            kwargs |= {"queryset": people.rights_to_give(request.user), "widget": CheckboxColumns}
        return super().formfield_for_manytomany(db_field, cast("HttpRequest", request), **kwargs)


@admin.register(User)
class PeopleAdmin(SingleRightsAdmin, UserAdmin):
    """Users: an account, its groups, and the person behind it."""

    list_display = ("username", "full_name", "email", "group_names", "home", "is_active")
    list_filter = ("is_active", ("groups", GroupFilter))
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    actions = None  # deleting many at once would ask for nobody's rights
    filter_horizontal = ()
    inlines = (PersonInline,)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Personal info"), {"fields": ("first_name", "last_name", "email")}),
        (_("What this person may do"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Single rights, beside those of the groups"), {"classes": ["collapse"], "fields": ("user_permissions",)}),
        (_("Important dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "email", "is_staff", "groups")}),
        (_("Password"), {"fields": ("usable_password", "password1", "password2")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Return the users with their groups and institutions, in a fixed number of queries."""
        return super().get_queryset(request).prefetch_related("groups", "person__institutions")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Leave out of a page that is only read what is no fact to read."""
        if obj and not self.has_change_permission(request, obj):
            return [(None, {"fields": ("username",)}), *self.fieldsets[1:]]
        return super().get_fieldsets(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Let only a superuser make one; the dates are facts."""
        dates = ("last_login", "date_joined")
        return dates if cast("User", request.user).is_superuser else ("is_superuser", *dates)

    def get_inlines(self, request: HttpRequest, obj: User | None) -> list[Any]:
        """Leave the person for the second page: with the account, one is made."""
        return list(self.inlines) if obj else []

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest | None = None, **kwargs: Any) -> Any:
        """Offer the groups that hold no more than the manager does."""
        if request and db_field.name == "groups":
            return GroupsField(
                people.groups_to_give(request.user).order_by("name"),
                label=capfirst(db_field.verbose_name),
                required=False,
                widget=CheckboxColumns,
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Ask for the right, and whether this user is below the manager; each page and button comes by here."""
        return super().has_change_permission(request, obj) and is_below(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Keep who had a hand in an edition: who wrote what decides who may approve it. Such a user is deactivated."""
        if not super().has_delete_permission(request, obj) or not is_below(request, obj):
            return False
        return obj is None or not Contribution.objects.filter(person=obj).exists()

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        """Return first and last name."""
        return user.get_full_name()

    @admin.display(description=_("groups"))
    def group_names(self, user: User) -> str:
        """Return the groups, in the reader's language."""
        return ", ".join(sorted(shown_name(group) for group in user.groups.all()))

    @admin.display(description=_("works for"))
    def home(self, user: User) -> str:
        """Return the institutions, without those below them."""
        person, known = getattr(user, "person", None), catalogue().institutions
        chosen = {institution.pk for institution in person.institutions.all()} if person else set()
        return ", ".join(entry.name for pk, entry in known.items() if pk in chosen)


@admin.register(Group)
class RightsGroupAdmin(SingleRightsAdmin, GroupAdmin):
    """Groups, with the rights that whoever edits them holds."""

    filter_horizontal = ()
    list_display = ("shown_name",)
    actions = None

    @admin.display(description=_("name"), ordering="name")
    def shown_name(self, group: Group) -> str:
        """Return the name in the reader's language."""
        return shown_name(group)

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Refuse a group that holds more than the manager."""
        return super().has_change_permission(request, obj) and reaches(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Refuse a group that holds more than the manager."""
        return super().has_delete_permission(request, obj) and reaches(request, obj)


def is_below(request: HttpRequest, user: User | None) -> bool:
    """Say whether the manager's rights reach as far as the user's; of no user in particular, that they may."""
    return user is None or user.pk is None or people.may_manage(request.user, user)


def reaches(request: HttpRequest, group: Group | None) -> bool:
    """Say whether the manager holds all that the group does; of no group in particular, that he may."""
    return group is None or people.groups_to_give(request.user).filter(pk=group.pk).exists()
