"""Sets Django up with the site's settings. What measures in its own process imports this before any model."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osce_site.settings")
django.setup()
