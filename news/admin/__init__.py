"""The newsroom's admin."""

from news.admin.news_item import NewsItemAdmin
from news.admin.person import PeopleAdmin, RightsGroupAdmin
from news.admin.searches import SearchCountAdmin

__all__ = ["NewsItemAdmin", "PeopleAdmin", "RightsGroupAdmin", "SearchCountAdmin"]
