"""The throttled login: whose failures count together, and what a locked pair of name and address is told."""

import ipaddress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

IPV6_NETWORK = 64  # bits; one connection has a whole network of this size to choose addresses from


def client_address(request: HttpRequest) -> str | None:
    """Return the address whose failures count together: an IPv4 address, or the network of an IPv6 one.

    None where the server names no address (a socket): then only the name counts.
    `X-Forwarded-For` is believed only as far as `PROXY_COUNT` proxies of ours have written it.
    """
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < settings.PROXY_COUNT <= len(forwarded):
        address = forwarded[-settings.PROXY_COUNT].strip()
    return _network(address) or _network(request.META.get("REMOTE_ADDR", "")) or None


def _network(address: str) -> str:
    """Return the address as text in one form, or nothing for what is no address."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ipaddress.IPv6Network((known, IPV6_NETWORK), strict=False).network_address)


def locked(request: HttpRequest, _response: HttpResponse | None, _credentials: dict[str, Any] | None) -> HttpResponse:
    """Say that the login waits, for how long, and what to do; the same whether the name exists or not."""
    wait: timedelta = settings.AXES_COOLOFF_TIME
    context = admin.site.each_context(request) | {
        "title": _("Please wait before you log in"),
        "failures": settings.AXES_FAILURE_LIMIT,
        "minutes": wait // timedelta(minutes=1),
    }
    response = render(request, "registration/locked.html", context, status=429)
    response["Retry-After"] = str(wait // timedelta(seconds=1))
    response["Cache-Control"] = "no-store"
    return response
