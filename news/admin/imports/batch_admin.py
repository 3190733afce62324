"""Imports in the admin: the list, a file to be imported, and the page of each import."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from news import access
from news.admin.imports import acts, table
from news.admin.imports.batch_list import ImportBatchList
from news.admin.imports.entries import Asked, page_of
from news.admin.imports.upload_form import UploadForm
from news.admin.imports.words import FORMATS, UNDER_WAY, counts_of, live_number, option_texts, state_text
from news.imports import taking_back, uploads
from news.models import ImportBatch

State = ImportBatch.State
MOST_SOURCES = 20  # of which the page of an import names all
FOLDER = "admin/news/importbatch"


@admin.register(ImportBatch)
class ImportBatchAdmin(ImportBatchList):
    """The list of imports and what can be done with each."""

    def get_urls(self) -> list[Any]:
        """Offer these pages and no other."""
        view = self.admin_site.admin_view
        pages: list[tuple[str, Any, str]] = [
            ("", self.changelist_view, "changelist"),
            ("add/", self.upload_view, "add"),
            ("<int:number>/", self.batch_view, "change"),
            ("<int:number>/apply/", partial(acts.apply, self), "apply"),
            ("<int:number>/drop/", partial(acts.drop, self), "drop"),
            ("<int:number>/undo/", self.undo_view, "undo"),
            ("<int:number>/report.csv", self.report_view, "report"),
        ]
        return [path(route, view(page), name=f"news_importbatch_{name}") for route, page, name in pages]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list; what nobody needs any more goes on this occasion."""
        if self.has_view_permission(request):
            uploads.tidy(now=timezone.now())
        return super().changelist_view(request, extra_context)

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """Take a file, and show what would become of it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = UploadForm(request.POST, request.FILES, user=request.user) if is_sent else UploadForm(user=request.user)
        command = ""
        if is_sent and form.is_valid():
            try:
                return HttpResponseRedirect(acts.batch_address(uploads.plan(form.cleaned_data["file"], form.order)))
            except uploads.TooManyRows:
                command = form.order.command(form.cleaned_data["file"].name)
        context = {"form": form, "command": command, "most_rows": uploads.MOST_ROWS, "days": uploads.KEPT_DAYS}
        return self.show(request, "upload", _("Import a file"), **context)

    def batch_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show an import: how far it is, what came of it, its rows."""
        batch = acts.batch_of(self, request, number)
        asked = Asked.of(request)
        title = _("Import %(number)s") % {"number": batch.pk}
        context = {"page": page_of(batch, asked, request.user), "asked": asked, "report_query": asked.query()}
        return self.show(request, "batch", title, **context, **self.facts(request, batch))

    def facts(self, request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
        """Return what is said of an import as a whole, and what the person can do with it."""
        is_live = batch.state in UNDER_WAY and batch.pk == live_number()
        is_applicable = batch.state in uploads.APPLICABLE and bool(batch.upload) and not is_live
        return {
            "batch": batch,
            "state_text": state_text(batch),
            "is_plan": batch.state == State.PLANNED,
            "is_interrupted": batch.state in UNDER_WAY and not is_live,
            "sources": [file | {"format": FORMATS.get(file["format"])} for file in batch.sources[:MOST_SOURCES]],
            "more_sources": max(len(batch.sources) - MOST_SOURCES, 0),
            "options": list(option_texts(batch)),
            "counts": counts_of(batch),
            "may_apply": is_applicable and acts.may_apply(request.user, batch),
            "may_drop": batch.state == State.PLANNED and access.may(request.user, "import"),
            "may_undo": not is_live and self.may_undo(request) and taking_back.is_to_be_undone(batch),
        }

    def may_undo(self, request: HttpRequest) -> bool:
        """Say whether the person may undo imports."""
        return access.may(request.user, "undo_import")

    def undo_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Say what undoing an import will do, and do it."""
        batch = acts.batch_of(self, request, number)
        if not self.may_undo(request):
            raise PermissionDenied
        left = taking_back.entries_left(batch).count()
        is_too_large = left > uploads.MOST_ROWS
        if request.method == "POST" and not is_too_large:
            return acts.take_back(request, batch)
        title = _("Undo import %(number)s?") % {"number": batch.pk}
        consequences = None if is_too_large else taking_back.consequences(batch)
        context = {"consequences": consequences, "left": left, "is_too_large": is_too_large}
        return self.show(request, "undo", title, **context, **self.facts(request, batch))

    def report_view(self, request: HttpRequest, number: int) -> HttpResponseBase:
        """Hand out the report as a table."""
        return table.report(acts.batch_of(self, request, number), Asked.of(request), request.user)

    def show(self, request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
        """Show a page of imports."""
        shared = self.admin_site.each_context(request) | {"title": title, "opts": self.opts}
        return TemplateResponse(request, f"{FOLDER}/{template}.html", shared | context)
