"""Proof that no address dies: what would be answered at each former one, worked out for many at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from news import own_addresses
from news.former_addresses import Asked, addresses_of, answering, items_at, normal
from news.models import FormerAddress

ADDRESSES_AT_ONCE = 2_000
OWN_PAGE = "this site has a page of its own there, which its readers get. Rename that page, or do without the address."
MACHINERY = "the site never looks for items there. Let the proxy in front of the site redirect it."
NOT_NORMAL = "no reader can ask for this, since it is not written as addresses are kept. Import the item again."
DEAD_END = "it leads to {address}, which is not public any more. Let the removal of the item lead elsewhere."
NOTHING = "nothing is found there. Give it to an item as one of its former_addresses, and import that."
NO_ADDRESS = "this is no address. Write a path such as /node/12, or a whole address."


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is wrong with an address, and what to do; nothing, where readers arrive, or will as soon as it is public."""

    address: str
    wrong: str = ""
    is_waiting: bool = False
    leads_to: str = ""


def kept_addresses() -> Iterator[Sequence[FormerAddress]]:
    """Yield all former addresses in portions, each with its item's number alone."""
    rows, last = FormerAddress.objects.order_by("pk").only("path", "item_id"), 0
    while portion := list(rows.filter(pk__gt=last)[:ADDRESSES_AT_ONCE]):
        yield portion
        last = portion[-1].pk


def verdicts_on_kept(rows: Sequence[FormerAddress]) -> Iterator[Verdict]:
    """Judge former addresses: one redirect has to lead to a page that answers, and to that of their item."""
    paths = [row.path for row in rows]
    own, numbers = own_addresses.found(paths), own_addresses.item_numbers(paths)
    leads_to = _destinations(paths)
    dead = _dead(leads_to.values())
    for row in rows:
        address = leads_to.get(row.path, "")
        wrong = _wrong_with(row.path, is_own=row.path in own and numbers.get(row.path) != row.item_id)
        if not wrong and address in dead:
            wrong = DEAD_END.format(address=address)
        named = f"{row.path} (of item {row.item_id})"
        yield Verdict(address=named, wrong=wrong, is_waiting=not wrong and not address, leads_to=address)


def verdicts_on_asked(texts: Sequence[str]) -> Iterator[Verdict]:
    """Judge addresses from anywhere: whether a reader finds something there."""
    paths = {text: normal(_path(text)) for text in texts}
    answered = _answered({path for path in paths.values() if path})
    for text, path in paths.items():
        is_found = path in answered or _path(text) == "/"
        yield Verdict(address=text, wrong="" if is_found else _why_not(path))


def _why_not(path: str) -> str:
    return NOTHING if path else NO_ADDRESS


def _answered(paths: set[str]) -> set[str]:
    """Return those of the paths at which a reader finds something, be it a redirect."""
    found, numbers = own_addresses.found(paths), own_addresses.item_numbers(paths)
    public = answering(numbers.values())
    own = {path for path in found if path not in numbers or numbers[path] in public}
    return own | set(items_at(paths - found))


def _path(text: str) -> str:
    """Return the path of a whole address, and any other text as it is."""
    scheme, separator, rest = text.partition("://")
    if not separator or "/" in scheme:
        return text
    return f"/{rest.partition('/')[2]}"


def _wrong_with(path: str, *, is_own: bool) -> str:
    if normal(path) != path:
        return NOT_NORMAL
    if Asked(path).is_machinery:
        return MACHINERY
    return OWN_PAGE if is_own else ""


def _destinations(paths: Iterable[str]) -> dict[str, str]:
    """Return where the addresses lead, as far as their items can be read, or could."""
    items = items_at(paths)
    led = addresses_of(list({item.pk: item for item in items.values()}.values()))
    return {path: led[item.pk] for path, item in items.items()}


def _dead(addresses: Iterable[str]) -> set[str]:
    """Return those of the site's addresses at which an item stood that cannot be read any more."""
    numbers = own_addresses.item_numbers(set(addresses))
    public = answering(numbers.values())
    return {address for address, number in numbers.items() if number not in public}
