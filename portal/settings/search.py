"""Which index answers searches, by the addresses in the environment."""

from urllib.parse import urlsplit

ENGINES = ("elasticsearch", "opensearch")


def backends_from_environment(database_url: str, search_url: str = "") -> dict[str, dict[str, str]]:
    """The WAGTAILSEARCH_BACKENDS setting for these addresses.

    `database_url` is DATABASE_URL (empty: SQLite). `search_url` is SEARCH_URL: empty, the database itself is searched;
    else `elasticsearch+https://…` or `opensearch+https://…`. Raises ValueError for any other kind of address.
    """
    if search_url:
        client, _, scheme = urlsplit(search_url).scheme.partition("+")
        if client not in ENGINES or scheme not in {"http", "https"}:
            raise ValueError("SEARCH_URL must begin with elasticsearch+https:// or opensearch+https://.")
        address = search_url.removeprefix(f"{client}+")
        return {"default": {"BACKEND": "search.backends.elasticsearch", "CLIENT": client, "URL": address}}
    is_postgresql = urlsplit(database_url).scheme in {"postgres", "postgresql", "psql", "pgsql"}
    return {"default": {"BACKEND": f"search.backends.{'postgresql' if is_postgresql else 'sqlite'}"}}
