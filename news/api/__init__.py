"""News as data: the newsroom's part of the API."""
