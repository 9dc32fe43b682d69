"""The search engine beside the database, when one is configured: asked within a second, or not at all."""


def is_configured():
    """Whether SEARCH_URL names an engine."""
    return False


def try_to_find(request):
    """The engine's hits, or None when it does not answer as it should."""
    return None


def ask_for(objects, *, kind):
    """Queue these (model label, key) pairs for the engine; nothing to do where there is none."""
