"""What the person who imports asks for."""

import datetime
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How rows are to be taken.

    Attributes:
        publish: approve what is complete and does not say itself how far it is, from its date of issue on.
        issued_at: the date of issue of rows without one; it is in the readers' options too.
        take_theirs: fields in which the file counts more than what an editor has changed.
        create_missing: create institutions and fields of work that are not known yet.
        on_behalf_of: the user who is bound to his institutions; None where an operator imports at the machine.
    """

    publish: bool = False
    issued_at: datetime.datetime | None = None
    take_theirs: frozenset[str] = frozenset()
    create_missing: bool = False
    on_behalf_of: Any = None

    def plain(self) -> dict[str, Any]:
        """Return it as the batch keeps it."""
        return {
            "publish": self.publish,
            "issued_at": self.issued_at and self.issued_at.isoformat(),
            "take_theirs": sorted(self.take_theirs),
            "create_missing": self.create_missing,
            "on_behalf_of": self.on_behalf_of and self.on_behalf_of.get_username(),
        }
