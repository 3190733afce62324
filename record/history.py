"""What every page of the admin shows of the record: who did what to a thing, and what one did last."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from record.actors import name_of
from record.filters import page_of
from record.models import Act
from record.telling import Told, tell

RECENT = 10


class RecordedAdmin(ModelAdmin):
    """A model's admin whose history is the record's; the admin writes no log of its own beside it."""

    def log_addition(self, *_given: Any) -> Any:
        """Write nothing: the save has been recorded."""

    log_change: Any = log_addition
    log_deletions: Any = log_addition

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the acts on a thing to whoever may see its page."""
        found = self.get_object(request, unquote(object_id))
        if found is None:
            raise Http404
        if not self.has_view_or_change_permission(request, found):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {
            "title": _("Who did what: %(title)s") % {"title": found},
            "subtitle": None,
            "opts": self.opts,
            "original": found,
            "page": page_of(Act.objects.on(found), request.GET.get("older", "")),
            "may_see_addresses": may_see_the_record(request.user),
        }
        return TemplateResponse(request, "admin/object_history.html", context | (extra_context or {}))


def recorded(admin_class: type[ModelAdmin]) -> type[ModelAdmin]:
    """Put `RecordedAdmin` below a model's admin, in whichever app that was written."""
    if issubclass(admin_class, RecordedAdmin):
        return admin_class
    if admin_class is ModelAdmin:
        return RecordedAdmin
    made: Any = type(admin_class)  # the metaclass that gathers the scripts and styles
    return made(admin_class.__name__, (admin_class, RecordedAdmin), {"__module__": admin_class.__module__})


def may_see_the_record(user: Any) -> bool:
    """Answer for the page of all acts, and for the addresses that they came from."""
    return user.is_active and user.is_staff and user.has_perm("record.view_act")


def may_see_act(request: HttpRequest, admins: Any, act: Act) -> bool:
    """Answer for one act: the entitled, and whoever may see the page in the admin of what it was done to."""
    things = ((act.model, act.number), (act.concerned_model, act.concerned_number))
    return may_see_the_record(request.user) or any(_may_see(request, admins, *thing) for thing in things)


def _may_see(request: HttpRequest, admins: Any, label: str, number: str) -> bool:
    for model, model_admin in admins._registry.items():  # noqa: SLF001 - Django has no public place for this
        if model._meta.label_lower == label:
            found: models.Model | None = model_admin.get_object(request, number)
            return found is not None and model_admin.has_view_or_change_permission(request, found)
    return False


def recent_acts(user: Any) -> list[Told]:
    """Return what a person did last."""
    return [tell(act) for act in Act.objects.filter(actor=name_of(user)).newest_first()[:RECENT]]
