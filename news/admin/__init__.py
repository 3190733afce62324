"""The newsroom's admin."""

from news.admin.news_item import NewsItemAdmin
from news.admin.searches import SearchCountAdmin

__all__ = ["NewsItemAdmin", "SearchCountAdmin"]
