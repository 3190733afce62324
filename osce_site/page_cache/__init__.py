"""The cache of whole pages around Django: as fast as files, and as fresh as the log of changes.

Why it is built like this: docs/decisions/0018-the-page-cache.md.
"""
