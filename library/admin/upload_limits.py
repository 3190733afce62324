"""What the library takes, in words for whoever uploads: kinds, bytes, and pixels of each kind."""

from django.utils.translation import gettext as _

from library.models import Image

BYTES_OF_COLOUR = 4  # that Pillow holds for a pixel of a picture in colour
BYTES = {"gif": 1}  # a GIF's colours are numbers of a list


def limits_in_words() -> list[str]:
    """Return the limits, a sentence each."""
    from library.opening import MEGA, MOST_BYTES  # noqa: PLC0415 - Pillow takes megabytes: it is loaded where a picture is opened

    pixels = ", ".join(f"{Image.Format(name).label} {most}" for name, most in megapixels_by_format().items())
    return [
        _("%(size)s MB for each file.") % {"size": MOST_BYTES // MEGA},
        _("The most megapixels: %(pixels)s. Save what is larger as JPEG, or make it smaller.") % {"pixels": pixels},
    ]


def megapixels_by_format() -> dict[str, int]:
    """Return the most megapixels of a picture in colour by its format, the largest first."""
    from library.opening import DECODER, MEGA, MEMORY, MOST_PIXELS  # noqa: PLC0415 - as above

    found = {"jpg": MOST_PIXELS // MEGA}
    held = {name: BYTES.get(name, BYTES_OF_COLOUR) * factor + 1 for name, factor in DECODER.items()}
    found |= {name: int(MEMORY / bytes_held / MEGA) for name, bytes_held in held.items()}
    return dict(sorted(found.items(), key=lambda each: -each[1]))
