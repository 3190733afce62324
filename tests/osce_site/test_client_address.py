"""From which address a request comes, as the record keeps it."""

import pytest
from django.test import RequestFactory

from osce_site.client_address import client_address


@pytest.mark.parametrize(
    ("proxies", "header", "sender", "address"),
    [
        (0, "203.0.113.9", "192.0.2.7", "192.0.2.7"),
        (1, "203.0.113.9, 198.51.100.4", "10.0.0.1", "198.51.100.4"),
        (1, "no address", "10.0.0.1", "10.0.0.1"),
        (2, "198.51.100.4", "10.0.0.1", "10.0.0.1"),
        (0, "", "2001:0DB8:1:2::17", "2001:db8:1:2::17"),
        (0, "", "::ffff:192.0.2.7", "192.0.2.7"),
        (1, f"fe80::1%{'x' * 100}", "10.0.0.1", "fe80::1"),
        (0, "", "", "None"),
    ],
)
def test_the_whole_address_is_read_as_far_as_our_proxies_have_written_it(proxies, header, sender, address, settings):
    """In one form, and never longer than an address is."""
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": header}, REMOTE_ADDR=sender)
    assert str(client_address(request)) == address
