"""Rich text: what the editor offers and what may be stored are one list; everything else is removed on every way in."""

import re
from collections.abc import Callable
from typing import Any

from django_prose_editor.fields import ProseEditorField, create_sanitizer

EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "HorizontalRule": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
}
# The texts of news also hold images and attachments: empty figures that name a number, drawn when the page is.
WITH_FILES = EXTENSIONS | {"EmbeddedFiles": True}
# Reads cleaned HTML, in whose attributes no "<" stands.
FIGURE_TAG = re.compile(r'(<figure data-(?:image|attachment)="[1-9][0-9]{0,17}"></figure>)|</?figure\b[^>]*>')


def _with_empty_figures(clean: Callable[[str], str]) -> Callable[[str], str]:
    """Return the sanitiser with figures that name a number and hold nothing; of others their contents stay."""

    def cleaned(html: str) -> str:
        html = clean(html)
        mended = FIGURE_TAG.sub(r"\1", html)
        return mended if mended == html else cleaned(mended)  # each turn leaves fewer tags

    return cleaned


sanitize = create_sanitizer(EXTENSIONS)
sanitize_with_files = _with_empty_figures(create_sanitizer(WITH_FILES))


class RichTextField(ProseEditorField):
    """HTML of the allow-list, cleaned whenever it goes to the database: forms, imports, bulk writes and updates."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs = {"extensions": EXTENSIONS, "sanitize": sanitize, "blank": True, "default": ""} | kwargs
        super().__init__(*args, **kwargs)

    @classmethod
    def with_files(cls, *args: Any) -> "RichTextField":
        """Return a field whose text may hold images and attachments of the library."""
        return cls(*args, extensions=WITH_FILES, sanitize=sanitize_with_files)

    def get_prep_value(self, value: Any) -> Any:
        """Return the cleaned text for storing or comparing."""
        value = super().get_prep_value(value)
        return self.sanitize(value) if value else value
