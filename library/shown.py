"""What an edition keeps of the library, as its page shows it: plain data, in the places of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from library.files import File, file
from library.models import Attachment
from library.pictures import Picture, picture

PLAYED = frozenset({Attachment.Kind.VIDEO, Attachment.Kind.AUDIO})


@dataclass(frozen=True)
class Shown:
    """The pictures and files of an edition.

    Attributes:
        kept: the value of the edition's field, as whoever keeps it describes it.
        is_past: whether the page is of the record, and its links lead to the versions that it had.
    """

    kept: Mapping[str, Any]
    is_past: bool = False

    @property
    def lead(self) -> Picture | None:
        """Return the picture above the text."""
        return picture(self.kept["lead"]) if self.kept.get("lead") else None

    @cached_property
    def gallery(self) -> list[Picture]:
        """Return the pictures below the text."""
        return [picture(kept) for kept in self.kept.get("gallery", ())]

    @property
    def all_pictures(self) -> list[Picture]:
        """Return the first picture and those of the gallery."""
        return [*([self.lead] if self.lead else []), *self.gallery]

    @cached_property
    def files(self) -> list[File]:
        """Return all attachments that are listed, in their order."""
        return [file(kept) for kept in self.kept.get("attachments", ())]

    @property
    def documents(self) -> list[File]:
        """Return the attachments that stand beside the text."""
        return [found for found in self.files if found.kind not in PLAYED]

    @property
    def recordings(self) -> list[File]:
        """Return the videos and recordings that stand below it."""
        return [found for found in self.files if found.kind in PLAYED]

    @property
    def pictures_in_text(self) -> dict[str, Picture]:
        """Return the pictures in its midst, by number."""
        return {number: picture(kept) for number, kept in self.kept.get("text", {}).items()}

    @property
    def files_in_text(self) -> dict[str, File]:
        """Return the attachments in its midst, by number."""
        return {number: file(kept) for number, kept in self.kept.get("text_attachments", {}).items()}

    def poster_of(self, recording: File) -> Picture | None:
        """Return the picture that stands where a recording will play."""
        kept = self.kept.get("posters", {}).get(str(recording.poster))
        return picture(kept) if kept else None

    def address_of(self, found: File) -> str:
        """Return where a link of this page leads: a page of the record keeps the file that it had."""
        return found.own_address if self.is_past else found.address
