"""The kinds of text, as lists name many of them."""

from django.utils.functional import Promise
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
