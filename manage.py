#!/usr/bin/env python
"""Run the site's management commands."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured

from osce_site.command_line import run

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osce_site.settings")
    try:
        run(sys.argv)
    except ImproperlyConfigured as error:  # a setting that no check could describe: its sentence is enough
        sys.exit(f"{type(error).__name__}: {error}")
