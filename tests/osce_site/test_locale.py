"""The texts of the interface: complete in each language, with the same placeholders."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def messages(language: str) -> list:
    """Return the messages of a language's catalogue, without its header."""
    path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return [message for message in read_po(file) if message.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language):
    """Neither empty nor a guess that nobody has looked at."""
    texts = messages(language)
    lacking = [text.id for text in texts if text.fuzzy or not all(_forms(text.string))]
    assert texts
    assert lacking == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_has_the_placeholders_of_its_text(language):
    """A missing one loses a name or a number, a wrong one breaks the page."""
    different = [
        text.id
        for text in messages(language)
        for form in _forms(text.string)
        if sorted(PLACEHOLDER.findall(form)) != sorted(PLACEHOLDER.findall(_forms(text.id)[-1]))
    ]
    assert different == []


def test_every_language_translates_the_same_texts():
    """A text that one catalogue lacks is English there."""
    expected = {str(text.id) for text in messages("fr")}
    assert all({str(text.id) for text in messages(language)} == expected for language in LANGUAGES)


def _forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)
