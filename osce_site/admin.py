"""The work that waits for the worker, in the admin: what waits, runs, failed and why, and what shall be tried again."""

import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.tasks import TaskResultStatus as Status
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks_db import admin as _its_own  # noqa: F401 - registers the model, in the packages's own words
from django_tasks_db.models import DBTaskResult, get_date_max

LATE = datetime.timedelta(minutes=10)  # a worker that runs begins within seconds, and no task of ours takes a minute
STATES = {
    Status.READY: gettext_lazy("waits"),
    Status.RUNNING: gettext_lazy("runs"),
    Status.FAILED: gettext_lazy("failed"),
    Status.SUCCESSFUL: gettext_lazy("done"),
}
# What each task does, by its path; the numbers are the places of what it was given.
WORK = {
    "library.tasks.make_renditions_of": gettext_lazy("Renditions of image {0}"),
    "library.tasks.make_card": gettext_lazy("Card for social networks: {1}"),
}


class StateFilter(admin.SimpleListFilter):
    """What has become of a task."""

    title = gettext_lazy("state")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer each state."""
        return [(state.value, words) for state, words in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[DBTaskResult]) -> QuerySet[DBTaskResult]:
        """Keep the tasks of the chosen state."""
        return queryset.filter(status=self.value()) if self.value() else queryset


admin.site.unregister(DBTaskResult)


@admin.register(DBTaskResult)
class TaskAdmin(admin.ModelAdmin):
    """Tasks, the newest first: to be read, and those that failed to be tried again."""

    list_display = ("work", "state", "enqueued_at", "started_at", "finished_at", "reason")
    list_filter = (StateFilter,)
    show_facets = admin.ShowFacets.ALWAYS
    ordering = ("-enqueued_at",)
    sortable_by = ("enqueued_at", "started_at", "finished_at")
    fields = ("work", "state", "enqueued_at", "not_before", "started_at", "finished_at", "reason", "where_it_failed")
    readonly_fields = fields
    actions = ("try_again",)

    @admin.display(description=gettext_lazy("work"))
    def work(self, task: DBTaskResult) -> str:
        """Return what it does, in words; of a task unknown here its name."""
        try:
            return WORK[task.task_path].format(*task.args_kwargs["args"])
        except (KeyError, IndexError):
            return str(task.task_name)

    @admin.display(description=gettext_lazy("state"), ordering="status")
    def state(self, task: DBTaskResult) -> str:
        """Return what has become of it."""
        return str(STATES[Status(task.status)])

    @admin.display(description=gettext_lazy("not before"))
    def not_before(self, task: DBTaskResult) -> datetime.datetime | None:
        """Return the moment until which it waits; most wait for none."""
        return None if task.run_after == get_date_max() else task.run_after

    @admin.display(description=gettext_lazy("why it failed"))
    def reason(self, task: DBTaskResult) -> str:
        """Return the last line of what went wrong."""
        return next((line for line in reversed(task.traceback.splitlines()) if line.strip()), "")

    @admin.display(description=gettext_lazy("where it failed"))
    def where_it_failed(self, task: DBTaskResult) -> SafeString | str:
        """Return all of what went wrong, for whoever mends it."""
        return format_html('<pre class="task-trace" tabindex="0">{}</pre>', task.traceback) if task.traceback else ""

    @admin.action(description=gettext_lazy("Try again what failed"), permissions=["try_again"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[DBTaskResult]) -> None:
        """Let the chosen tasks that failed wait for the worker again; the others stay as they are."""
        anew: dict[str, Any] = {"status": Status.READY, "started_at": None, "finished_at": None, "worker_ids": []}
        failed = queryset.order_by().filter(status=Status.FAILED)
        count = failed.update(**anew, return_value=None, exception_class_path="", traceback="")
        level = messages.SUCCESS if count else messages.WARNING
        self.message_user(request, _("Tasks that wait to be tried again: %(count)s") % {"count": count}, level)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the tasks; say so where none seems to work at them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        late = DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - LATE).count()
        if late and request.method == "GET":
            text = _(
                "Tasks that wait for more than ten minutes: %(count)s. Does the worker run (manage.py run_worker)?"
            )
            self.message_user(request, text % {"count": late}, messages.WARNING)
        return super().changelist_view(request, {"title": _("Background tasks")} | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show one task."""
        told = {"title": _("Background task"), "subtitle": None}
        return super().change_view(request, object_id, form_url, told | (extra_context or {}))

    def has_try_again_permission(self, request: HttpRequest) -> bool:
        """Let those decide who may change the queue."""
        return request.user.has_perm("django_tasks_database.change_dbtaskresult")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let the site alone give tasks."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: DBTaskResult | None = None) -> bool:
        """Let nobody change one by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: DBTaskResult | None = None) -> bool:
        """Let the worker forget those that are done."""
        return False
