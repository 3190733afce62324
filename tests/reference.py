"""The reference material that lies beside the repository where the site is built, and in no plain clone."""

from pathlib import Path

import pytest

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "reference"
REAL_PAGE = REFERENCE / "page.txt"
OWN_PAGE = Path(__file__).parent / "data" / "page.txt"

needs_reference = pytest.mark.skipif(
    not REAL_PAGE.exists(),
    reason="../shared/reference is not here; a test beside this one reads the project's own page",
)
both_pages = pytest.mark.parametrize(
    "page", [pytest.param(OWN_PAGE, id="own page"), pytest.param(REAL_PAGE, id="real page", marks=needs_reference)]
)
