"""The mark of what a person has seen before an act: the draft, and the words and files that it would publish now."""

from hashlib import blake2b

from news import workflow
from news.admin.form import version_of
from news.models import Edition


def seen_mark(edition: Edition) -> str:
    """Return a mark that differs once the draft was saved, or what it takes of the library has changed."""
    held = workflow.held_by(workflow.content_of(edition), edition.language) if edition.is_open else None
    if held is None or not held.files:
        return version_of(edition)
    return f"{version_of(edition)} {blake2b(repr(held).encode(), digest_size=8).hexdigest()}"
