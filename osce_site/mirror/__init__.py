"""The static mirror: the public site as files that any file server can serve.

Why it is built like this: docs/decisions/0019-static-mirror.md.
"""
