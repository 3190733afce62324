"""Mail of a site on somebody's own machine: shown in its terminal, as a person reads it."""

from typing import Any

from django.core.mail.backends import console

RULE = "─" * 72


class EmailBackend(console.EmailBackend):
    """Django's, without what the wire needs: a long line or a Cyrillic one would come as base64."""

    def write_message(self, message: Any) -> None:
        """Write for whom it is, what it is about, and its text; the headers are checked as on the wire."""
        message.message()
        self.stream.write(
            f"{RULE}\nMail to {', '.join(message.recipients())}\n{message.subject}\n\n{message.body}\n{RULE}\n"
        )
