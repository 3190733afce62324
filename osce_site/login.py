"""The throttled login: whose failures count together, and what a locked pair of name and address is told."""

import ipaddress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from osce_site.client_address import client_address

IPV6_NETWORK = 64  # bits; one connection has a whole network of this size to choose addresses from


def throttled_address(request: HttpRequest) -> str | None:
    """Return the address whose failures count together: an IPv4 address, or the network of an IPv6 one.

    None where the server names no address: then only the name counts.
    """
    address = client_address(request)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((address, IPV6_NETWORK), strict=False).network_address)
    return str(address) if address else None


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
