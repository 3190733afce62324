"""What the library takes, in words for whoever uploads: bytes, and pixels of each kind."""

from django.utils.translation import gettext as _

from library.room import limits


def limits_in_words() -> list[str]:
    """Return the limits, a sentence each."""
    taken = limits()
    by_size = sorted(taken.megapixels.items(), key=lambda each: -each[1])
    pixels = ", ".join(f"{name} {most}" for name, most in by_size)
    return [
        _("%(size)s MB for each file.") % {"size": taken.megabytes},
        _("The most megapixels: %(pixels)s. Save what is larger as JPEG, or make it smaller.") % {"pixels": pixels},
        _("The fewest pixels: %(long)s along the longer side, %(short)s along the other.")
        % {"long": taken.long_side, "short": taken.short_side},
    ]
