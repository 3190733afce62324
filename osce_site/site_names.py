"""The names of the site, in one place; every page, feed and card takes them from here."""

from django.utils.translation import gettext_lazy as _

SITE_NAME = _("Organization for Security and Co-operation in Europe")
SITE_SHORT_NAME = _("OSCE")
