"""Uploads: one file or fifty, each taken in by itself, and told of by itself.

With a script each file comes in a request of its own, which asks for JSON; without, the form sends all of them at once
and the answer is a page with the same list.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from library import access
from library.admin import describing_page
from library.admin.choosing import choice
from library.admin.image_form import SharedForm
from library.admin.upload_limits import limits_in_words
from library.models import Image

MOST = 50  # files at once
ACCEPTED = "image/jpeg,image/png,image/webp,image/avif,image/gif,image/tiff"
STORED, THERE, REFUSED = "stored", "there", "refused"
STATUSES = {STORED: 201, THERE: 200, REFUSED: 422}


class FilesInput(forms.ClearableFileInput):
    """The browser's own choice of files, several of them."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One to fifty files; each is opened later, so that one refused file refuses no other."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files.

        Raises:
            ValidationError: there is none, or there are too many.
        """
        files = [file for file in (data if isinstance(data, list) else [data]) if file]
        if not files:
            raise forms.ValidationError(_("Choose the files of the images."), code="required")
        if len(files) > MOST:
            values = {"count": len(files), "most": MOST}
            text = _("These are %(count)s files, and %(most)s is the most at once. Nothing was taken in.")
            raise forms.ValidationError(text % values, code="too_many")
        return files


class UploadForm(SharedForm):
    """Files, and what is the same of all of them; who made them must be said here or by the files."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {"files": FilesField(label=_("Files"))} | self.fields
        by_the_file = _("Leave it empty to take it from the files, where they know it.")
        self.fields["credit"].help_text = f"{Image._meta.get_field('credit').help_text} {by_the_file}"
        self.fields["taken_on"].help_text = by_the_file
        self.fields["files"].widget.attrs |= {"accept": ACCEPTED, "data-most": MOST}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file.

    Attributes:
        what: `STORED`, `THERE` (it was in the library already) or `REFUSED`.
        problem: why it was refused.
        note: of what was taken in or there, what the person may not expect.
        lacks_credit: whether it is taken once somebody says who made it.
    """

    name: str
    what: str
    image: Image | None = None
    problem: str = ""
    note: str = ""
    lacks_credit: bool = False

    @property
    def address(self) -> str:
        """Return where the image is described."""
        return reverse("admin:library_image_change", args=[self.image.pk]) if self.image else ""

    def plain(self, language: str) -> dict[str, Any]:
        """Return it for a script."""
        image = choice(self.image, language) if self.image else None
        told = {"outcome": self.what, "problem": self.problem, "note": self.note, "lacks_credit": self.lacks_credit}
        return told | {"image": image}


def upload(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Take files in, and tell what became of each."""
    if not access.may(request.user, "upload"):
        raise PermissionDenied
    wants_plain = request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    outcomes = _take_in_all(form, request.user) if form.is_bound and form.is_valid() else []
    if wants_plain:
        return _plain(form, outcomes, request.GET.get("language", ""))
    return model_admin.show(request, "upload", _("Upload images"), **_told(form, outcomes))


def _told(form: UploadForm, outcomes: list[Outcome]) -> dict[str, Any]:
    """Return what the page says of the files that were sent; the form is empty again where they were taken in."""
    kept = [outcome.image.pk for outcome in outcomes if outcome.image]
    return {
        "form": form if form.errors or not outcomes else UploadForm(initial=form.cleaned_data),
        "outcomes": outcomes,
        "kept": kept,
        "describe_address": reverse("admin:library_image_describe"),
        "most": MOST,
        "limits": limits_in_words(),
        "describe_these": describing_page.address(kept),
    }


def _plain(form: UploadForm, outcomes: list[Outcome], language: str) -> JsonResponse:
    """Answer a script: the outcome of its one file, or what is wrong with the form."""
    if outcomes:
        return JsonResponse(outcomes[0].plain(language), status=STATUSES[outcomes[0].what])
    problems = " ".join(str(text) for texts in form.errors.values() for text in texts)
    return JsonResponse({"outcome": REFUSED, "problem": problems, "image": None}, status=STATUSES[REFUSED])


def _take_in_all(form: UploadForm, user: Any) -> list[Outcome]:
    return [_take_in(file, form.cleaned_data, user) for file in form.cleaned_data["files"]]


def _take_in(file: UploadedFile, said: dict[str, Any], user: Any) -> Outcome:
    """Take one file in, with what is said of all."""
    from library.keeping import DuplicateError, NoCreditError, take_in  # noqa: PLC0415 - Pillow takes megabytes: it is loaded where a picture is opened
    from library.opening import ImageRefusedError  # noqa: PLC0415 - as above

    name = file.name or ""
    try:
        image = take_in(file, name=name, credit=said["credit"], by=user, place=said["place"], taken_on=said["taken_on"])
    except DuplicateError as there:
        return Outcome(name=name, what=THERE, image=there.image, note=_not_taken_over(there.image, said))
    except ImageRefusedError as refused:
        lacks_credit = isinstance(refused, NoCreditError)
        return Outcome(name=name, what=REFUSED, problem=" ".join(refused.messages), lacks_credit=lacks_credit)
    if said["country"]:
        image.country_id = int(said["country"])
        image.save()
    by_the_file = "" if said["credit"] else _("Credit, as the file says: %(credit)s") % {"credit": image.credit}
    return Outcome(name=name, what=STORED, image=image, note=by_the_file)


def _not_taken_over(image: Image, said: dict[str, Any]) -> str:
    """Return in words that an image that was there keeps what it has, where something else was written of it now."""
    known = {
        "credit": image.credit,
        "place": image.place,
        "country": str(image.country_id or ""),
        "taken_on": image.taken_on,
    }
    if all(not said[name] or said[name] == value for name, value in known.items()):
        return ""
    text = _(
        "It keeps its credit, “%(credit)s”, place and day: what you wrote now is not taken over. Open it to change it."
    )
    return text % {"credit": image.credit}
