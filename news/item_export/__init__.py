"""Items as an export hands them on: the rows that an import reads, made from the database in portions."""

from news.item_export.chosen import Chosen, everything, listed
from news.item_export.moment import one_moment
from news.item_export.portions import exported_rows

__all__ = ["Chosen", "everything", "exported_rows", "listed", "one_moment"]
