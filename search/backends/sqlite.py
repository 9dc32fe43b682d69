"""Wagtail's search on SQLite."""

from search.backends.adapter import DatabaseBackend as SearchBackend

__all__ = ["SearchBackend"]
