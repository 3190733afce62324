"""The addresses of the newsroom, and of the pages that list its news."""

import re

from django.conf import settings
from django.urls import path, register_converter

from news import files, search_views, social_cards, views


class LocalLanguage:
    """Matches the code of a language that news is written in and the interface does not speak."""

    regex = "|".join(re.escape(code) for code, _name in settings.LOCAL_LANGUAGES)

    def to_python(self, value: str) -> str:
        """Return the code."""
        return value

    def to_url(self, value: str) -> str:
        """Return the code."""
        return value


class RowNumber:
    """Matches the number of an item or an edition, as long as a database can hold it."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return the number as text."""
        return str(value)


register_converter(RowNumber, "number")
register_converter(LocalLanguage, "local_language")
register_converter(files.ListFile, "list_file")

urlpatterns = [
    path("", views.home, name="home"),
    path("news/", views.news_list, name="news_list"),
    path("news/<list_file:file>", files.news_file, name="news_file"),
    path("news/<number:number>/", views.news_item, name="news_item_by_number"),
    path("news/<number:number>/<slug:slug>/", views.news_item, name="news_item"),
    path("news/<number:number>/<slug:slug>/editions/<number:edition>/", views.edition, name="edition"),
    path("news/<number:number>/<slug:slug>/editions/compare/", views.comparison, name="comparison"),
    path("search/", search_views.search, name="search"),
    path("search/<list_file:file>", files.search_file, name="search_file"),
    path("search/suggestions/", search_views.search_suggestions, name="search_suggestions"),
    path("countries/choose/", views.chosen_country, name="chosen_country"),
    path("countries/<slug:slug>/<list_file:file>", files.country_file, name="country_file"),
    path("countries/<slug:slug>/", views.country, name="country"),
    path("institutions/<slug:slug>/<list_file:file>", files.institution_file, name="institution_file"),
    path("institutions/<slug:slug>/", views.institution, name="institution"),
    path("fields-of-work/<slug:slug>/<list_file:file>", files.topic_file, name="topic_file"),
    path("fields-of-work/<slug:slug>/", views.topic, name="topic"),
]

# News in a local language stands in an English frame: /sq/news/12/title/.
LOCAL_ITEM = "<local_language:language>/news/<number:number>/<slug:slug>/"
local_urlpatterns = [
    path(LOCAL_ITEM, views.news_item, name="local_news_item"),
    path(f"{LOCAL_ITEM}editions/<number:edition>/", views.edition, name="local_edition"),
    path(f"{LOCAL_ITEM}editions/compare/", views.comparison, name="local_comparison"),
]

# Beside the library's, the same in every language.
card_urlpatterns = [path("files/cards/<number:number>.jpg", social_cards.card, name="card")]
