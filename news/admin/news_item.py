"""The newsroom's list and the page of one item."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news import access, workflow
from news.admin import pages
from news.admin.fields import read_item_number
from news.admin.filters import InstitutionFilter, KindFilter, StateFilter, standing_editions
from news.admin.form import NewsItemForm
from news.admin.standing import facts, standing
from news.admin.states import edition_state, item_state, newest_first
from news.models import Edition, NewsItem
from taxonomy.catalogue import catalogue
from taxonomy.dates import moment_label

CONTENT = ("kind", "title", "summary", "dateline", "body")
CHANGE = (gettext_lazy("What has changed"), {"fields": ("change_note", "is_minor")})
ISSUE = (gettext_lazy("Issue"), {"fields": ("issued_at", "issued_by")})
SUBJECT = (gettext_lazy("What it is about"), {"fields": ("countries", "topics", "related")})
ADDRESS = (gettext_lazy("Language and address"), {"fields": ("language", "translation_of", "slug")})
PUBLICATION = (gettext_lazy("Publication at a later time"), {"fields": ("approve_from",)})


@admin.register(NewsItem)
class NewsItemAdmin(admin.ModelAdmin):
    """News items as editors know them: by the title and the state of their newest edition."""

    form = NewsItemForm
    list_display = ("title", "kind", "language", "state", "issued_on", "issuers")
    list_filter = (StateFilter, KindFilter, "language", InstitutionFilter)
    list_per_page = 50
    search_fields = ("editions__title",)
    search_help_text = gettext_lazy("Words of the title, the item's number, or its address")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # a count for each choice would cost a query for each
    actions = None
    view_on_site = False

    class Media:
        css = {"all": ["news/editing.css"]}
        js = ("news/unsaved.js",)

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[NewsItem]:
        """Return the items with their editions, the newest first, in two queries."""
        editions = Edition.objects.order_by("-number").defer("body", "change_note")
        return super().get_queryset(request).prefetch_related(Prefetch("editions", editions))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[NewsItem], search_term: str
    ) -> tuple[QuerySet[NewsItem], bool]:
        """Keep the items whose title holds every word, or the one whose number or address was typed."""
        if not search_term.strip():
            return queryset, False
        titles = standing_editions()
        for word in search_term.split():
            titles = titles.filter(title__icontains=word)
        try:
            number = read_item_number(search_term)
        except ValidationError:
            number = 0
        return queryset.filter(Q(pk=number) | Exists(titles.filter(item=OuterRef("pk")))), False

    @admin.display(description=gettext_lazy("title"))
    def title(self, item: NewsItem) -> str:
        """Return the newest edition's title."""
        return newest_first(item)[0].title

    @admin.display(description=gettext_lazy("kind"))
    def kind(self, item: NewsItem) -> str:
        """Return the newest edition's kind."""
        return newest_first(item)[0].get_kind_display()

    @admin.display(description=gettext_lazy("state"))
    def state(self, item: NewsItem) -> str:
        """Return in words how far it is."""
        return item_state(newest_first(item))

    @admin.display(description=gettext_lazy("issued on"))
    def issued_on(self, item: NewsItem) -> str | None:
        """Return the newest edition's moment of issue."""
        issued_at = newest_first(item)[0].issued_at
        return moment_label(issued_at) if issued_at else None

    @admin.display(description=gettext_lazy("issued by"))
    def issuers(self, item: NewsItem) -> str:
        """Return the institutions that issue the newest edition, in their order."""
        known = catalogue().institutions
        return ", ".join(known[pk].name for pk in newest_first(item)[0].tags.get("issued_by", ()) if pk in known)

    # The page of one item

    def get_fieldsets(self, request: HttpRequest, obj: NewsItem | None = None) -> list[Any]:
        """Return the form's parts: the change note from the second edition on, the later time for who may approve."""
        parts = [(None, {"fields": CONTENT}), ISSUE, SUBJECT, ADDRESS]
        if obj and newest_first(obj)[0].number > 1:
            parts.insert(1, CHANGE)
        if access.may_approve(request.user, obj):
            parts.append(PUBLICATION)
        return parts

    def get_readonly_fields(self, request: HttpRequest, obj: NewsItem | None = None) -> tuple[str, ...]:
        """Fix language and original once chosen, and the address once it was public."""
        if obj is None:
            return ()
        was_public = any(not edition.is_open for edition in newest_first(obj))
        return ("language", "translation_of", *(["slug"] if was_public else []))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the open edition's form, or what is approved; what was typed outlives an item discarded meanwhile."""
        item = self.get_object(request, unquote(object_id))
        if item is None and request.method == "POST":
            messages.error(
                request, _("This item was discarded meanwhile. Saving makes a new one of what stands below.")
            )
            return self.add_view(request)
        context = self.item_context(request, item) if item else {}
        if item and request.method != "POST" and not context["is_edited"]:
            return self.approved_page(request, item, context)
        return super().change_view(request, object_id, form_url, context)

    def item_context(self, request: HttpRequest, item: NewsItem) -> dict[str, Any]:
        """Return what the page says around the form: the editions, and what may be done."""
        newest = newest_first(item)[0]
        may_write = access.may_write(request.user, item)
        return standing(item) | {
            "title": newest.title,
            "subtitle": None,
            "is_edited": newest.is_open and may_write,
            "may_write": may_write,
            "may_preview": access.may_preview(request.user, item),
        }

    def approved_page(self, request: HttpRequest, item: NewsItem, context: dict[str, Any]) -> HttpResponse:
        """Show an item that this person isn't writing now, with what may be done next."""
        if not access.may_see(request.user, item):
            raise PermissionDenied
        context |= self.admin_site.each_context(request) | {"title": context["title"], "opts": self.opts}
        context |= {"original": item, "facts": facts(item, context["edition"])}
        return TemplateResponse(request, "admin/news/newsitem/item.html", context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Name the item by its title."""
        item = self.get_object(request, unquote(object_id))
        title = {"title": _("Who did what: %(title)s") % {"title": self.title(item)}} if item else {}
        return super().history_view(request, object_id, title | (extra_context or {}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add to the page which buttons it has."""
        item = kwargs.get("obj")
        context |= {"may_approve": access.may_approve(request.user, item)}
        return super().render_change_form(request, context, *args, **kwargs)

    # Saving

    def save_form(self, request: HttpRequest, form: NewsItemForm, change: bool) -> NewsItem:
        """Store the draft through its verb, and return the item."""
        if form.approves and not access.may_approve(request.user, form.instance if change else None):
            raise PermissionDenied
        return form.save_draft()

    def save_model(self, request: HttpRequest, obj: NewsItem, form: NewsItemForm, change: bool) -> None:
        """Approve where the button asks for it; the draft is stored already."""
        if form.approves:
            self.approve(request, form)
        else:
            messages.success(request, _("The draft is saved."))

    def save_related(self, *args: Any) -> None:
        """Do nothing: the verb has written."""

    def response_add(self, request: HttpRequest, obj: NewsItem, post_url_continue: str | None = None) -> HttpResponse:
        """Do what the button says."""
        return self.answer_button(request, obj)

    def response_change(self, request: HttpRequest, obj: NewsItem) -> HttpResponse:
        """Do what the button says."""
        return self.answer_button(request, obj)

    def answer_button(self, request: HttpRequest, item: NewsItem) -> HttpResponse:
        """Show the preview where the button asks for it, else the item's page."""
        name = "admin:news_newsitem_preview" if "_preview" in request.POST else "admin:news_newsitem_change"
        return HttpResponseRedirect(reverse(name, args=[item.pk]))

    def approve(self, request: HttpRequest, form: NewsItemForm) -> None:
        """Approve the draft just saved, and say what has become of it."""
        try:
            edition = workflow.approve(cast("Edition", form.edition), visible_from=form.moment)
        except workflow.WorkflowError as error:
            messages.warning(request, _("The draft is saved, but not approved."))
            pages.tell_refusal(request, error)
            return
        values = {"number": edition.number, "state": edition_state(edition)}
        self.log_change(request, edition.item, _("Approved edition %(number)s: %(state)s") % values)
        messages.success(request, _("Edition %(number)s is approved: %(state)s.") % values)

    # Addresses

    def get_urls(self) -> list[Any]:
        """Add the item's own pages before Django's, whose last one takes any path."""
        return [
            path("suggest/", self.admin_site.admin_view(pages.suggest), name="news_newsitem_suggest"),
            path("<int:number>/preview/", self.page(pages.preview), name="news_newsitem_preview"),
            path("<int:number>/open-edition/", self.page(pages.open_edition), name="news_newsitem_open_edition"),
            path("<int:number>/discard/", self.page(pages.discard), name="news_newsitem_discard"),
            *super().get_urls(),
        ]

    def page(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """Put a view behind the admin's login."""
        return self.admin_site.admin_view(partial(view, self))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Ask the one place."""
        return access.may_see(request.user)

    def has_view_permission(self, request: HttpRequest, obj: NewsItem | None = None) -> bool:
        """Ask the one place."""
        return access.may_see(request.user, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Ask the one place."""
        return access.may_create(request.user)

    def has_change_permission(self, request: HttpRequest, obj: NewsItem | None = None) -> bool:
        """Ask the one place."""
        return access.may_write(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: NewsItem | None = None) -> bool:
        """Leave deleting to the page that discards a draft: the public record is kept."""
        return False
