"""The newsroom's records: items, their editions, and the log of publishing acts."""

from news.models.change import Change
from news.models.edition import Edition
from news.models.edition_tags import EditionCountry, EditionInstitution, EditionRelatedItem, EditionTopic
from news.models.news_item import NewsItem

__all__ = [
    "Change",
    "Edition",
    "EditionCountry",
    "EditionInstitution",
    "EditionRelatedItem",
    "EditionTopic",
    "NewsItem",
]
