"""The editor's form: an item and the content of its open edition on one page."""

import datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from news import workflow
from news.admin.fields import (
    IssuersField,
    MomentField,
    OriginalField,
    RelatedItemsField,
    TagsField,
    country_choices,
    topic_choices,
)
from news.models import Edition, NewsItem
from record.actors import SYSTEM
from record.models import Act
from taxonomy.dates import moment_label
from taxonomy.rich_text import sanitize

NO_DRAFT = "none"
CONTENT_FIELDS = tuple(workflow.Content.__dataclass_fields__)


def draft_field(name: str, **options: Any) -> forms.Field:
    """Return the form field of a column of the edition."""
    column: Any = Edition._meta.get_field(name)
    return column.formfield(**options)


def version_of(edition: Edition | None) -> str:
    """Return the mark by which a form tells whether a draft was saved by someone else since it was opened."""
    return edition.saved_at.isoformat() if edition else NO_DRAFT


def open_edition_of(item: NewsItem, *, locked: bool = False) -> Edition | None:
    """Return the item's open edition; locked, nobody else saves or approves it until the transaction ends."""
    editions = Edition.objects.select_for_update() if locked else Edition.objects
    return editions.filter(item=item).exclude(state=Edition.State.APPROVED).first()


class NewsItemForm(forms.ModelForm):
    """An item with its open edition; what it stores goes through the publishing verbs."""

    translation_of = OriginalField(
        label=_("Translation of"),
        help_text=_("The original, if this is a translation: begin to type its title, or write its number or address."),
    )
    slug = forms.SlugField(
        label=_("Address"),
        required=False,
        max_length=workflow.SLUG_LENGTH,
        widget=AdminTextInputWidget,
        help_text=_("The readable end of the page's address. Empty: made from the title."),
    )
    kind = draft_field("kind")
    title = draft_field("title", widget=AdminTextInputWidget)
    summary = draft_field(
        "summary",
        widget=AdminTextareaWidget(attrs={"rows": 4}),
        help_text=_("Two or three sentences, shown in lists and above the text."),
    )
    dateline = draft_field("dateline", widget=AdminTextInputWidget)
    body = draft_field("body", widget=AdminTextareaWidget)
    issued_at = MomentField(label=_("Issued on"), required=False, help_text=_("Day and time in Vienna."))
    issued_by = IssuersField(label=_("Issued by"), help_text=_("In the order in which the page names them."))
    countries = TagsField(label=_("Countries"), choices=country_choices)
    topics = TagsField(label=_("Fields of work"), choices=topic_choices)
    related = RelatedItemsField(
        label=_("Related items"),
        help_text=_(
            "In the order in which the page names them: begin to type a title, or write a number or an address."
        ),
    )
    is_minor = draft_field(
        "is_minor", label=_("Minor change"), help_text=_("A correction that readers need not be told about.")
    )
    change_note = draft_field(
        "change_note",
        widget=AdminTextInputWidget,
        help_text=_("One sentence for readers, shown with the page's history."),
    )
    approve_from = MomentField(
        label=_("Public from"),
        required=False,
        help_text=_("Only for “Approve from this time”. Day and time in Vienna (Europe/Vienna)."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    replace = forms.CharField(required=False, widget=forms.HiddenInput)  # the template draws it, after a conflict

    class Meta:
        model = NewsItem
        fields = ("language", "translation_of", "slug")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        item = kwargs.get("instance")
        self.edition = open_edition_of(item) if item else None
        self.conflict: str | Promise = ""
        initial = _initial_content(self.edition) if self.edition else {}
        super().__init__(
            *args, **kwargs | {"initial": initial | {"seen": version_of(self.edition)} | (kwargs.get("initial") or {})}
        )

    @property
    def current_version(self) -> str:
        """Return the mark of the draft as it stands now."""
        return version_of(self.edition)

    @property
    def approves(self) -> bool:
        """Say whether the button pressed asks for an approval."""
        return bool({"_approve", "_approve_from"}.intersection(self.data))

    @property
    def moment(self) -> datetime.datetime | None:
        """Return from when on it is to be public; None is at once."""
        return self.cleaned_data.get("approve_from") if "_approve_from" in self.data else None

    def clean_body(self) -> str:
        """Return the text with nothing but what the allow-list holds."""
        return sanitize(self.cleaned_data["body"])

    def clean(self) -> dict[str, Any]:
        """Refuse to write over what someone else saved; before an approval name all that it still needs."""
        super().clean()
        if self.instance.pk:
            self._refuse_stale()
        if self.approves:
            self._name_what_is_missing()
            self._check_moments()
        return self.cleaned_data

    def content(self) -> workflow.Content:
        """Return what the form holds, for the publishing verbs."""
        return workflow.Content(
            **{name: self.cleaned_data[name] for name in CONTENT_FIELDS if name in self.cleaned_data}
        )

    def save_draft(self) -> NewsItem:
        """Create the item or save its open edition, opened anew where it was approved meanwhile; return the item."""
        if not self.instance.pk:
            chosen = {name: self.cleaned_data[name] for name in ("language", "slug", "translation_of")}
            self.edition = workflow.create_item(self.content(), **chosen)
        else:
            self.edition = workflow.save_draft(self.edition or workflow.open_edition(self.instance), self.content())
            if "slug" in self.changed_data and self.cleaned_data.get("slug"):
                self.instance.save(update_fields=["slug"])
        return self.edition.item

    def _refuse_stale(self) -> None:
        """Compare, under a lock, the draft that the editor saw with the one that is stored."""
        self.edition = open_edition_of(self.instance, locked=True)
        if self.current_version not in (self.cleaned_data.get("seen"), self.cleaned_data.get("replace")):
            self.conflict = (
                _("Open a new edition with what stands here")
                if self.edition is None
                else _("Replace what is stored with what stands here")
            )
            self.add_error(None, _stale_message(self.instance, self.edition))

    def _name_what_is_missing(self) -> None:
        """Put each complaint at its field."""
        given: dict[str, Any] = {name: self.cleaned_data.get(name) or "" for name in ("title", "summary", "body")}
        lists = workflow.Content(
            **given, issued_at=self.cleaned_data.get("issued_at"), issued_by=self.cleaned_data.get("issued_by") or ()
        )
        for field, what in workflow.missing_from(lists).items():
            if not self.has_error(field):
                self.add_error(
                    field, ValidationError(_("Before it can be approved, it needs %(what)s."), params={"what": what})
                )

    def _check_moments(self) -> None:
        """Refuse a moment in the past, none where one is asked for, and an issue after the publication."""
        now = timezone.now()
        moment = self.moment if "_approve_from" in self.data else now
        if moment is None and not self.has_error("approve_from"):
            self.add_error("approve_from", _("Choose the day and the time from which it is to be public."))
        if moment and moment < now:
            self.add_error("approve_from", _("This moment has passed. Choose a later one, or approve now."))
        issued_at = self.cleaned_data.get("issued_at")
        if moment and issued_at and issued_at > moment:
            self.add_error("issued_at", _("The date of issue lies after the moment from which it is public."))


def _initial_content(edition: Edition) -> dict[str, Any]:
    """Return the fields of the form as the edition has them."""
    content = workflow.content_of(edition)
    return {name: getattr(content, name) for name in CONTENT_FIELDS}


def _stale_message(item: NewsItem, edition: Edition | None) -> str:
    """Say who was faster, when, and that nothing is lost."""
    newest = Act.objects.on(item).newest_first().first()
    is_known = newest is not None and newest.actor != SYSTEM and _wrote(newest, edition)
    person = newest.actor if newest and is_known else _("someone else")
    at = edition.saved_at if edition else (newest.at if newest else timezone.now())
    texts = {"person": person, "moment": moment_label(at)}
    if edition is None:
        return (
            _("Not saved: %(person)s approved or discarded this draft on %(moment)s. What you wrote is still below.")
            % texts
        )
    return (
        _("Not saved: %(person)s saved this draft on %(moment)s, after you opened it. What you wrote is still below.")
        % texts
    )


def _wrote(act: Act, edition: Edition | None) -> bool:
    """Tell whether the newest act is the last saving: it is written just after it."""
    return edition is None or datetime.timedelta() <= act.at - edition.saved_at < datetime.timedelta(minutes=1)
