"""Which release of the site a page was made by: a page of another one is never shown."""

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

ROOMS = ("osce_site", "news", "library", "taxonomy", "record", "templates")
KINDS = {".py", ".html", ".txt", ".xml", ".rss", ".atom", ".json", ".mo"}
SHOWN = ("SITE_URL", "LANGUAGES", "LOCAL_LANGUAGES", "TIME_ZONE", "STATIC_URL", "MEDIA_URL", "DEBUG", "SECURE_CSP")
ALSO_SHOWN = ("WEBSUB_HUB", "PERMISSIONS_POLICY", "SECURE_HSTS_SECONDS", "SECURE_REFERRER_POLICY", "ALLOWED_HOSTS")
MANIFEST = "staticfiles.json"  # the names of the static files, which change with their content


def release() -> str:
    """Return a name that changes with the code, the templates, the translations, the settings and the database."""
    digest = blake2b(django.__version__.encode(), digest_size=9)
    for path in _files():
        digest.update(path.as_posix().encode())
        digest.update(blake2b(path.read_bytes(), digest_size=16).digest())
    for name in (*SHOWN, *ALSO_SHOWN):
        digest.update(f"{name}={getattr(settings, name, None)!r}".encode())
    digest.update(repr(_database()).encode())
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted(path for path in (settings.ROOT / room).rglob("*") if path.suffix in KINDS)
    manifest = Path(settings.STATIC_ROOT) / MANIFEST
    if manifest.is_file():
        yield manifest


def _database() -> tuple[Any, ...]:
    """Return which database it is; two that bear the same name differ in their logs of changes."""
    given = connections[DEFAULT_DB_ALIAS].settings_dict
    return (connections[DEFAULT_DB_ALIAS].vendor, str(given["NAME"]), given["HOST"], given["PORT"])
