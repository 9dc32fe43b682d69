"""What /readyz tells of the search: neither decides whether the site is ready, as the site answers without it too."""

from django.db.models import F

from portal import probes
from search.analysis import fingerprint
from search.engine.client import EngineFailed
from search.engine.configured import configured_engine, is_configured
from search.engine.replication import lag
from search.engine.searching import SECONDS
from search.models import SearchIndex
from search.storage.configured import database_storage


def register_probes() -> None:
    probes.register(probes.Probe("search", index_state))
    probes.register(probes.Probe("search_engine", engine_state))


def index_state() -> str:
    """Whether the database's index is there, can be read, and was made by this machine's analysis."""
    states = list(SearchIndex.objects.defer("grams"))
    if not states:
        return "empty, run manage.py reindex"
    for state in states:
        database_storage().count_after(state, state.sequence)
    if any(state.analysis != fingerprint() for state in states):
        return "made by another analysis, the timed work rebuilds it"
    return "up"


def engine_state() -> str:
    """Whether the engine answers a search within a second, and how many changes it still lacks."""
    if not is_configured():
        return "not configured"
    behind = lag()
    copied = SearchIndex.objects.filter(engine_generation=F("generation")).values_list("kind", flat=True).first()
    try:
        configured_engine().search(copied or "", [{"size": 0}], seconds=SECONDS)
    except EngineFailed:
        return f"down, the database answers, {behind} changes behind"
    return f"up, {behind} changes behind" if behind else "up"
