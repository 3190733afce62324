"""The editor's form: an item and the content of its open edition on one page."""

import datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from library.admin.chosen import ChosenField
from news import workflow
from news.admin.fields import (
    IssuersField,
    MomentField,
    TagsField,
    country_choices,
    issuer_choices,
    topic_choices,
)
from news.admin.item_fields import OriginalField, RelatedItemsField
from news.changes import publishing
from news.models import Edition, NewsItem
from record.actors import SYSTEM
from record.models import Act
from taxonomy.dates import vienna_label
from taxonomy.rich_text import sanitize_with_files

NO_DRAFT = "none"
CONTENT_FIELDS = tuple(workflow.Content.__dataclass_fields__)


def draft_field(name: str, **options: Any) -> forms.Field:
    """Return the form field of a column of the edition."""
    column: Any = Edition._meta.get_field(name)
    return column.formfield(**options)


def version_of(edition: Edition | None) -> str:
    """Return the mark by which a form tells whether a draft was saved by someone else since it was opened."""
    return edition.saved_at.isoformat() if edition else NO_DRAFT


def open_edition_of(item: NewsItem) -> Edition | None:
    """Return the item's open edition."""
    return Edition.objects.filter(item=item).open_drafts().select_related("item").first()


def add_refusal(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what the rules say against an act at the fields concerned, or above them all."""
    by_field = error.update_error_dict({})
    for name, problems in by_field.items():
        form.add_error(name if name in form.fields else None, problems)


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
    pictures = ChosenField(
        what="image",
        label=_("Pictures"),
        help_text=_("The first one stands above the text and in lists, the others in a gallery below the text."),
    )
    attachments = ChosenField(
        what="attachment", label=_("Attachments"), help_text=_("In the order in which the page lists them.")
    )
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
        help_text=_(
            "One sentence for readers, shown with the page's history; from the second edition on, unless it is minor."
        ),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    replace = forms.CharField(required=False, widget=forms.HiddenInput)  # the template draws it, after a conflict

    class Meta:
        model = NewsItem
        fields = ("language", "translation_of", "slug")

    stored: Edition  # once it is valid
    user: Any = AnonymousUser()  # who writes; the admin makes a class of this form for each request, and says

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        item = kwargs.get("instance")
        self.edition = open_edition_of(item) if item else None
        self.conflict: str | Promise = ""
        initial = _initial_content(self.edition) if self.edition else {}
        super().__init__(
            *args, **kwargs | {"initial": initial | {"seen": version_of(self.edition)} | (kwargs.get("initial") or {})}
        )
        fields: dict[str, Any] = self.fields
        fields["issued_by"].choices = issuer_choices(self.user)
        for name in {"related", "translation_of"}.intersection(fields):  # the page of an item shows no original
            fields[name].user = self.user
        for name in ("pictures", "attachments"):
            fields[name].speak(self.data.get("language") or self.instance.language)

    @property
    def current_version(self) -> str:
        """Return the mark of the draft as it stands now."""
        return version_of(self.edition)

    @property
    def submits(self) -> bool:
        """Say whether the button pressed hands the edition over to someone else's eyes."""
        return "_submit" in self.data

    def clean_body(self) -> str:
        """Return the text with nothing but what the allow-list holds."""
        return sanitize_with_files(self.cleaned_data["body"])

    def clean(self) -> dict[str, Any]:
        """Refuse to write over what someone else saved; before it is submitted name all that it still needs."""
        super().clean()
        if self.instance.pk:
            self._refuse_stale()
        if self.submits:
            self._name_what_is_missing()
        return self.cleaned_data

    def _post_clean(self) -> None:
        """Store as the last step of validation, so that what a verb refuses stands in the form and nothing is lost."""
        super()._post_clean()  # type: ignore[misc]  # Django's own step, which the stubs do not list
        if self.errors:
            return
        try:
            with transaction.atomic():
                self.stored = self._store()
        except ValidationError as error:
            add_refusal(self, error)

    def _content(self) -> workflow.Content:
        """Return what the form holds, for the publishing verbs."""
        return workflow.Content(
            **{name: self.cleaned_data[name] for name in CONTENT_FIELDS if name in self.cleaned_data}
        )

    def _store(self) -> Edition:
        """Create the item or save its open edition, and submit it where the button says so."""
        if self.instance.pk:
            edition = self._save()
        else:
            chosen = {name: self.cleaned_data[name] for name in ("language", "slug", "translation_of")}
            edition = workflow.create_item(self._content(), **chosen, by=self.user)
        return workflow.submit(edition, by=self.user) if self.submits else edition

    def _save(self) -> Edition:
        """Save the open edition, opened anew where it was approved meanwhile."""
        edition = self.edition or workflow.open_edition(self.instance, by=self.user)
        edition = workflow.save_draft(edition, self._content(), by=self.user)
        if "slug" in self.changed_data and self.cleaned_data.get("slug"):
            workflow.name_address(edition, self.cleaned_data["slug"], by=self.user)
        return edition

    def _refuse_stale(self) -> None:
        """Compare the draft that the editor saw with the one that is stored.

        The publishing lock, which every verb takes, is held from here until the transaction of the request ends.
        """
        with publishing():
            self.edition = open_edition_of(self.instance)
        if self.current_version not in (self.cleaned_data.get("seen"), self.cleaned_data.get("replace")):
            self.conflict = (
                _("Open a new edition with what stands here")
                if self.edition is None
                else _("Replace what is stored with what stands here")
            )
            self.add_error(None, _stale_message(self.instance, self.edition))

    def _name_what_is_missing(self) -> None:
        """Put each complaint at its field."""
        given = {name: value for name, value in self.cleaned_data.items() if name in CONTENT_FIELDS}
        written = workflow.Content(**{"title": ""} | given)  # what is wrong, and so not there, counts as not written
        needs_note = bool(self.instance.pk) and (self.edition is None or self.edition.number > 1)
        language = self.cleaned_data.get("language") or self.instance.language
        lacks = workflow.missing_from(written, needs_note=needs_note) | workflow.undescribed(written, language)
        for field, what in lacks.items():
            if not self.has_error(field):
                self.add_error(
                    field, ValidationError(_("Before it can be submitted, it needs %(what)s."), params={"what": what})
                )


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
    texts = {"person": person, "moment": vienna_label(at)}
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
