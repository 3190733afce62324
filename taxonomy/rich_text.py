"""Rich text: what the editor offers and what may be stored are one list; everything else is removed on every way in."""

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
sanitize = create_sanitizer(EXTENSIONS)


class RichTextField(ProseEditorField):
    """HTML of the allow-list, cleaned whenever it goes to the database: forms, imports, bulk writes and updates."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs = {"extensions": EXTENSIONS, "sanitize": sanitize, "blank": True, "default": ""} | kwargs
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        """Return the cleaned text for storing or comparing."""
        value = super().get_prep_value(value)
        return sanitize(value) if value else value
