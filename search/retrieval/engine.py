"""The search engine beside the database, when one is configured: asked within a second, or not at all."""

import logging
import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from threading import Lock

from asgiref.local import Local
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import transaction

from search.models import SearchIndex
from search.retrieval.bodies import Bodies
from search.retrieval.database import database_store
from search.retrieval.requests import LISTED_AT_LEAST, RELEVANCE, Hits
from search.retrieval.stores.engine import Engine, EngineFailed

logger = logging.getLogger(__name__)

SECONDS = 1.0
# All round trips of a page together still leave the database time to step in.
SECONDS_FOR_ALL = 1.8
# With less than this left there is no sense in asking.
SHORTEST_WAIT = 0.2
FAILURES_BEFORE_REST = 3
SECONDS_OF_REST = 20
BATCH = 500
WRITERS = 2
MAX_KEY = 2**63 - 1


class CircuitBreaker:
    """After three failures in a row the engine is left alone for a while; then one request tries again."""

    def __init__(self):
        self._failures, self._resting_until, self._lock = 0, 0.0, Lock()

    def allows(self):
        with self._lock:
            now = time.monotonic()
            if now < self._resting_until:
                return False
            if self._failures >= FAILURES_BEFORE_REST:
                self._resting_until = now + SECONDS_OF_REST  # this request is the one that tries
            return True

    def succeeded(self):
        with self._lock:
            self._failures, self._resting_until = 0, 0.0

    def failed(self):
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES_BEFORE_REST:
                self._resting_until = time.monotonic() + SECONDS_OF_REST


breaker = CircuitBreaker()


class Patience:
    """How long the page being made may yet wait for the engine: a page asks several times, a person waits once."""

    def __init__(self):
        self._kept = Local()

    def begin(self, **signal):
        self._kept.seconds = SECONDS_FOR_ALL

    def end(self, **signal):
        self._kept.seconds = None

    @property
    def seconds(self):
        """What is left; outside of a page each search has all of it."""
        left = getattr(self._kept, "seconds", None)
        return SECONDS_FOR_ALL if left is None else left

    def spend(self, seconds):
        if getattr(self._kept, "seconds", None) is not None:
            self._kept.seconds = max(self._kept.seconds - seconds, 0)


patience = Patience()


def keep_pages_from_waiting():
    """Let every request have its own patience with the engine."""
    request_started.connect(patience.begin)
    request_finished.connect(patience.end)


def _configuration():
    return settings.WAGTAILSEARCH_BACKENDS.get("default", {})


def is_configured():
    """Whether SEARCH_URL names an engine."""
    return bool(_configuration().get("URL"))


def client_name():
    """Which engine it is: `elasticsearch` or `opensearch`."""
    return _configuration().get("CLIENT", "")


def engine():
    """The configured engine; its connections are kept."""
    found = _configuration()
    return _engine(found["CLIENT"], found["URL"], found.get("INDEX_PREFIX", "search"), found.get("NODE_CLASS"))


@lru_cache(maxsize=8)
def _engine(client, url, prefix, node_class):
    return Engine(client, url, prefix, **({"node_class": node_class} if node_class else {}))


def try_to_find(request, state=None):
    """The engine's hits, or None when it does not answer as it should or rests from failing."""
    if patience.seconds < SHORTEST_WAIT or not breaker.allows():
        return None
    try:
        hits = find(request, engine(), state)
    except (EngineFailed, KeyError, TypeError, AttributeError, ValueError) as error:
        breaker.failed()
        patience.spend(SECONDS_FOR_ALL)  # the rest of the page comes from the database at once
        logger.warning("The search engine failed, the database answers: %s", error)
        return None
    breaker.succeeded()
    return hits


def find(request, asked, state=None):
    """The engine's hits, `state` being the database's if it was read. Raises EngineFailed, or worse for nonsense."""
    until = time.monotonic() + patience.seconds
    bodies = Bodies(request, *_frequencies(request, state))

    def ask(searches):
        seconds = min(SECONDS, until - time.monotonic())
        if seconds <= 0:
            raise EngineFailed("no time left")
        begun = time.monotonic()
        answers = asked.search(request.kind, searches, seconds=seconds)
        patience.spend(time.monotonic() - begun)
        return answers

    wider = bodies.widened()
    strict, wide = bodies.counts(), wider.counts() if bodies.may_be_narrow() else []
    page, *answers = ask([bodies.page(), *strict, *wide])
    strict, wide = answers[: len(strict)], answers[len(strict) :]
    total, counts = bodies.total(strict[0])[0], strict
    if bodies.should_widen(total):
        bodies = wider
        # A page that goes on to similar texts was asked by any of the words already: only the counts change.
        pages = [] if bodies.goes_on_to_similar else [bodies.page()]
        missing = [*pages, *([] if wide else bodies.counts())]
        fresh = ask(missing) if missing else []
        page, counts = fresh[0] if pages else page, wide or fresh[len(pages) :]
    counted, is_cut = bodies.total(counts[0])
    hits = _hits(request, bodies, [page, *counts], ask)
    return replace(hits, widened=counted > total, at_least=is_cut)


