"""The admin of the library; importing it registers its models."""

from library.admin import image_admin, logo_admin

__all__ = ["image_admin", "logo_admin"]
