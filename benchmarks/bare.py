"""A bare Django view: what the site's pages are held against.

No middleware, no database, no template: `/?bytes=40000` answers with that many letters.
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="not used", MIDDLEWARE=[])  # noqa: S106 - no secret


def letters(request: HttpRequest) -> HttpResponse:
    """Answer with as many letters as the address asks for."""
    content = b"x" * int(request.GET["bytes"])
    return HttpResponse(content, headers={"Content-Length": len(content)})  # as CommonMiddleware sets it


urlpatterns = [path("", letters)]
application = get_wsgi_application()
