"""What the site tells machines that come to its door: crawlers, browsers that install it or search it, researchers."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.views.decorators.http import require_safe

from news.freshness import fresh
from osce_site.page_addresses import PREFIXES

PLAIN = "text/plain; charset=utf-8"
INVERSE, PAPER = "#10222f", "#ffffff"  # --inverse and --paper of tokens.css
NARROWING = ("kind", "institution", "country", "topic", "language")  # one value of one of them is a page
ENDLESS = ("q", "from", "to", "sort", "size", "at")  # parameters of lists whose pages are not for crawlers
ICONS = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("icon-512-maskable.png", 512, "maskable"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Name the sitemap, and what is not for crawlers."""
    prefixes = ["/", *PREFIXES.values()]
    answer = render(
        request,
        "osce_site/robots.txt",
        {"prefixes": prefixes, "endless": ENDLESS, "narrowing": NARROWING},
        content_type=PLAIN,
    )
    return fresh(request, answer)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a weakness (RFC 9116); nothing stands here without a contact and a day."""
    if not settings.SECURITY_CONTACTS or not settings.SECURITY_EXPIRES:
        raise Http404
    lines = [
        *(f"Contact: {address}" for address in settings.SECURITY_CONTACTS),
        f"Expires: {settings.SECURITY_EXPIRES.isoformat()}T00:00:00Z",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}{request.path}",
    ]
    return fresh(request, HttpResponse("\n".join(lines) + "\n", content_type=PLAIN))


@require_safe
def humans(request: HttpRequest) -> HttpResponse:
    """Say who makes the site, and of what."""
    return fresh(request, render(request, "osce_site/humans.txt", content_type=PLAIN))


@require_safe
def open_search(request: HttpRequest) -> HttpResponse:
    """Describe the search of the site to browsers (OpenSearch 1.1), in the language of the address."""
    kind = "application/opensearchdescription+xml; charset=utf-8"
    return fresh(request, render(request, "osce_site/opensearch.xml", content_type=kind))


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the site to browsers that install it, in the language of the address."""
    language = get_language() or settings.LANGUAGE_CODE
    described = {
        "id": "/",
        "name": str(settings.SITE_NAME),
        "short_name": str(settings.SITE_SHORT_NAME),
        "lang": language,
        "dir": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": INVERSE,
        "icons": [
            {"src": static(f"site/icons/{name}"), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
            for name, side, purpose in ICONS
        ],
    }
    answer = JsonResponse(described, json_dumps_params={"ensure_ascii": False})
    answer.headers["Content-Type"] = "application/manifest+json; charset=utf-8"
    return fresh(request, answer)


@require_safe
def favicon(_request: HttpRequest) -> HttpResponseRedirect:
    """Lead those who ask at the root to the picture that pages name."""
    return HttpResponseRedirect(static("site/icons/favicon.ico"))
