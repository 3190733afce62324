"""The list of a tree: all of it, indented, with moves by buttons, by dragging and without scripts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taxonomy.admin.moves import Move, make_move, place_in_words
from taxonomy.admin.record_admin import RecordAdmin
from taxonomy.admin.tree_rows import Row, link_rows
from taxonomy.tree import TreeError, TreeNode

CONFLICT = 409


class ParentField(forms.ModelChoiceField):
    """A parent, chosen from the tree as it is indented."""

    def label_from_instance(self, node: TreeNode) -> str:
        """Indent the name."""
        return f"{'— ' * node.level}{node}"


class TreeAdmin(RecordAdmin):
    """The admin of a tree; its list answers moves."""

    actions = None
    related_in_list: tuple[str, ...] = ()

    def get_urls(self) -> list[Any]:
        """Add the address of moves before Django's, whose last one takes any path."""
        move = require_POST(self.admin_site.admin_view(self.move_view))
        return [path("move/", move, name=f"taxonomy_{self.opts.model_name}_move"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the nodes in the order of the tree."""
        return super().get_queryset(request).order_by("tree_id", "lft")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the whole tree."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | self.list_context(request) | (extra_context or {})
        return render(request, "admin/taxonomy/tree.html", context)

    def move_view(self, request: HttpRequest) -> HttpResponse:
        """Move a node (`up:` and its wish); answer a script with the new tree, a plain form with the page."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        way, _colon, wish = request.POST.get("move", "").partition(":")
        moved = None
        try:
            moved = make_move(self.model, Move.read(wish))
            words = place_in_words(moved)
        except TreeError as refused:
            words = " ".join(refused.messages)
        if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
            return self.answer_script(request, words, has_moved=moved is not None)
        self.message_user(request, words, messages.SUCCESS if moved else messages.ERROR)
        return self.back_to_row(wish.partition(",")[0], way)

    def answer_script(self, request: HttpRequest, words: str, *, has_moved: bool) -> HttpResponse:
        """Send the words and the tree as it stands now."""
        tree = render_to_string("admin/taxonomy/_tree.html", self.list_context(request), request)
        return JsonResponse({"words": words, "tree": tree}, status=200 if has_moved else CONFLICT)

    def back_to_row(self, number: str, way: str) -> HttpResponse:
        """Show the list again, with the focus on the button that was pressed."""
        address = reverse(f"admin:taxonomy_{self.opts.model_name}_changelist")
        return HttpResponseRedirect(f"{address}?{urlencode({'row': number, 'button': way})}")

    def list_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the list shows, from one query."""
        nodes = self.get_queryset(request).select_related(*self.related_in_list or [None])
        prefix = f"admin:taxonomy_{self.opts.model_name}"
        return {
            "title": str(self.opts.verbose_name_plural).capitalize(),
            "opts": self.opts,
            "rows": link_rows(self.rows(list(nodes))),
            "focused_row": request.GET.get("row", ""),
            "focused_button": request.GET.get("button", ""),
            "may_change": self.has_change_permission(request),
            "may_add": self.has_add_permission(request),
            "add_address": reverse(f"{prefix}_add"),
            "move_address": reverse(f"{prefix}_move"),
        }

    def rows(self, nodes: list[Any]) -> list[Row]:
        """Return the rows of the nodes."""
        return [Row(node=node, notes=self.notes(node), is_faint=self.is_faint(node)) for node in nodes]

    def notes(self, node: Any) -> list[str]:
        """Return what the list says of a node beside its name."""
        return []

    def is_faint(self, node: Any) -> bool:
        """Say whether the node stands back in the list."""
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer parents as a tree."""
        if db_field.name == "parent":
            kwargs |= {"form_class": ParentField, "queryset": self.get_queryset(request)}
            kwargs["empty_label"] = _("at the top")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,  # noqa: FBT002 - Django's signature
        **kwargs: Any,
    ) -> type[forms.ModelForm]:
        """Leave out of the parents offered the node itself and all below it."""
        form = super().get_form(request, obj, change=change, **kwargs)
        parent: Any = form.base_fields.get("parent")
        if obj and parent:
            family = obj.get_descendants(include_self=True).values("pk")
            parent.queryset = self.get_queryset(request).exclude(pk__in=family)
        return form