def _frequencies(request, state):
    """How many texts hold each token of the query, how many there are, and the usual tokens, by the database."""
    store = database_store()
    state = state or store.state(request.kind)
    if state is None or not request.query.words:
        return {}, 0, {}
    usual = store.usual_tokens(state)
    others = [token for token in (*request.query.tokens, *request.query.related) if token not in usual]
    return {**usual, **store.frequencies(store.live_table(state), others)}, store.columns(state).count, usual


def _hits(request, bodies, answers, ask):
    total, _ = bodies.total(answers[1])
    page, listed = answers[0]["hits"]["hits"], total
    if bodies.goes_on_to_similar:
        resembling = answers[0]["hits"]["total"]["value"]
        listed = max(total, min(LISTED_AT_LEAST, resembling))
        page = page[:listed]
        if request.offset + request.limit > LISTED_AT_LEAST:
            page += ask([bodies.beyond([_pk(hit) for hit in page])])[0]["hits"]["hits"]
            page = page[request.offset :] if request.offset < LISTED_AT_LEAST else page[LISTED_AT_LEAST:]
        else:
            page = page[request.offset :]
        page = page[: request.limit]
    return Hits(
        pks=[_pk(hit) for hit in page],
        total=total,
        listed=listed,
        facets=bodies.facets(answers[1:]),
        range_counts=bodies.range_counts(answers[1]),
        scores=_scores(page, request.order) if bodies.is_by_relevance else {},
    )


def _pk(hit):
    return int(hit["fields"]["pk"][0])


def _scores(page, order):
    """The scores; in a sorted page they are sort keys: to track them beside would keep the engine from skipping any."""
    at = order.index(RELEVANCE)
    return {_pk(hit): float(hit["sort"][at] if "sort" in hit else hit["_score"]) for hit in page}


# Keeping it up to date


def catch_up(kind, asked=None):
    """Copy to the engine what the database's index has and it lacks; gives the number of rows copied.

    May be done by several processes at once and again after any failure: a row's number of change decides which of
    two copies is newer. Raises EngineFailed.
    """
    asked, store = asked or engine(), database_store()
    state, copied = store.state(kind), 0
    if state is None:
        return 0
    name = asked.alias(kind)
    is_new = state.engine_generation != state.generation or not asked.indexes(kind)
    reached, last_key = (-1, 0) if is_new else (state.engine_sequence, MAX_KEY)
    if is_new:
        name = asked.create(kind, time.time_ns() // 1_000_000)
    with ThreadPoolExecutor(WRITERS) as writers:
        # While the engine takes in one batch the next is read and made ready; whatever fails is raised here.
        writing: deque[Future] = deque()
        while rows := store.changes_after(state, reached, last_key, BATCH):
            writing.append(writers.submit(asked.write, name, rows))
            (last_key, reached), copied = rows[-1][:2], copied + len(rows)
            if len(writing) > WRITERS:
                writing.popleft().result()
        for written in writing:
            written.result()
    if is_new:
        asked.make_live(kind, name)
    SearchIndex.objects.filter(pk=state.pk).update(engine_generation=state.generation, engine_sequence=max(reached, 0))
    return copied


def catch_up_all():
    """Bring every index of the engine up to date; does nothing where there is no engine."""
    if not is_configured():
        return 0
    return sum(catch_up(kind) for kind in SearchIndex.objects.values_list("kind", flat=True))


def lag():
    """How many rows the engine still lacks, over all indexes."""
    store, behind = database_store(), 0
    for state in SearchIndex.objects.defer("grams"):
        reached = state.engine_sequence if state.engine_generation == state.generation else -1
        behind += store.count_after(state, reached)
    return behind


def ask_for(kind):
    """Let the engine follow a change of this kind once it is committed."""
    if is_configured():
        from search.tasks import follow_changes

        transaction.on_commit(lambda: follow_changes.enqueue(kind))
