"""What a camera wrote into a picture that an editor would else type: when, where, and who made it."""

import datetime
import re
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from PIL import ExifTags, Image

from library.opening import exif_of, header

DATE = re.compile(r"(\d{4}):(\d{2}):(\d{2})")
FIRST_PHOTOGRAPH = 1826
LONGEST = 200  # letters, of Image.credit


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What is offered to the editor, who decides; empty where the camera says nothing.

    Attributes:
        place: latitude and longitude in degrees, e.g. "48.20849, 16.37208".
        taken_on: the day by the camera's clock.
        credit: the photographer, else whose rights they are.
    """

    place: str = ""
    taken_on: datetime.date | None = None
    credit: str = ""


def offered(file: File, found: str) -> Offered:
    """Return what a picture's EXIF offers; nothing where it is broken."""
    try:
        exif = exif_of(file, header(file, found), found)
        details = exif.get_ifd(ExifTags.IFD.Exif)
        return Offered(
            place=_place(exif.get_ifd(ExifTags.IFD.GPSInfo)),
            taken_on=_day(details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)),
            credit=_words(exif, ExifTags.Base.Artist) or _words(exif, ExifTags.Base.Copyright),
        )
    except Exception:  # readers of EXIF raise a dozen kinds of errors, and none of them matters here
        return Offered()


def _day(text: Any) -> datetime.date | None:
    found = DATE.match(str(text or ""))
    if not found:
        return None
    try:
        day = datetime.date(*map(int, found.groups()))
    except ValueError:
        return None
    return day if day.year > FIRST_PHOTOGRAPH else None


def _words(exif: Image.Exif, tag: int) -> str:
    """Return a text in one line; cameras fill theirs up with zeros and spaces."""
    return " ".join(str(exif.get(tag) or "").replace("\0", " ").split())[:LONGEST]


def _place(gps: dict[int, Any]) -> str:
    """Return where the camera was; none at 0, 0, which is what one without reception writes."""
    latitude = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), "S")
    longitude = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), "W")
    if latitude is None or longitude is None or (not latitude and not longitude):
        return ""
    is_on_earth = abs(latitude) <= 90 and abs(longitude) <= 180  # noqa: PLR2004 - degrees
    return f"{latitude:.5f}, {longitude:.5f}" if is_on_earth else ""


def _degrees(parts: Any, reference: Any, negative: str) -> float | None:
    if not parts or len(parts) != 3:  # noqa: PLR2004 - degrees, minutes, seconds
        return None
    degrees, minutes, seconds = (float(part) for part in parts)
    found = degrees + minutes / 60 + seconds / 3600
    return -found if reference == negative else found
