"""The form of an attachment: its words, and a file or the text of a page; what is changed becomes its next version.

Two people may have it open at once (`RecordForm`).
"""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from library.admin.chosen import ChosenOne
from library.attaching import Words, attach, words_of
from library.documents import ACCEPTED, DOCUMENT_MB, RECORDING_MB, Document, read_document
from library.models import Attachment, AttachmentVersion
from taxonomy.admin.record_form import RecordForm, mark_of

Kind = Attachment.Kind
WORDS = tuple(Words.__dataclass_fields__)


def _field(name: str, **options: Any) -> Any:
    """Return the form's field for what a version has."""
    field: Any = AttachmentVersion._meta.get_field(name)
    return field.formfield(**options)


class AttachmentForm(RecordForm):
    """An attachment and what is to stand at its address from the next edition on."""

    title = _field("title", widget=AdminTextInputWidget)
    language = _field("language")
    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput,
        help_text=_("%(formats)s; documents up to %(document)s MB, videos and recordings up to %(recording)s MB.")
        % {
            "formats": ", ".join(format.upper() for format in ACCEPTED),  # noqa: A001 - the field's word
            "document": DOCUMENT_MB,
            "recording": RECORDING_MB,
        },
    )
    text = _field(
        "text",
        label=_("Text of a page"),
        required=False,
        widget=AdminTextareaWidget,
        help_text=_("Instead of a file: a page in HTML, which everyone can read, on a telephone too."),
    )
    poster = ChosenOne(what="image", label=_("Poster"), help_text=_("The picture that stands where a video will play."))
    transcript = _field("transcript", widget=AdminTextareaWidget)

    class Meta:
        model = Attachment
        fields = ()

    user: Any = AnonymousUser()  # who gives it; the admin makes a class of this form for each request, and says
    document: Document | None = None
    stored: AttachmentVersion | None = None  # the version that was made of what the form was sent

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        attachment = kwargs.get("instance")
        self.newest = attachment.versions.select_related("poster").first() if attachment else None
        super().__init__(*args, **kwargs | {"initial": self.stored_values() | (kwargs.get("initial") or {})})
        if self.newest and "file" in self.fields:
            self.fields["file"].label = _("Replace the file")

    def stored_values(self) -> dict[str, Any]:
        """Return what the newest version has, by the name of its field; nothing of a new attachment."""
        return {name: getattr(self.newest, name) for name in (*WORDS, "text")} if self.newest else {}

    def stored_marks(self) -> dict[str, str]:
        """Return the mark of each field as the database holds it; of the file by its checksum."""
        marks = {name: mark_of(value) for name, value in self.stored_values().items()}
        return marks | {"file": mark_of(self.newest.checksum if self.newest else "")}

    def stored_value(self, name: str) -> Any:
        """Return what the database holds, as the form would have cleaned it."""
        return self.stored_values()[name]

    def merge(self, name: str, seen: str, stored: str) -> bool:
        """Keep the file that someone else has put there meanwhile, unless this editor has chosen another one too."""
        if name != "file":
            return super().merge(name, seen, stored)
        if self.document and mark_of(self.document.checksum) != stored:
            text = _(
                "Someone else has replaced the file since you opened the page. Choose yours again to replace theirs."
            )
            self.add_error("file", ValidationError(text, code="changed"))
            return False
        return True

    def clean_file(self) -> Any:
        """Read by its bytes what the file is; another kind of thing needs an attachment of its own."""
        upload = self.cleaned_data.get("file")
        if not upload:
            return None
        self.document = read_document(upload)
        if self.newest and self.document.kind != self.instance.kind:
            names = {"old": self.instance.get_kind_display(), "new": Kind(self.document.kind).label}
            text = _("This attachment is of the kind “%(old)s”; your file is a “%(new)s”. Add another attachment.")
            raise ValidationError(text, params=names, code="kind")
        return upload

    def clean(self) -> dict[str, Any]:
        """Ask for a file or a text, and for one of them only."""
        super().clean()
        has_text = bool(self.cleaned_data.get("text", "").strip())
        if self.errors:
            return self.cleaned_data
        if self.newest is None and bool(self.document) == has_text:
            raise ValidationError({"file": _("Choose a file, or write the text of a page: one of the two.")})
        if self.instance.kind == Kind.PAGE and self.newest and not has_text:
            raise ValidationError({"text": _("A page needs a text.")})
        return self.cleaned_data

    def _post_clean(self) -> None:
        """Store as the last step of validation, so that what cannot be stored is said in the form."""
        super()._post_clean()  # type: ignore[misc]  # Django's own step, which the stubs do not list
        if self.errors:
            return
        number = self.instance.pk
        try:
            with transaction.atomic():
                self._store()
        except ValidationError as error:
            self.instance.pk = number
            self.add_error("file", error)

    def _store(self) -> None:
        """Store the next version, if anything is another than it was."""
        words = Words(**{name: self.cleaned_data[name] for name in WORDS})
        text = self.cleaned_data.get("text", "")
        if self.newest is None:
            self.instance.kind = self.document.kind if self.document else Kind.PAGE
        is_page = self.instance.kind == Kind.PAGE
        if (
            self.newest
            and not self.document
            and words == words_of(self.newest)
            and not (is_page and text != self.newest.text)
        ):
            return
        given = {"document": self.document, "upload": self.cleaned_data["file"]} if self.document else {}
        self.stored = attach(self.instance, words=words, text=text if is_page else "", by=self.user, **given)
