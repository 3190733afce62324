"""The admin of the library; importing it registers its models."""

from library.admin import attachments, image_admin, logo_admin

__all__ = ["attachments", "image_admin", "logo_admin"]
