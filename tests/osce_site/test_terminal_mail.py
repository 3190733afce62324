"""A local site shows its mail in its terminal, and a site in production hands it to a mail server."""

import io
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.test import override_settings

TERMINAL = {"BACKEND": "osce_site.terminal_mail.EmailBackend"}


def shown(message: EmailMessage) -> str:
    """Return what the terminal shows of a message."""
    stream = io.StringIO()
    with override_settings(MAILERS={"default": TERMINAL | {"OPTIONS": {"stream": stream}}}):
        mailers.default.send_messages([message])
    return stream.getvalue()


def test_a_mail_can_be_read_in_the_terminal_in_any_alphabet():
    """On the wire it would be base64."""
    text = "Верните текст, пожалуйста: второй абзац повторяет первый, и дата в нём не та, что в заголовке."
    found = shown(EmailMessage("Возвращено", text, to=["anna@example.org"]))
    for part in ("anna@example.org", "Возвращено", text):
        assert part in found


def test_a_subject_of_two_lines_is_refused_as_on_the_wire():
    """What works in the terminal works in production."""
    with pytest.raises(ValueError, match="linefeed"):
        shown(EmailMessage("Hello\nBcc: all@example.org", "Text", to=["anna@example.org"]))


def test_in_production_the_mailer_can_be_made_and_does_not_wait_for_ever():
    """It needs the name of a host; the tests' own mailer would not tell."""
    environment = os.environ | {"SITE_URL": "https://www.example.org", "SECRET_KEY": "k" * 60}
    code = (
        "import django; django.setup(); from django.core.mail import mailers; mailer = mailers.default; "
        "print(type(mailer).__module__, mailer.host, mailer.timeout)"
    )
    environment["DJANGO_SETTINGS_MODULE"] = "osce_site.settings"
    asked = [sys.executable, "-c", code]
    found = subprocess.run(asked, env=environment, cwd=settings.ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - a fixed command
    assert found.stdout.split() == ["django.core.mail.backends.smtp", "localhost", "5"]
