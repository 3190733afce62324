"""Search: what a reader's words find, on PostgreSQL and on SQLite alike.

`find()` understands the words and returns what matches; the caller intersects it with what is listed, and lets it rank
and show what remains. Nothing here says that a text is public.
"""

from news.search.finding import Found, find

__all__ = ["Found", "find"]
