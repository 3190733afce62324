"""What every page's frame shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from osce_site.site_names import SITE_NAME, SITE_SHORT_NAME


def site_frame(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - Django passes it
    """Return the names and the address of the site; the rest of the frame draws itself (templatetags/frame.py)."""
    return {"site_name": SITE_NAME, "site_short_name": SITE_SHORT_NAME, "site_url": settings.SITE_URL}
