"""What a question to the API may be refused for: which parameter it is, what is wrong, what may be done."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _


class Refusal(Exception):  # noqa: N818 - it says what is answered, as Http404 does
    """A question that is not answered, and what the asker is told.

    Attributes:
        status: of the answer.
        kind: the last word of the problem's type.
        title: what is wrong, the same for each problem of the type.
        detail: what is wrong with this question.
        members: what else the answer holds, for machines.
    """

    def __init__(self, status: int, kind: str, *, title: str, detail: str, **members: Any) -> None:
        """Take what the asker is told."""
        super().__init__(detail)
        self.status, self.kind, self.title, self.detail, self.members = status, kind, title, detail, members


def unknown_value(parameter: str, value: str) -> Refusal:
    """Return that a parameter has a value that nobody knows."""
    detail = _("“%(value)s” is no value of the parameter “%(parameter)s”.") % {"value": value, "parameter": parameter}
    errors = [{"parameter": parameter, "value": value, "detail": detail}]
    return Refusal(404, "unknown-value", title=_("Unknown value"), detail=detail, errors=errors)


def words_of_the_past(moment: str) -> Refusal:
    """Return that words are found in what is public now alone."""
    detail = _("Words are searched for in what is public now. Leave out “q” or “at”.")
    errors = [{"parameter": "at", "value": moment, "detail": detail}]
    return Refusal(404, "unknown-value", title=_("Unknown value"), detail=detail, errors=errors)


def unreadable_dates(given: QueryDict, problems: Mapping[str, str]) -> Refusal:
    """Return what is wrong with the dates, by parameter."""
    errors = [
        {"parameter": parameter, "value": given.getlist(parameter)[-1], "detail": problem}
        for parameter, problem in problems.items()
    ]
    detail = " ".join(f"{parameter}: {problem}" for parameter, problem in problems.items())
    return Refusal(400, "unreadable-date", title=_("Unreadable date"), detail=detail, errors=errors)
