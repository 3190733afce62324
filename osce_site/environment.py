"""What the environment says of the site, so that a mistake in it reaches a system check, never a traceback."""

from typing import Any
from urllib.parse import SplitResult, urlsplit

DATABASE_ENGINES = {"django.db.backends.sqlite3", "django.db.backends.postgresql"}
NO_DATABASE = {"ENGINE": "django.db.backends.dummy"}
NO_ADDRESS = urlsplit("")


def address_parts(address: str) -> SplitResult:
    """Return the parts of an address; empty ones for what is none (brackets that don't close, a port out of range)."""
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return NO_ADDRESS
    return parts


def known_database(database: dict[str, Any]) -> dict[str, Any]:
    """Return the database if the site knows its kind; else none, so that no driver is missed before the check."""
    return database if database["ENGINE"] in DATABASE_ENGINES else dict(NO_DATABASE)


def upload_storage(bucket: str, *, endpoint: str, region: str) -> dict[str, Any]:
    """Return what Django needs to know of where uploads are kept: this machine's `MEDIA_ROOT`, or a bucket."""
    if not bucket:
        return {"BACKEND": "library.whole_files.WholeFileStorage"}
    options = {
        "bucket_name": bucket,
        "endpoint_url": endpoint or None,
        "region_name": region or None,
        "file_overwrite": True,  # a name is used again only for what takes the file's place, as in the folder
        "querystring_auth": True,
        "max_memory_size": 5_000_000,  # bytes of a file that is read; what is longer goes through a temporary file
        "signature_version": "s3v4",
        "addressing_style": "path" if endpoint else "auto",
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def storage_origin(endpoint: str, *, served_by: str) -> list[str]:
    """Return the origin that browsers are led to for files: none unless the storage itself answers them."""
    parts = address_parts(endpoint)
    return [f"{parts.scheme}://{parts.netloc}"] if served_by == "storage" and parts.netloc else []
