"""Wagtail's search beside Elasticsearch or OpenSearch.

The admin searches the database's own index, which knows every filter of a queryset and is never behind; the engine
answers the public's searches, which carry filters of their own. So an engine that fails never stops an editor.
"""

from search.backends.adapter import DatabaseBackend


class SearchBackend(DatabaseBackend):
    """The database's answers; an engine that is not there must not fail a save."""

    catch_indexing_errors = True
