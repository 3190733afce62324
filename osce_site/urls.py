"""The addresses of the site: a table of contents."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

import news.urls

urlpatterns = [
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("news.urls")),
        path("", include("taxonomy.urls")),  # last: own pages of the navigation answer any path
        prefix_default_language=False,
    ),
    *news.urls.local_urlpatterns,
]
