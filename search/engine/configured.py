"""The search engine that SEARCH_URL names, if any."""

from typing import Any

from django.conf import settings

from search.caches import ProcessCache
from search.engine.client import Engine


def configuration() -> dict[str, Any]:
    return settings.WAGTAILSEARCH_BACKENDS.get("default", {})


def is_configured() -> bool:
    """Whether SEARCH_URL names an engine."""
    return bool(configuration().get("URL"))


def client_name() -> str:
    """Which engine it is: `elasticsearch` or `opensearch`."""
    return configuration().get("CLIENT", "")


def configured_engine() -> Engine:
    """The configured engine; its connections are kept."""
    chosen = configuration()
    return _engine(chosen["CLIENT"], chosen["URL"], chosen.get("INDEX_PREFIX", "search"), chosen.get("NODE_CLASS"))


@ProcessCache.of_calls(8)
def _engine(client: str, url: str, prefix: str, node_class: type | None) -> Engine:
    return Engine(client, url, prefix, **({"node_class": node_class} if node_class else {}))
