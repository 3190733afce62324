"""The page on which a person sets what is his alone: time zone, mails, language, password."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from news.admin.person_fields import TimeZoneField
from news.models import Person
from news.people import person_of

PASSWORD_BUTTON = "_password"  # noqa: S105 - the name of a button


class SettingsForm(forms.ModelForm):
    """What a person may change of what the newsroom knows of him."""

    time_zone = TimeZoneField()

    class Meta:
        model = Person
        fields = ("time_zone", "mail", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("TimeZoneField", self.fields["time_zone"]).keep(self.instance.time_zone)


class PasswordForm(PasswordChangeForm):
    """Django's, on a page on which it stands second: it leaves the cursor alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].widget.attrs.pop("autofocus", None)


@sensitive_post_parameters()
def your_settings(request: HttpRequest) -> HttpResponse:
    """Show both forms, and store the one whose button was pressed."""
    user = cast("User", request.user)
    is_password = PASSWORD_BUTTON in request.POST
    sent = request.POST if request.method == "POST" else None
    settings_form = SettingsForm(None if is_password else sent, instance=person_of(user))
    password_form = PasswordForm(user, sent if is_password else None)
    pressed: Any = password_form if is_password else settings_form
    if sent is not None and pressed.is_valid():
        pressed.save()
        update_session_auth_hash(request, user)  # a new password ends every other session, not this one
        messages.success(request, _("Your password is changed.") if is_password else _("Your settings are saved."))
        return HttpResponseRedirect(request.path)
    context = admin.site.each_context(request) | {
        "title": _("Your settings"),
        "settings_form": settings_form,
        "password_form": password_form if user.has_usable_password() else None,
        "has_errors": bool(pressed.errors),
    }
    return TemplateResponse(request, "admin/your_settings.html", context)
