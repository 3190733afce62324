"""What came in: who got a mail, and what it says."""

from django.core import mail


def told() -> set[str]:
    """Return the names of those who got a mail."""
    return {message.to[0].partition("@")[0] for message in mail.outbox}


def text_to(name: str) -> str:
    """Return the text of the one mail to a person."""
    [found] = [message.body for message in mail.outbox if message.to == [f"{name}@example.org"]]
    return found
