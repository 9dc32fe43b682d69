"""The engine is a copy of the database's index and follows it by number of change."""

import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor

from search.engine.client import Engine
from search.engine.configured import configured_engine, is_configured
from search.models import SearchIndex
from search.storage.configured import database_storage

BATCH = 500
WRITERS = 2
MAX_KEY = 2**63 - 1


def replicate(kind: str, asked: Engine | None = None) -> int:
    """Copy to the engine what the database's index has and it lacks; gives the number of rows copied.

    May be done by several processes at once and again after any failure: a row's number of change decides which of
    two copies is newer. Raises EngineFailed.
    """
    asked, storage = asked or configured_engine(), database_storage()
    state, copied = storage.state(kind), 0
    if state is None:
        return 0
    name = asked.alias(kind)
    is_new = state.engine_generation != state.generation or state.analysis not in asked.indexes(kind).values()
    reached, last_key = (-1, 0) if is_new else (state.engine_sequence, MAX_KEY)
    if is_new:
        name = asked.create(kind, time.time_ns() // 1_000_000, state.analysis)
    with ThreadPoolExecutor(WRITERS) as writers:
        # While the engine takes in one batch the next is read and made ready; whatever fails is raised here.
        writing: deque[Future] = deque()
        while rows := storage.changes_after(state, reached, last_key, BATCH):
            writing.append(writers.submit(asked.write, name, rows))
            (last_key, reached), copied = rows[-1][:2], copied + len(rows)
            if len(writing) > WRITERS:
                writing.popleft().result()
        for written in writing:
            written.result()
    if is_new:
        asked.make_live(kind, name)
    SearchIndex.objects.filter(pk=state.pk).update(
        engine_generation=state.generation, engine_sequence=max(reached, 0), engine_analysis=state.analysis
    )
    return copied


def replicate_all() -> int:
    """Bring every index of the engine up to date; does nothing where there is no engine."""
    if not is_configured():
        return 0
    return sum(replicate(kind) for kind in SearchIndex.objects.values_list("kind", flat=True))


def lag() -> int:
    """How many rows the engine still lacks, over all indexes."""
    storage, behind = database_storage(), 0
    for state in SearchIndex.objects.defer("grams"):
        reached = state.engine_sequence if state.engine_generation == state.generation else -1
        behind += storage.count_after(state, reached)
    return behind
