"""What a text holds in its midst: an image or an attachment stands there as an empty figure that names its number."""

import re

FIGURE = re.compile(r'<figure data-(image|attachment)="([0-9]{1,18})"></figure>')


def images_in(html: str) -> list[int]:
    """Return the numbers of the images in a cleaned text, in its order, each once."""
    return _numbers(html, "image")


def attachments_in(html: str) -> list[int]:
    """Return the numbers of the attachments in a cleaned text, in its order, each once."""
    return _numbers(html, "attachment")


def _numbers(html: str, what: str) -> list[int]:
    return list(dict.fromkeys(int(number) for kind, number in FIGURE.findall(html) if kind == what))
