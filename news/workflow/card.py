"""The card that other sites show of an edition: drawn by the worker, never of words that have been taken back."""

from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import override

from library.places import card_path
from library.tasks import make_card
from news.models import Edition


def ask_for_card(edition: Edition) -> None:
    """Once the approval is certain, have the card of the edition drawn; whoever may read the edition may see it."""
    with override(edition.language):
        kicker = str(edition.get_kind_display())
    image = (edition.files.get("lead") or {}).get("image")
    transaction.on_commit(
        partial(_renew, edition.pk, edition.title, kicker, image, edition.language),
        robust=True,  # a queue or a storage that fails keeps nobody from publishing
    )


def drop_card(edition: Edition) -> None:
    """Once an approval is taken back, delete the card: the title may be another one when it is approved again."""
    transaction.on_commit(partial(default_storage.delete, card_path(edition.pk)), robust=True)


def _renew(number: int, title: str, kicker: str, image: int | None, language: str) -> None:
    default_storage.delete(card_path(number))
    make_card.enqueue(number, title, kicker, image, language)
