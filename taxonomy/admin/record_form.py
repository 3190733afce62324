"""A form that two editors can have open at once: what each of them wrote is kept, or the later one is told."""

import hashlib
import json
from typing import Any, cast

from django import forms
from django.db import models
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

LONGEST_QUOTE = 200


def mark_of(value: Any) -> str:
    """Return a short mark that two values share exactly if a form would show the same."""
    if isinstance(value, models.Model):
        value = value.pk
    elif isinstance(value, models.QuerySet | list | tuple):
        value = sorted(item.pk if isinstance(item, models.Model) else item for item in value)
    text = "" if value is None else str(value).replace("\r\n", "\n")
    return hashlib.blake2s(text.encode(), digest_size=6).hexdigest()


class RecordForm(forms.ModelForm):
    """A record's form; `seen` holds the marks of what it showed when it was opened."""

    seen = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.stored_marks() if self.instance.pk else {}

    def stored_marks(self) -> dict[str, str]:
        """Return the mark of each field as the database holds it."""
        stored = forms.model_to_dict(self.instance, self.fields)
        return {name: mark_of(stored[name]) for name in self.fields if name in stored}

    def clean(self) -> dict[str, Any]:
        """Keep what someone else changed meanwhile in fields that this editor left alone; name the others."""
        cleaned = super().clean() or self.cleaned_data
        seen = cleaned.get("seen")
        if self.instance.pk and isinstance(seen, dict):
            self.merge_others_changes(seen)
        return cleaned

    def merge_others_changes(self, seen: dict[str, str]) -> None:
        """Settle each field that someone else has changed; what was told counts as seen when the form comes back."""
        now = self.stored_marks()
        changed = [name for name, mark in now.items() if seen.get(name, mark) != mark and name in self.cleaned_data]
        told = {name: now[name] for name in changed if not self.merge(name, seen[name], now[name])}
        data: Any = cast("Any", self.data).copy()
        data[self.add_prefix("seen")] = json.dumps(seen | told)
        self.data = data

    def add_error(self, field: str | None, error: Any) -> None:
        """Show what the model says of a text at the field of its English one."""
        by_field = getattr(error, "error_dict", None)
        if field is None and by_field:
            english = {name: f"{name}_en" for name in by_field if f"{name}_en" in self.fields}
            error = forms.ValidationError({english.get(name, name): errors for name, errors in by_field.items()})
        super().add_error(field, error)

    def merge(self, name: str, seen: str, stored: str) -> bool:
        """Settle a field that someone else has changed since the form was opened; say whether that needs no answer."""
        mine = mark_of(self.cleaned_data[name])
        if mine == seen:
            self.cleaned_data[name] = self.stored_value(name)
        elif mine != stored:
            message = _(
                "Someone else has changed this since you opened the page; it now says “%(theirs)s”. "
                "Save again to put yours in its place."
            )
            self.add_error(name, forms.ValidationError(message, params={"theirs": self.stored_text(name)}))
            return False
        return True

    def stored_value(self, name: str) -> Any:
        """Return what the database holds, as the form would have cleaned it."""
        value = forms.model_to_dict(self.instance, [name])[name]
        return self.fields[name].clean([item.pk for item in value] if isinstance(value, list) else value)

    def stored_text(self, name: str) -> str:
        """Return the beginning of what the database holds, in words."""
        value = self.stored_value(name)
        if isinstance(value, models.QuerySet):
            value = ", ".join(str(item) for item in value)
        return Truncator(strip_tags("" if value is None else str(value))).chars(LONGEST_QUOTE)
