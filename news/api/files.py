"""The pictures and files of an item as data."""

from library.files import File
from library.pictures import Picture
from library.serving import media_type
from library.shown import Shown
from news.api.schemas import AttachmentData, ImageData
from news.models import Edition
from taxonomy.api import full


def images_of(edition: Edition) -> list[ImageData]:
    """Return an edition's pictures, the first one first, those in its text last."""
    shown = Shown(edition.files)
    pictures = [*shown.all_pictures, *shown.pictures_in_text.values()]
    return [_image(picture) for picture in {picture.image: picture for picture in pictures}.values()]


def attachments_of(edition: Edition) -> list[AttachmentData]:
    """Return an edition's attachments, those in its text last."""
    shown = Shown(edition.files)
    files = {file.attachment: file for file in [*shown.files, *shown.files_in_text.values()]}
    return [_attachment(file) for file in files.values()]


def _image(picture: Picture) -> ImageData:
    address, width, height = picture.widest("whole")
    return ImageData(
        id=picture.image,
        alternative="" if picture.is_decorative else picture.alternative,
        caption=picture.caption,
        credit=picture.credit,
        address=full(address),
        width=width,
        height=height,
    )


def _attachment(file: File) -> AttachmentData:
    return AttachmentData(
        id=file.attachment,
        title=file.title,
        kind=file.kind,
        language=file.language,
        media_type=media_type(file.format),
        size=file.size,
        pages=file.pages,
        address=full(file.address),
        version_address=full(file.own_address),
    )
