"""The site's settings for processes that are served over a line that can be cut."""

import os
from pathlib import Path

from tests.settings import *  # noqa: F403 - it is those settings

PAGES_FOLDER = Path(os.environ["OUTAGE_FOLDER"])
PAGES_KEPT_WARM = False
