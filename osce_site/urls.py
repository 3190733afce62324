"""The addresses of the site: a table of contents."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

import library.urls
import news.urls
from news import sitemaps
from osce_site import discovery
from osce_site.api import api_addresses

# What machines ask for at the root.
discovery_urlpatterns = [
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-pages.xml", sitemaps.sitemap_of_pages, name="sitemap_of_pages"),
    path("sitemap-latest.xml", sitemaps.sitemap_of_latest_news, name="sitemap_of_latest_news"),
    path("sitemap-news-<int:number>.xml", sitemaps.sitemap_of_news, name="sitemap_of_news"),
    path("robots.txt", discovery.robots, name="robots"),
    path("humans.txt", discovery.humans, name="humans"),
    path(".well-known/security.txt", discovery.security, name="security"),
    path("favicon.ico", discovery.favicon, name="favicon"),
]

urlpatterns = [
    *discovery_urlpatterns,
    *library.urls.urlpatterns,
    *news.urls.card_urlpatterns,
    *news.urls.local_urlpatterns,  # first: own pages of the navigation answer any path
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("api/v1/", include(api_addresses(), namespace="api")),
        path("site.webmanifest", discovery.manifest, name="manifest"),
        path("opensearch.xml", discovery.open_search, name="open_search"),
        path("", include("news.urls")),
        path("", include("taxonomy.urls")),  # last, for the same reason
        prefix_default_language=False,
    ),
]

handler404 = "osce_site.views.page_not_found"
handler500 = "osce_site.views.server_error"
