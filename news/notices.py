"""Word to the people concerned by an act: who is told, in which words, and what to do next."""

from typing import Any

from news.models import Edition


def tell(act: str, edition: Edition, *, by: Any, words: str = "") -> None:
    """Write a notice to each person whom the act concerns, in the transaction of the act.

    Args:
        act: "submit", "return", "approve", "schedule", "force", "unschedule", "remove" or "restore".
        edition: the one concerned.
        by: who did it, and is not told; None for an import, of which nobody is told.
        words: the remark or the reason.
    """
