"""The forms of the publishing acts: what a person says with a button."""

import datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.admin.fields import MomentField
from news.admin.item_fields import DestinationField
from news.admin.moments import zones_of
from news.models import Removal
from news.workflow import RemovalWish

ROWS = {"rows": 3}


class MomentForm(forms.Form):
    """From when on an edition is to be public."""

    visible_from = MomentField(label=_("Public from"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moment: Any = self.fields["visible_from"]
        moment.set_zones(zones_of(user))

    @property
    def moment(self) -> datetime.datetime | None:
        """Return the moment; None is at once."""
        return self.cleaned_data.get("visible_from")

    def refuse_no_moment(self) -> None:
        """Ask for a moment that is still to come."""
        if self.moment is None and not self.has_error("visible_from"):
            self.add_error("visible_from", _("Choose the day and the time from which it is to be public."))
        if self.moment and self.moment < timezone.now():
            self.add_error("visible_from", _("This moment has passed. Choose a later one, or now."))


class ApprovalForm(MomentForm):
    """Approve from a moment on."""

    prefix = "approve"

    def clean(self) -> dict[str, Any]:
        """Ask for a moment that is still to come."""
        super().clean()
        self.refuse_no_moment()
        return self.cleaned_data


class ReturnForm(forms.Form):
    """Return an edition to its writers."""

    prefix = "return"

    remark = forms.CharField(
        label=_("Remark"),
        widget=AdminTextareaWidget(attrs=ROWS),
        help_text=_("What has to be mended; its writers read it above the form."),
        error_messages={"required": _("Say in a sentence what has to be mended.")},
    )


class ForceForm(MomentForm):
    """Approve without second eyes."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=AdminTextareaWidget(attrs=ROWS),
        help_text=_("Why it cannot wait for someone else. Colleagues read it until one of them has reviewed the text."),
        error_messages={"required": _("Say why it cannot wait for someone else’s eyes.")},
    )
    when = forms.ChoiceField(
        label=_("When"),
        choices=[("now", _("At once")), ("later", _("From a later moment on"))],
        widget=forms.RadioSelect,
        initial="now",
    )

    field_order = ("reason", "when", "visible_from")

    def clean(self) -> dict[str, Any]:
        """Ask for a moment where a later one was chosen."""
        super().clean()
        if self.cleaned_data.get("when") == "later":
            self.refuse_no_moment()
        return self.cleaned_data

    @property
    def moment(self) -> datetime.datetime | None:
        """Return the moment where a later one was chosen."""
        return super().moment if self.cleaned_data.get("when") == "later" else None


class RemovalForm(forms.Form):
    """Say how an item is to be removed; the verb checks it."""

    kind = forms.ChoiceField(
        label=_("Why is it removed?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (Removal.Kind.WITHDRAWN, _("Withdrawn")),
            (Removal.Kind.CONSOLIDATED, _("Consolidated")),
            (Removal.Kind.ERROR, _("Published in error")),
        ],
    )
    reason = forms.CharField(
        label=_("Reason, for colleagues"),
        required=False,
        widget=AdminTextareaWidget(attrs=ROWS),
        help_text=_("Kept in the record; readers don’t see it."),
    )
    explanation = forms.CharField(
        label=_("Explanation, for readers"),
        required=False,
        widget=AdminTextareaWidget(attrs=ROWS),
        help_text=_(
            "Shown where the text stood. What is withdrawn needs one, what was published in error may have one."
        ),
    )
    leads_to = DestinationField(
        label=_("Where its readers are led"),
        required=False,
        help_text=_(
            "Begin to type a title, or write an item’s number or the address of a page of this site. What is "
            "consolidated needs it; what was published in error may have it; what is withdrawn has none."
        ),
    )

    @property
    def wish(self) -> RemovalWish:
        """Return what was said, for the verb."""
        return RemovalWish(**{name: self.cleaned_data.get(name, "") for name in self.fields})
