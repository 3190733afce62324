"""The admin of the site."""

from django.contrib.admin.apps import AdminConfig


class OsceAdminConfig(AdminConfig):
    """Django's admin."""

    verbose_name = "Admin"
