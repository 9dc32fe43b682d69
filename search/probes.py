"""What /readyz tells of the search: neither decides whether the site is ready, as the site answers without it too."""

from django.db.models import F

from portal import probes
from search.analysis import version
from search.models import SearchIndex
from search.retrieval import engine
from search.retrieval.database import database_store
from search.retrieval.stores.engine import EngineFailed


def register_probes():
    probes.register(probes.Probe("search", index_state))
    probes.register(probes.Probe("search_engine", engine_state))


def index_state():
    """Whether the database's index is there, can be read, and was made by this machine's analysis."""
    states = list(SearchIndex.objects.defer("grams"))
    if not states:
        return "empty, run manage.py reindex"
    for state in states:
        database_store().count_after(state, state.sequence)
    if any(state.analysis != version() for state in states):
        return "made by another analysis, run manage.py reindex"
    return "up"


def engine_state():
    """Whether the engine answers a search within a second, and how many changes it still lacks."""
    if not engine.is_configured():
        return "not configured"
    behind = engine.lag()
    copied = SearchIndex.objects.filter(engine_generation=F("generation")).values_list("kind", flat=True).first()
    try:
        engine.engine().search(copied or "", [{"size": 0}], seconds=engine.SECONDS)
    except EngineFailed:
        return f"down, the database answers, {behind} changes behind"
    return f"up, {behind} changes behind" if behind else "up"
