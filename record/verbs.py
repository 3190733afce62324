"""The words for what was done: verbs are stored as English code words, and shown in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_names: dict[str, str | Promise] = {"create": _("created"), "change": _("changed"), "delete": _("deleted")}


def name_verbs(names: Mapping[str, str | Promise]) -> None:
    """Say how the verbs of an app are shown: `{"approve": _("approved")}`."""
    _names.update(names)


def verb_in_words(verb: str) -> str:
    """Return the word for a verb; one that nobody has named stands for itself."""
    return str(_names.get(verb, verb))
