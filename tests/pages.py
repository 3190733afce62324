"""What a visitor gets at an address."""

import json
from typing import Any

from django.test import Client


def page(client: Client, address: str, *, status: int = 200) -> str:
    """Return the text of a page that answers with the status."""
    response = client.get(address)
    assert response.status_code == status, f"{address}: {response.status_code}"
    return response.content.decode()


def main(client: Client, address: str, *, status: int = 200) -> str:
    """Return what stands inside the page's frame."""
    return page(client, address, status=status).partition('<main class="main"')[2].partition("</main>")[0]


def data(client: Client, address: str, *, status: int = 200) -> Any:
    """Return what the API answers at an address, with the status."""
    return json.loads(page(client, address, status=status))
