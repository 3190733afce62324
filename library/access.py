"""Who may do what in the library: every page asks here, and nowhere else.

Pictures belong to the house and not to an institution: whoever writes finds and describes all of them. What a picture
is public with, the newsroom decides; a logo is public at once, so it takes a right of its own.
"""

from collections.abc import Collection
from typing import Any

from library.holders import Use

ACTS = {
    "see": "library.view_image",
    "choose": "library.view_image",  # be offered pictures for an item
    "upload": "library.add_image",
    "describe": "library.change_image",
    "delete": "library.delete_image",
    "see_logos": "library.view_logo",
    "set_logo": "library.change_logo",
}


def may(user: Any, act: str) -> bool:
    """Say whether the user, anyone, may do the act, a key of `ACTS`."""
    return user.is_active and user.is_staff and user.has_perm(ACTS[act])


def is_foreign(uses: Collection[Use]) -> bool:
    """Say whether an attachment is of other institutions alone, by its uses as the user may know them.

    Attachments are not the house's: what none but drafts of others hold is not for the user to see, and what none but
    their items hold is not for the user to change. One that nothing holds yet is everybody's.
    """
    return bool(uses) and not any(use.address for use in uses)
