"""From which address a request comes, as far as that can be believed."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def client_address(request: HttpRequest) -> Address | None:
    """Return the visitor's address; None where the server names none (a socket).

    `X-Forwarded-For` is believed only as far as `PROXY_COUNT` proxies of ours have written it.
    """
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < settings.PROXY_COUNT <= len(forwarded):
        address = forwarded[-settings.PROXY_COUNT].strip()
    return _read(address) or _read(request.META.get("REMOTE_ADDR", ""))


def _read(text: str) -> Address | None:
    """Return the address in one form, whichever way it is written; None for what is no address."""
    try:
        known = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(known, ipaddress.IPv4Address):
        return known
    return known.ipv4_mapped or ipaddress.IPv6Address(int(known))  # without a zone, which is of the sender's machine
