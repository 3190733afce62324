"""System checks: a wrong setting is said at the start, with what to do.

They run before each management command, and before the site answers (osce_site/wsgi.py).
"""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register, run_checks
from django.core.checks import Warning as CheckWarning
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host
from django.utils import timezone

from osce_site.environment import DATABASE_ENGINES, address_parts
from osce_site.local_site import is_writable

TAG = "osce_site"
SHORTEST_SECRET_KEY = 50  # characters; what Django's own security.W009 asks for
HINTS = {
    "DATABASE_URL": "Use postgres://USER:PASSWORD@HOST:5432/NAME, or leave it unset for SQLite in var/.",
    "CACHE_URL": "Use redis://HOST:6379/0, or leave it unset to cache in the process.",
    "DATABASE_POOL_SIZE": "Use a whole number of connections, e.g. 8, or leave it unset.",
    "DEBUG": "Use 1 or 0, or leave it unset.",
    "SECURITY_EXPIRES": "Use a day within a year, e.g. 2027-06-30, or leave it unset.",
    "PROXY_COUNT": "Use the number of proxies in front of the site, e.g. 1, or leave it unset.",
    "WEB_CONCURRENCY": "Use the number of gunicorn's processes, e.g. 4, or leave it unset.",
    "IMPORT_UPLOAD_MB": "Use a number of megabytes, e.g. 20, or leave it unset.",
    "FILES_SERVED_BY": "See “Where files are kept and who serves them” in docs/operators.md.",
}
FILES_SERVED_BY = {"application", "nginx", "storage"}
MAILTO = re.compile(r"mailto:[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
SECURITY_ENDS_SOON = datetime.timedelta(days=30)
SECURITY_LONGEST = datetime.timedelta(days=366)  # RFC 9116 asks for less than a year; a leap day is no reason to warn
SMALLEST = {"DATABASE_POOL_SIZE": 1, "PROXY_COUNT": 0, "WEB_CONCURRENCY": 1, "IMPORT_UPLOAD_MB": 1}


def refuse_wrong_settings() -> None:
    """Raise `ImproperlyConfigured` with every error that the checks of the settings find."""
    errors = [message for message in run_checks(tags=[TAG]) if message.is_serious()]
    errors.sort(key=lambda error: error.id or "")  # Django keeps checks in a set
    if errors:
        raise ImproperlyConfigured("\n".join(f"{error.id}: {error.msg} {error.hint}" for error in errors))


@register(TAG)
def secret_key_is_strong(**_given: Any) -> Iterator[CheckMessage]:
    """In production the key comes from the environment; elsewhere it is kept in var/."""
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:  # Django's answer to an empty one
        key = ""
    if not key and not settings.IS_PRODUCTION:
        yield Error(
            f"The folder {settings.VAR} cannot be written, so the local site has no SECRET_KEY.",
            hint="Make the folder writable, or set SECRET_KEY.",
            id="osce_site.E001",
        )
    elif settings.IS_PRODUCTION and len(key) < SHORTEST_SECRET_KEY:
        yield Error(
            f"SECRET_KEY has {len(key)} characters; SITE_URL is an https address, so this is production.",
            hint=f"Set SECRET_KEY to at least {SHORTEST_SECRET_KEY} random characters, kept outside the repository.",
            id="osce_site.E001",
        )


@register(TAG)
def site_url_is_an_address(**_given: Any) -> Iterator[CheckMessage]:
    """`SITE_URL` is a scheme and a host, perhaps a port, and nothing after them."""
    parts = address_parts(settings.SITE_URL)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query or parts.fragment:
        yield Error(
            f"SITE_URL is {settings.SITE_URL!r}.",
            hint="Use the address of the home page without a path, e.g. https://www.example.org.",
            id="osce_site.E002",
        )


@register(TAG)
def the_site_answers_to_its_own_address(**_given: Any) -> Iterator[CheckMessage]:
    """The host of `SITE_URL` is an allowed one."""
    host = address_parts(settings.SITE_URL).hostname
    if host and not validate_host(f"[{host}]" if ":" in host else host, settings.ALLOWED_HOSTS):
        yield Error(
            f"ALLOWED_HOSTS is {settings.ALLOWED_HOSTS!r} and lacks {host!r}, the host of SITE_URL.",
            hint=f"Add {host} to ALLOWED_HOSTS, or leave ALLOWED_HOSTS unset.",
            id="osce_site.E003",
        )


@register(TAG)
def production_shows_no_tracebacks(**_given: Any) -> Iterator[CheckMessage]:
    """`DEBUG` shows settings and code to whoever meets an error."""
    if settings.DEBUG and settings.IS_PRODUCTION:
        yield Error(
            f"DEBUG is on, and SITE_URL ({settings.SITE_URL}) is an https address, so this is production.",
            hint="Unset DEBUG.",
            id="osce_site.E004",
        )


@register(TAG)
def the_environment_can_be_read(**_given: Any) -> Iterator[CheckMessage]:
    """Say each variable whose text cannot be read; never the text, which may hold a password."""
    for name, reasons in settings.UNREADABLE_VARIABLES.items():
        yield Error(
            f"{name} in the environment cannot be read: {' '.join(reasons)}", hint=HINTS[name], id="osce_site.E005"
        )


@register(TAG)
def the_database_is_one_that_the_site_knows(**_given: Any) -> Iterator[CheckMessage]:
    """Locks, constraints and search are written for these two."""
    engine = settings.DATABASE_ASKED["ENGINE"]
    if engine not in DATABASE_ENGINES and "DATABASE_URL" not in settings.UNREADABLE_VARIABLES:
        yield Error(
            f"DATABASE_URL asks for {engine.rpartition('.')[2]}; the site runs on SQLite and PostgreSQL.",
            hint=HINTS["DATABASE_URL"],
            id="osce_site.E006",
        )


@register(TAG)
def uploads_can_be_kept(**_given: Any) -> Iterator[CheckMessage]:
    """`MEDIA_ROOT` and `IMPORTS_ROOT` are folders that can be written, or can be made."""
    for name in ("MEDIA_ROOT", "IMPORTS_ROOT"):
        folder = getattr(settings, name)
        if not is_writable(Path(folder)):
            yield Error(
                f"{name} is {folder!r}, where nothing can be written.",
                hint="Make the folder and give it to the user that runs the site.",
                id="osce_site.E007",
            )


@register(TAG)
def imported_files_are_not_served(**_given: Any) -> Iterator[CheckMessage]:
    """A web server that shows `MEDIA_ROOT` would show what is to be published next week."""
    folder = Path(settings.IMPORTS_ROOT).resolve()
    if folder.is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        yield Error(
            f"IMPORTS_ROOT is {settings.IMPORTS_ROOT!r}, in MEDIA_ROOT, whose files everybody can read.",
            hint="Use a folder beside it, e.g. /srv/osce-imports.",
            id="osce_site.E012",
        )


@register(TAG)
def files_are_served_in_a_known_way(**_given: Any) -> Iterator[CheckMessage]:
    """Any other would answer each file with an error."""
    if settings.FILES_SERVED_BY not in FILES_SERVED_BY:
        yield Error(
            f"FILES_SERVED_BY is {settings.FILES_SERVED_BY!r}.",
            hint=f"Use one of {', '.join(sorted(FILES_SERVED_BY))}, or leave it unset.",
            id="osce_site.E013",
        )


@register(TAG)
def whoever_serves_files_has_them(**_given: Any) -> Iterator[CheckMessage]:
    """nginx sends from its disk; browsers may be led to a storage only where its address is known to the policy."""
    way, bucket, endpoint = settings.FILES_SERVED_BY, settings.MEDIA_BUCKET, settings.MEDIA_ENDPOINT
    wrong = {
        "FILES_SERVED_BY is 'nginx', and MEDIA_BUCKET is set: nginx has no such file.": way == "nginx" and bucket,
        "FILES_SERVED_BY is 'storage', and MEDIA_BUCKET and MEDIA_ENDPOINT are not both set.": way == "storage"
        and not (bucket and endpoint),
        "MEDIA_ENDPOINT or MEDIA_REGION is set, and MEDIA_BUCKET is not, so that neither means anything.": (
            endpoint or settings.MEDIA_REGION
        )
        and not bucket,
    }
    for what in (words for words, is_so in wrong.items() if is_so):
        yield Error(what, hint=HINTS["FILES_SERVED_BY"], id="osce_site.E014")


@register(TAG)
def the_storage_is_an_address(**_given: Any) -> Iterator[CheckMessage]:
    """Keys and files go there: in the open they would be anybody's, but for a storage on this very machine."""
    parts = address_parts(settings.MEDIA_ENDPOINT)
    is_here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    if settings.MEDIA_ENDPOINT and not (_is_https(settings.MEDIA_ENDPOINT) or is_here):
        yield Error(
            f"MEDIA_ENDPOINT is {settings.MEDIA_ENDPOINT!r}, which is no https address.",
            hint="Write it like https://s3.eu-central-1.amazonaws.com.",
            id="osce_site.E015",
        )


@register(TAG)
def numbers_are_large_enough(**_given: Any) -> Iterator[CheckMessage]:
    """A pool of no connections lets every request wait and fail; no process answers nobody; -1 proxies are none."""
    for name, smallest in SMALLEST.items():
        number = getattr(settings, name)
        if number is not None and number < smallest:
            yield Error(f"{name} is {number}, and cannot be below {smallest}.", hint=HINTS[name], id="osce_site.E008")


@register(TAG)
def the_hub_is_an_address(**_given: Any) -> Iterator[CheckMessage]:
    """Readers of every feed are sent to it."""
    if settings.WEBSUB_HUB and not _is_https(settings.WEBSUB_HUB):
        yield Error(
            f"WEBSUB_HUB is {settings.WEBSUB_HUB!r}, which is no https address.",
            hint="Use the hub's address, e.g. https://hub.example.org/, or leave it unset.",
            id="osce_site.E009",
        )


@register(TAG)
def security_contacts_can_be_reached(**_given: Any) -> Iterator[CheckMessage]:
    """security.txt names them, and stands only where both settings do."""
    for contact in settings.SECURITY_CONTACTS:
        if not _is_https(contact) and not MAILTO.fullmatch(contact):
            yield Error(
                f"SECURITY_CONTACTS has {contact!r}, which is neither a mailto: nor an https: address.",
                hint="Write it as mailto:security@example.org or https://www.example.org/security/.",
                id="osce_site.E010",
            )
    if settings.SECURITY_CONTACTS and not settings.SECURITY_EXPIRES:
        yield Error(
            "SECURITY_CONTACTS is set and SECURITY_EXPIRES is not, so that there is no security.txt.",
            hint=HINTS["SECURITY_EXPIRES"],
            id="osce_site.E011",
        )


@register(TAG)
def security_txt_is_looked_after(**_given: Any) -> Iterator[CheckMessage]:
    """Its day is within a year. A warning: a site that starts again must not stay down because a day has passed."""
    if not settings.SECURITY_EXPIRES:
        return
    left = settings.SECURITY_EXPIRES - timezone.now().date()
    wrong = {
        "has passed, so that nobody may rely on security.txt any more": left <= datetime.timedelta(),
        "is near": datetime.timedelta() < left <= SECURITY_ENDS_SOON,
        "is more than a year ahead": left > SECURITY_LONGEST,
    }
    for what in (words for words, is_so in wrong.items() if is_so):
        yield CheckWarning(
            f"SECURITY_EXPIRES is {settings.SECURITY_EXPIRES}, which {what}.",
            hint="See that the contacts are still right, and set it to a day within a year.",
            id="osce_site.W001",
        )


def _is_https(address: str) -> bool:
    parts = address_parts(address)
    return parts.scheme == "https" and bool(parts.hostname)
