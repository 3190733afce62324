"""The names of the native form of news, JSON Lines and CSV, in the order in which an export writes them."""

# What an edition holds of the text; an edition that is not the newest names only what differs from the newest.
CONTENT_FIELDS = (
    "kind",
    "title",
    "summary",
    "body_html",
    "dateline",
    "issued_at",
    "issued_by",
    "countries",
    "topics",
    "related",
)
# How far an edition is, and what is told of it: of an item with several editions they stand with each of them alone.
PUBLISHING_FIELDS = (
    "state",
    "visible_from",
    "visible_until",
    "listed_until",
    "is_minor",
    "change_note",
    "remark",
    "renders",
)
ITEM_FIELDS = (
    "source",
    "source_id",
    "id",
    "language",
    "slug",
    "url",
    "former_addresses",
    "translation_of",
)
PICTURE_FIELDS = ("images", "attachments")  # read, and left out: imports put nothing into the library yet
HISTORY_FIELDS = ("removal", "undone_removals", "editions")

FIELDS = (*ITEM_FIELDS, *CONTENT_FIELDS, *PICTURE_FIELDS, *PUBLISHING_FIELDS, *HISTORY_FIELDS)
EDITION_FIELDS = ("number", *PUBLISHING_FIELDS, *CONTENT_FIELDS)
REMOVAL_FIELDS = ("kind", "explanation", "leads_to", "removed_at")
UNDONE_REMOVAL_FIELDS = (*REMOVAL_FIELDS, "undone_at")
REFERENCE_FIELDS = ("id", "source", "source_id", "language")  # an export writes these in this order

# All others are written only where they hold something.
ALWAYS_WRITTEN = frozenset({"language", "kind", "title", "state", "number"})
