"""The newsroom's records: items, their editions, who works on them, and the log of publishing acts."""

from news.models.change import Change
from news.models.contribution import Contribution
from news.models.edition import Edition
from news.models.edition_files import EditionAttachment, EditionImage
from news.models.edition_tags import EditionCountry, EditionInstitution, EditionRelatedItem, EditionTopic
from news.models.forced_approval import ForcedApproval
from news.models.former_address import FormerAddress
from news.models.import_batch import DiscardedImport, ImportBatch, ImportEntry, LastImport
from news.models.news_item import NewsItem
from news.models.notice import Notice
from news.models.person import Person
from news.models.removal import Removal
from news.models.search_document import SearchCount, SearchDocument, SearchHead, SpellingKey

__all__ = [
    "Change",
    "Contribution",
    "DiscardedImport",
    "Edition",
    "EditionAttachment",
    "EditionCountry",
    "EditionImage",
    "EditionInstitution",
    "EditionRelatedItem",
    "EditionTopic",
    "ForcedApproval",
    "FormerAddress",
    "ImportBatch",
    "ImportEntry",
    "LastImport",
    "NewsItem",
    "Notice",
    "Person",
    "Removal",
    "SearchCount",
    "SearchDocument",
    "SearchHead",
    "SpellingKey",
]
