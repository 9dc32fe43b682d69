"""Wagtail's search on PostgreSQL."""

from search.backends.adapter import DatabaseBackend as SearchBackend

__all__ = ["SearchBackend"]
