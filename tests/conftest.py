"""What every test needs: nothing kept from the test before."""

import pytest

from taxonomy import catalogue


@pytest.fixture(autouse=True)
def _forget_taxonomy() -> None:
    """Read taxonomy anew in each test: the database of the one before is gone."""
    catalogue.forget()
