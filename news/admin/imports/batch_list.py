"""The list of imports: who, when, what of, how far, with what result; a person's own, or all."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from news import access
from news.admin.imports.words import counts_text, live_number, state_text
from news.models import ImportBatch
from taxonomy.dates import moment_label

State = ImportBatch.State
SHOWN_SOURCES = 3  # of each import


class StateFilter(admin.SimpleListFilter):
    """How far an import is."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the states; whether a process is at work is none that is stored."""
        return [
            (State.PLANNED, _("Planned")),
            ("running", _("Running, or being undone")),
            ("interrupted", _("Interrupted, or undone in part")),
            (State.FAILED, _("Failed")),
            (State.DONE, _("Done")),
            (State.UNDONE, _("Undone")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ImportBatch]) -> QuerySet[ImportBatch]:
        """Keep the imports in the chosen state; a value that is none keeps nothing."""
        state = self.value()
        if state is None:
            return queryset
        if state in {"running", "interrupted"}:
            under_way = queryset.filter(state__in=(State.RUNNING, State.UNDOING))
            live = live_number()
            return under_way.filter(pk=live) if state == "running" else under_way.exclude(pk=live)
        return queryset.filter(state=state)


class ImportBatchList(admin.ModelAdmin):
    """Imports as a list; nothing of it is written by Django's own forms."""

    list_display = ("number", "started", "started_by", "source", "state_in_words", "result")
    list_filter = (StateFilter,)
    list_per_page = 50
    search_fields = ("sources",)
    search_help_text = _("Part of a file’s name")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    sortable_by = ()
    actions = None
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportBatch]:
        """Return the person's own imports; all of them to who works for all institutions, whose texts they hold."""
        batches = super().get_queryset(request).defer("plan")
        return batches if access.works_everywhere(request.user) else batches.filter(uploaded_by=request.user.pk)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[ImportBatch], search_term: str
    ) -> tuple[QuerySet[ImportBatch], bool]:
        """Keep the imports of files whose name holds what was typed; SQLite keeps its letters escaped."""
        typed = search_term.strip().casefold()
        if not typed:
            return queryset, False
        sources = queryset.order_by().values_list("pk", "sources")
        found = [pk for pk, files in sources if any(typed in file["name"].casefold() for file in files)]
        return queryset.filter(pk__in=found), False

    @admin.display(description=_("import"))
    def number(self, batch: ImportBatch) -> str:
        """Return its number."""
        return str(batch.pk)

    @admin.display(description=_("started"))
    def started(self, batch: ImportBatch) -> str:
        """Return the moment at which it began."""
        return moment_label(batch.started_at)

    @admin.display(description=_("source"))
    def source(self, batch: ImportBatch) -> str:
        """Return the names of its first files."""
        names = [file["name"] for file in batch.sources[:SHOWN_SOURCES]]
        return ", ".join(names) + ("…" if len(batch.sources) > SHOWN_SOURCES else "")

    @admin.display(description=_("state"))
    def state_in_words(self, batch: ImportBatch) -> str:
        """Return how far it is."""
        return state_text(batch)

    @admin.display(description=_("result"))
    def result(self, batch: ImportBatch) -> str:
        """Return how many rows there are of each act."""
        return counts_text(batch)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show imports to who may read them."""
        return access.may(request.user, "see_imports")

    def has_view_permission(self, request: HttpRequest, obj: ImportBatch | None = None) -> bool:
        """Let a person read his own, and all to who works for all institutions."""
        is_own = obj is None or obj.uploaded_by_id == request.user.pk or access.works_everywhere(request.user)
        return is_own and access.may(request.user, "see_imports")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let those entitled import a file."""
        return access.may(request.user, "import") and access.may(request.user, "see_imports")

    def has_change_permission(self, request: HttpRequest, obj: ImportBatch | None = None) -> bool:
        """Refuse: an import is applied and undone, never edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ImportBatch | None = None) -> bool:
        """Refuse: what an import did is kept."""
        return False
