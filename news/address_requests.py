"""The same proof by asking: the site is asked for former addresses, in this process, as a reader would."""

import random
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db.models import Max, Min
from django.test import Client

from news.address_check import Verdict, verdicts_on_kept
from news.models import FormerAddress

DEFAULT_SAMPLE = 100
MOVED = 301
GOOD_ENDS = frozenset({200, 410})


def verdicts_by_request(number: int) -> Iterator[Verdict]:
    """Ask for former addresses that chance chooses, and for where they lead."""
    site = urlsplit(settings.SITE_URL)
    client = Client(raise_request_exception=False)
    client.defaults |= {"SERVER_NAME": site.hostname or "localhost", "SERVER_PORT": str(site.port or 80)}
    for row in _sample(number):
        (worked_out,) = verdicts_on_kept([row])
        if worked_out.wrong or worked_out.is_waiting:
            yield worked_out
        else:
            yield Verdict(address=worked_out.address, wrong=_asked(client, row.path, worked_out.leads_to))


def _asked(client: Client, path: str, expected: str) -> str:
    """Return what is wrong with what is answered."""
    is_secure = settings.SITE_URL.startswith("https:")
    first = client.get(quote(path, safe="/%"), secure=is_secure)
    if first.status_code != MOVED:
        return f"it answers {first.status_code} instead of a redirect. Look at the routes and at the middleware."
    address = first.headers["Location"]
    second = client.get(address, secure=is_secure)
    if second.status_code not in GOOD_ENDS:
        return f"it leads to {address}, which answers {second.status_code}. Look at that item."
    is_expected = address == quote(expected, safe="/%")
    return "" if is_expected else f"it leads to {address} instead of {expected}."


def _sample(number: int) -> Iterator[FormerAddress]:
    """Yield former addresses, none twice, by chance; all of them where there are no more."""
    rows = FormerAddress.objects.order_by("pk").only("path", "item_id")
    if rows.count() <= number:
        yield from rows
        return
    ends = rows.aggregate(first=Min("pk"), last=Max("pk"))
    seen: set[int] = set()
    while len(seen) < number:
        row = rows.filter(pk__gte=random.randint(ends["first"], ends["last"])).first()  # noqa: S311 - a sample, no secret
        if row is None:  # the last ones have just gone
            return
        if row.pk not in seen:
            seen.add(row.pk)
            yield row
