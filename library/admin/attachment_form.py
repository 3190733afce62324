"""The form of an attachment: a file or the text of a page; another file becomes its next version."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from library.admin.chosen import ChosenOne
from library.attaching import attach
from library.documents import ACCEPTED, DOCUMENT_MB, RECORDING_MB, Document, read_document
from library.models import Attachment, AttachmentVersion

Kind = Attachment.Kind
_text: Any = AttachmentVersion._meta.get_field("text")
_transcript: Any = Attachment._meta.get_field("transcript")


class AttachmentForm(forms.ModelForm):
    """An attachment and what is to stand at its address from the next edition on."""

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
    text = _text.formfield(
        label=_("Text of a page"),
        required=False,
        widget=AdminTextareaWidget,
        help_text=_("Instead of a file: a page in HTML, which everyone can read, on a telephone too."),
    )
    poster = ChosenOne(what="image", label=_("Poster"), help_text=_("The picture that stands where a video will play."))
    transcript = _transcript.formfield(widget=AdminTextareaWidget)

    class Meta:
        model = Attachment
        fields = ("title", "language", "poster", "transcript")
        widgets = {"title": AdminTextInputWidget}

    user: Any = AnonymousUser()  # who gives it; the admin makes a class of this form for each request, and says
    document: Document | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        attachment = kwargs.get("instance")
        self.newest = attachment.versions.first() if attachment else None
        initial = {"text": self.newest.text} if self.newest else {}
        super().__init__(*args, **kwargs | {"initial": initial | (kwargs.get("initial") or {})})
        if self.newest and "file" in self.fields:
            self.fields["file"].label = _("Replace the file")

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
        """Store the attachment, and a version where one was given."""
        attachment, text = self.instance, self.cleaned_data.get("text", "")
        if self.newest is None:
            attachment.kind = self.document.kind if self.document else Kind.PAGE
        if self.document:
            attach(attachment, document=self.document, upload=self.cleaned_data["file"], by=self.user)
        elif attachment.kind == Kind.PAGE and text != getattr(self.newest, "text", ""):
            attach(attachment, document=None, text=text, by=self.user)
        else:
            attachment.save()
