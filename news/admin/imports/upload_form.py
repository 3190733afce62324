"""The form with which a person gives a file to be imported, and says how it is to be taken."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news import access
from news.admin.imports.words import FORMATS, field_label
from news.importers.recognition import READERS
from news.importers.rows import ReadingOptions
from news.importers.written_dates import FIRST_YEAR, LAST_YEAR, is_plausible, moment_of
from news.imports.meeting import FILE_NAMES
from news.imports.uploads import Order
from news.imports.wishes import Wish
from news.models.news_item import news_languages
from news.templatetags.cards import figures

MEGABYTE = 1_000_000  # bytes


class UploadForm(forms.Form):
    """A file with what its rows may leave unsaid."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        error_messages={
            "required": gettext_lazy("Choose the file that is to be imported."),
            "empty": gettext_lazy("The file is empty. Choose another one."),
        },
    )
    form = forms.ChoiceField(label=gettext_lazy("Format"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of texts that do not name theirs"), choices=news_languages, initial="en"
    )
    source = forms.CharField(
        label=gettext_lazy("Where rows come from that do not say it"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("For example osce.org: by this and its number there a row is known again next time."),
    )
    issued_on = forms.DateField(
        label=gettext_lazy("Date of issue of texts without one"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        help_text=gettext_lazy("By Vienna’s clocks. For example 2025-11-25."),
        error_messages={"invalid": gettext_lazy("This is no date. Write it like 2025-11-25.")},
    )
    publish = forms.BooleanField(
        label=gettext_lazy("Publish what is complete, from its date of issue on"),
        required=False,
        help_text=gettext_lazy("Otherwise it comes in as drafts, unless the file itself says from when it is visible."),
    )
    take_theirs = forms.MultipleChoiceField(
        label=gettext_lazy("Fields in which the file counts more than what an editor has changed"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Choose none, and every change of an editor is kept, and reported as a conflict."),
    )
    create_missing = forms.BooleanField(
        label=gettext_lazy("Create institutions and fields of work that are not known yet"), required=False
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        fields: dict[str, Any] = self.fields
        fields["form"].choices = [("", _("Recognise it")), *((name, FORMATS[name]) for name in READERS)]
        fields["take_theirs"].choices = [(name, field_label(field)) for field, name in FILE_NAMES.items()]
        fields["file"].help_text = _(
            "Up to %(megabytes)s MB: JSON Lines, a table, a feed, a WordPress export, saved pages; .gz and .zip too."
        ) % {"megabytes": settings.IMPORT_UPLOAD_MB}
        for name in ("publish", "create_missing"):
            if not access.may(user, {"publish": "publish_import"}.get(name, name)):
                del self.fields[name]

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large."""
        file: UploadedFile = self.cleaned_data["file"]
        size = file.size or 0
        if size > settings.IMPORT_UPLOAD_MB * MEGABYTE:
            values = {"size": figures(-(-size // MEGABYTE)), "most": figures(settings.IMPORT_UPLOAD_MB)}
            text = _(
                "The file has %(size)s MB, and %(most)s MB is the most here. Pack it, divide it, or let it be imported "
                "by a command on the site’s machine."
            )
            raise forms.ValidationError(text % values, code="too_large")
        return file

    def clean_issued_on(self) -> Any:
        """Refuse what is a slip of the finger."""
        day = self.cleaned_data["issued_on"]
        if day and not is_plausible(day):
            values = {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise forms.ValidationError(_("Use a year between %(first)s and %(last)s.") % values)
        return day

    @property
    def order(self) -> Order:
        """Return what is asked for."""
        said = self.cleaned_data
        issued_at = moment_of(said["issued_on"]) if said["issued_on"] else None
        wish = Wish(
            publish=said.get("publish", False),
            issued_at=issued_at,
            take_theirs=frozenset(said["take_theirs"]),
            create_missing=said.get("create_missing", False),
            on_behalf_of=self.user,
        )
        reading = ReadingOptions(language=said["language"], source=said["source"].strip(), issued_at=issued_at)
        return Order(form=said["form"], reading=reading, wish=wish)
