"""Sets Django up in a process that a test has started. Such a process imports this before any model."""

import django

django.setup()
