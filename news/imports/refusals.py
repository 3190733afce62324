"""What is wrong with a row as a whole, whatever stands on the site."""

from collections.abc import Iterator

from news import access
from news.importers.rows import ItemRow, Problem, shown
from news.imports.standing import Known
from news.imports.versions import Names
from news.imports.wishes import Wish
from news.models import Edition
from news.models.news_item import news_languages


def refusals_of(row: ItemRow, known: Known | None, names: Names, wish: Wish) -> Iterator[Problem]:
    """Yield everything that is wrong: the language, another item's number, a text that is not the person's."""
    languages = dict(news_languages())
    if row.language not in languages:
        yield problem(row, "language", f"“{shown(row.language)}” is not one of {', '.join(sorted(languages))}.")
    elif known and known.language != row.language:
        yield problem(row, "id", f"item {known.number} is in “{known.language}”, not in “{row.language}”.")
    if known and known.source_id and not row.source_id:
        text = f"item {known.number} came from “{known.source}”: name it by source and source_id."
        yield problem(row, "id", text)
    if _is_foreign(row, known, names, wish):
        yield problem(
            row, "issued_by", f"{wish.on_behalf_of.get_username()} works for no institution that issues this."
        )
    if _publishes_without_right(row, wish):
        yield problem(row, "visible_from", f"{wish.on_behalf_of.get_username()} may not import items as published.")


def problem(row: ItemRow, name: str, text: str) -> Problem:
    """Return what is wrong with a field of the row."""
    return Problem(place=row.whereabouts.place(name), text=f"{name}: {text}")


def _is_foreign(row: ItemRow, known: Known | None, names: Names, wish: Wish) -> bool:
    """Say whether a row is none of the person's: issued by others, or of an item of others."""
    user = wish.on_behalf_of
    if user is None or access.works_everywhere(user):
        return False
    issuers = names.numbers("issued_by", row, row.newest.issued_by, [])
    newest = Edition.objects.filter(item=known.number).order_by("-number").first() if known else None
    return access.home_of(user).isdisjoint(issuers) or not access.is_at_home(user, newest)


def _publishes_without_right(row: ItemRow, wish: Wish) -> bool:
    is_public = any(edition.visible_from or edition.state == Edition.State.APPROVED for edition in row.editions)
    return bool(row.removals or is_public) and not may_publish(wish)


def may_publish(wish: Wish) -> bool:
    """Say whether what the public sees may be changed; an operator at the machine may."""
    user = wish.on_behalf_of
    return user is None or access.may(user, "publish_import")
