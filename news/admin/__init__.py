"""The newsroom's admin."""

from news.admin.news_item import NewsItemAdmin
from news.admin.person import PeopleAdmin, RightsGroupAdmin

__all__ = ["NewsItemAdmin", "PeopleAdmin", "RightsGroupAdmin"]
