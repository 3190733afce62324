"""A process that sends what waits, together with others: `python -m tests.news.notices.sender FOLDER WAY LAST`.

WAY is `at-once` or `digest`. Each mail is written into a file of the folder. After the mail number LAST the process
dies at once, as by a kill, before it could mark that mail as sent; 0 lets it live. It waits for a line on its standard
input, so that all begin together.
"""

import os
import sys
import uuid
from pathlib import Path
from typing import Any

import tests.django_set_up  # noqa: F401 - first of all

# isort: split

from django.core.mail.backends.base import BaseEmailBackend
from django.test import override_settings

from news.notices.sending import send_digests, send_what_waits

folder, way, last = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])


class EmailBackend(BaseEmailBackend):
    """Mail into files, each named by its Message-ID and a number of its own."""

    def send_messages(self, messages: Any) -> int:
        """Write each, and die after the last."""
        for message in messages:
            (folder / f"{message.extra_headers['Message-ID']} {uuid.uuid4().hex}").write_text(message.body)
            if last and len(list(folder.iterdir())) == last:
                os._exit(9)
        return len(messages)


if __name__ == "__main__":
    print("ready", flush=True)  # noqa: T201 - what the test waits for
    sys.stdin.readline()
    with override_settings(MAILERS={"default": {"BACKEND": "tests.news.notices.sender.EmailBackend"}}):
        outcome = send_digests() if way == "digest" else send_what_waits()
    print(outcome.sent)  # noqa: T201 - whoever started it reads this
