"""The addresses of the newsroom, and of the pages that list its news."""

import re

from django.conf import settings
from django.urls import path, register_converter

from news import files, views


class LocalLanguage:
    """Matches the code of a language that news is written in and the interface does not speak."""

    regex = "|".join(re.escape(code) for code, _name in settings.LOCAL_LANGUAGES)

    def to_python(self, value: str) -> str:
        """Return the code."""
        return value

    def to_url(self, value: str) -> str:
        """Return the code."""
        return value


register_converter(LocalLanguage, "local_language")
register_converter(files.ListFile, "list_file")

urlpatterns = [
    path("", views.home, name="home"),
    path("news/", views.news_list, name="news_list"),
    path("news/<int:number>/<slug:slug>/", views.news_item, name="news_item"),
    path("news/<int:number>/<slug:slug>/editions/<int:edition>/", views.edition, name="edition"),
    path("news/<list_file:file>", files.news_file, name="news_file"),
    path("countries/<slug:slug>/<list_file:file>", files.country_file, name="country_file"),
    path("institutions/<slug:slug>/<list_file:file>", files.institution_file, name="institution_file"),
    path("fields-of-work/<slug:slug>/<list_file:file>", files.topic_file, name="topic_file"),
    path("countries/choose/", views.chosen_country, name="chosen_country"),
    path("countries/<slug:slug>/", views.country, name="country"),
    path("institutions/<slug:slug>/", views.institution, name="institution"),
    path("fields-of-work/<slug:slug>/", views.topic, name="topic"),
]

# News in a local language stands in an English frame: /sq/news/12/title/.
local_urlpatterns = [
    path("<local_language:language>/news/<int:number>/<slug:slug>/", views.news_item, name="local_news_item"),
    path(
        "<local_language:language>/news/<int:number>/<slug:slug>/editions/<int:edition>/",
        views.edition,
        name="local_edition",
    ),
]
