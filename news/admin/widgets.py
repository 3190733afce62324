"""Inputs of the editor's form; each works without scripts, and more comfortably with them."""

import copy
import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from news.admin.moments import (
    FIRST,
    SECOND,
    WrittenMoment,
    clocks,
    offset_of,
    place_of,
    read_local_time,
    read_moment,
    readings_of,
)

SPARE_ROWS = 2  # empty rows at the end of an ordered choice, for whoever has no scripts


class MomentInput(forms.Widget):
    """The browser's own input for a day and a time, beside it by which clock, below it what other clocks show then."""

    template_name = "admin/news/widgets/moment_input.html"

    class Media:
        css = {"all": ["news/editing.css"]}
        js = ("news/moment_input.js",)

    def __init__(self) -> None:
        super().__init__()
        self.zones: Sequence[str] = [settings.TIME_ZONE]  # the first is the one where none is chosen

    def value_from_datadict(self, data: Any, files: Any, name: str) -> WrittenMoment:
        """Return what was typed and chosen."""
        return WrittenMoment(
            data.get(name, ""), data.get(f"{name}_zone") or self.zones[0], data.get(f"{name}_hour", "")
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Ask for the input; what stands beside it may be missing."""
        return name not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the zones, the two readings of a repeated hour, and what each clock shows."""
        context = super().get_context(name, None, attrs)
        written = value if isinstance(value, WrittenMoment) else WrittenMoment(zone=self.zones[0])
        readings, moment = _understood(written, self.zones)
        offsets = [offset_of(reading, written.zone) for reading in readings]
        shown = {clock.zone: clock.text for clock in clocks(moment, self.zones)} if moment else {}
        context["widget"] |= {
            "written": written,
            "zones": [(zone, place_of(zone)) for zone in self.zones],
            "is_repeated": len(readings) > 1,
            "hours": [(FIRST, offsets[:1]), (SECOND, offsets[1:])],
            "clocks": [(zone, place_of(zone), shown.get(zone, "–")) for zone in self.zones],
        }
        return context


def _understood(
    written: WrittenMoment, zones: Sequence[str]
) -> tuple[list[datetime.datetime], datetime.datetime | None]:
    """Return the moments that what is written may mean, and the one that it means."""
    try:
        readings = readings_of(read_local_time(written.text), written.zone) if written.zone in zones else []
        return readings, read_moment(written) if readings else None
    except ValidationError as error:
        return (readings, None) if error.code == "repeated_hour" else ([], None)


class OrderedRows(forms.Widget):
    """One input below the other, in an order that counts; scripts add the buttons that move and remove a row.

    Args:
        row: the widget of one row.
        row_label: what one row holds; its number follows.
    """

    template_name = "admin/news/widgets/ordered_rows.html"
    use_fieldset = True

    def __init__(self, *, row: forms.Widget, row_label: str | Promise) -> None:
        super().__init__()
        self.row = row
        self.row_label = row_label
        self.choices: Iterable[Any] = ()

    @property
    def media(self) -> forms.Media:
        """Return the scripts of the rows with those of what stands in them."""
        return forms.Media(css={"all": ["news/editing.css"]}, js=["news/ordered_rows.js"]) + self.row.media

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Return what the rows hold, in their order, without the empty ones."""
        return [value for value in data.getlist(name) if value.strip()]

    def get_context(self, name: str, value: Sequence[Any] | None, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return one sub-widget for each value, and the spare ones."""
        context = super().get_context(name, value, attrs)
        widget_id = context["widget"]["attrs"].get("id", f"id_{name}")
        shared = {key: text for key, text in context["widget"]["attrs"].items() if key.startswith("aria-")}
        row: Any = copy.deepcopy(self.row)  # widgets are shared between requests
        row.choices = [("", "---------"), *self.choices]
        context["widget"]["label"] = self.row_label
        context["widget"]["rows"] = [
            row.get_context(
                name, row_value, shared | {"id": f"{widget_id}_{number}", "aria-label": f"{self.row_label} {number}"}
            )["widget"]
            for number, row_value in enumerate([*(value or []), *[""] * SPARE_ROWS], start=1)
        ]
        return context

    def id_for_label(self, id_: str) -> str:
        """Return nothing: the rows stand in a fieldset whose legend is the label."""
        return ""


class ItemInput(forms.TextInput):
    """A news item by its number, its address, or a title that the script suggests while one types."""

    template_name = "admin/news/widgets/item_input.html"

    class Media:
        js = ("news/item_input.js",)


class CheckboxColumns(forms.CheckboxSelectMultiple):
    """Checkboxes in columns, the chosen ones named above; the script adds a field that narrows them."""

    template_name = "admin/news/widgets/checkbox_columns.html"

    class Media:
        css = {"all": ["news/editing.css"]}
        js = ("news/checkbox_columns.js",)

    def get_context(self, name: str, value: Iterable[Any] | None, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the options with the names of the chosen ones."""
        context = super().get_context(name, value, attrs)
        options = [option for _group, options, _index in context["widget"]["optgroups"] for option in options]
        context["widget"]["chosen"] = [str(option["label"]).strip() for option in options if option["selected"]]
        context["widget"]["narrow_label"] = _("Narrow the list")
        return context
