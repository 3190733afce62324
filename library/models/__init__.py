"""The library's records: images with their words, attachments with their versions, logos of institutions."""

from library.models.attachment import Attachment, AttachmentVersion
from library.models.image import Image, ImageText
from library.models.logo import Logo

__all__ = ["Attachment", "AttachmentVersion", "Image", "ImageText", "Logo"]
