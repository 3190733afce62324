"""The kinds of text as a list's parameter, `?kind=press-release`, and as links."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from news.models import Edition

PLURALS: dict[str, Promise] = {
    Edition.Kind.NEWS: _("News"),
    Edition.Kind.PRESS_RELEASE: _("Press releases"),
    Edition.Kind.STATEMENT: _("Statements"),
    Edition.Kind.SPOT_REPORT: _("Spot reports"),
    Edition.Kind.DAILY_REPORT: _("Daily reports"),
    Edition.Kind.MEDIA_ADVISORY: _("Media advisories"),
    Edition.Kind.SPEECH: _("Speeches"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLink:
    """A way to the texts of one kind, or to all."""

    name: Promise
    query: str
    is_current: bool


def kinds_asked(request: HttpRequest) -> list[str]:
    """Return the kinds that the address asks for, in their one order; none means all.

    Raises:
        Http404: there is no such kind.
    """
    asked = {kind for kind in request.GET.getlist("kind") if kind}
    if not asked.issubset(PLURALS):
        raise Http404
    return [kind.value for kind in Edition.Kind if kind in asked]


def kinds_query(kinds: list[str]) -> str:
    """Return the parameters that ask for the kinds: kind=spot-report&kind=daily-report."""
    return urlencode([("kind", kind) for kind in kinds])


def kind_links(asked: list[str]) -> list[KindLink]:
    """Return the links above the list, all kinds first."""
    everything = KindLink(name=_("All"), query="", is_current=not asked)
    return [everything] + [
        KindLink(name=name, query=f"?{kinds_query([kind])}", is_current=kind in asked) for kind, name in PLURALS.items()
    ]
