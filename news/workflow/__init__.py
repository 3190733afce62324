"""The publishing verbs: each checks right and rule under the publishing lock, writes, and leaves its row in both logs.

`transitions` holds their table, `news.access` who may do them.
"""

from news.workflow.approval import approve, force, review, unschedule
from news.workflow.content import SLUG_LENGTH, Content, content_of, missing, missing_from, readable_slug
from news.workflow.drafts import create_item, discard, name_address, open_edition, save_draft, send_back, submit
from news.workflow.held import held_by, undescribed
from news.workflow.removal import RemovalWish, removable_edition, remove, restore
from news.workflow.transitions import OPEN, TRANSITIONS, VERBS, WorkflowError, newest_edition

__all__ = [
    "OPEN",
    "SLUG_LENGTH",
    "TRANSITIONS",
    "VERBS",
    "Content",
    "RemovalWish",
    "WorkflowError",
    "approve",
    "content_of",
    "create_item",
    "discard",
    "force",
    "held_by",
    "missing",
    "missing_from",
    "name_address",
    "newest_edition",
    "open_edition",
    "readable_slug",
    "removable_edition",
    "remove",
    "restore",
    "review",
    "save_draft",
    "send_back",
    "submit",
    "undescribed",
    "unschedule",
]
