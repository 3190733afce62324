"""The addresses of the site: a table of contents."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

import news.urls

urlpatterns = [
    *news.urls.local_urlpatterns,  # first: own pages of the navigation answer any path
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("news.urls")),
        path("", include("taxonomy.urls")),  # last, for the same reason
        prefix_default_language=False,
    ),
]

handler404 = "osce_site.views.page_not_found"
