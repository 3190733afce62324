"""The newsroom's admin."""

from news.admin.imports.batch_admin import ImportBatchAdmin
from news.admin.news_item import NewsItemAdmin
from news.admin.person import PeopleAdmin, RightsGroupAdmin
from news.admin.searches import SearchCountAdmin

__all__ = ["ImportBatchAdmin", "NewsItemAdmin", "PeopleAdmin", "RightsGroupAdmin", "SearchCountAdmin"]
