"""Words as the library finds them: without accents and capitals, in both databases alike."""

import unicodedata
from typing import Any

from django.db import models

from taxonomy.letters import PLAIN_LETTERS


def folded(text: str) -> str:
    """Return a text without accents, capitals and double spaces: "Genève  2025" is "geneve 2025"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(plain.translate(PLAIN_LETTERS).split())


class FoldedField(models.TextField):
    """The texts of other fields of the row, folded: written with each save, and asked with `contains`.

    Args:
        of: the names of these fields.
    """

    def __init__(self, *args: Any, of: tuple[str, ...] = (), **options: Any) -> None:
        self.of = of
        given: dict[str, Any] = {"default": "", "editable": False} | options
        super().__init__(*args, **given)

    def deconstruct(self) -> Any:
        """Tell a migration what the field was made with."""
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 - Django's own
        """Return the texts as they are now."""
        return "\n".join(folded(str(getattr(model_instance, name) or "")) for name in self.of)
