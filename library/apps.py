"""The app of the library."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    """Pictures and files."""

    name = "library"
    verbose_name = _("Pictures and files")

    def ready(self) -> None:
        """Record every write of the library's records; let logos say that their images are public."""
        from library import logos, posters  # noqa: PLC0415 - models are loaded only now
        from library.holders import add_holder  # noqa: PLC0415 - models are loaded only now
        from library.models import Attachment, AttachmentVersion, Image, ImageText, Logo  # noqa: PLC0415 - models are loaded only now
        from record.watching import watch  # noqa: PLC0415 - models are loaded only now

        add_holder("logos", logos.HOLDER)
        add_holder("posters", posters.HOLDER)
        watch(Image, ignored=["rendered_by", "problem", "search_text"])
        watch(ImageText, concerns="image", ignored=["search_text"])
        watch(Attachment)
        watch(AttachmentVersion, concerns="attachment")
        watch(Logo, concerns="institution")
