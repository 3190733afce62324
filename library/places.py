"""Where the storage keeps what the library makes of images; originals are kept by checksum (models.image)."""

from collections.abc import Iterator

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from library.slots import CROPS

ORIGINALS, RENDITIONS, CARDS, ATTACHMENTS = "originals", "renditions", "cards", "attachments"


def rendition_path(number: int, crop: str, width: int, form: str) -> str:
    """Return the name of a rendition of an image."""
    return f"{RENDITIONS}/{number}/{crop}-{width}.{form}"


def quick_path(number: int) -> str:
    """Return the name of the JPEG that is made at the upload, and served until the renditions are there."""
    return f"{RENDITIONS}/{number}/quick.jpg"


def card_path(number: int) -> str:
    """Return the name of a card for social networks, by whatever number its page has."""
    return f"{CARDS}/{number}.jpg"


def folder_of(number: int) -> str:
    """Return the folder of all that is made of an image."""
    return f"{RENDITIONS}/{number}"


def paths_of(number: int, size: tuple[int, int]) -> Iterator[str]:
    """Yield the names of all that is made of an image of that size."""
    yield quick_path(number)
    for crop in CROPS.values():
        for width in crop.widths_for(size):
            for form in crop.formats:
                yield rendition_path(number, crop.name, width, form)


def put(path: str, content: File | bytes) -> None:
    """Store a file under exactly this name, in place of what is there."""
    if default_storage.get_available_name(path) != path:  # a storage that would choose another name
        default_storage.delete(path)
    default_storage.save(path, ContentFile(content) if isinstance(content, bytes) else content)


def files_in(folder: str) -> list[str]:
    """Return the names of the files right in a folder; none where it isn't there."""
    try:
        return sorted(default_storage.listdir(folder)[1])
    except FileNotFoundError:
        return []


def files_below(folder: str) -> Iterator[str]:
    """Yield the whole names of the files in a folder and in the folders within it."""
    for name in files_in(folder):
        yield f"{folder}/{name}"
    for name in folders_in(folder):
        yield from files_below(f"{folder}/{name}")


def folders_in(folder: str) -> list[str]:
    """Return the names of the folders right in a folder; none where it isn't there."""
    try:
        return sorted(default_storage.listdir(folder)[0])
    except FileNotFoundError:
        return []
