"""The admin of the library."""

from library.admin import attachments

__all__ = ["attachments"]
