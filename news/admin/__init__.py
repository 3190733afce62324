"""The newsroom's admin."""

from news.admin.news_item import NewsItemAdmin

__all__ = ["NewsItemAdmin"]
