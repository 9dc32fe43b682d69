"""The search engine beside the database, when one is configured: asked within a second, or not at all."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from typing import Any

from search.engine.client import Engine, EngineFailed
from search.engine.configured import configured_engine
from search.engine.query_builder import QueryBuilder
from search.engine.waiting import SECONDS_FOR_ALL, breaker, time_budget
from search.models import SearchIndex
from search.query.requests import LISTED_AT_LEAST, RELEVANCE, Request, Similar
from search.results import Results
from search.storage.configured import database_storage

logger = logging.getLogger(__name__)

SECONDS = 1.0
# With less than this left there is no sense in asking.
SHORTEST_WAIT = 0.2


def is_read_alike(state: SearchIndex | None) -> bool:
    """Whether the engine's copy was made by the analyser of the database's index; else it is not asked until it is."""
    return state is None or state.engine_analysis in {"", state.analysis}


def try_to_find(request: Request, state: SearchIndex | None = None) -> Results | None:
    """The engine's hits, or None when it does not answer as it should or rests from failing."""
    if time_budget.seconds < SHORTEST_WAIT or not breaker.allows():
        return None
    try:
        hits = find(request, configured_engine(), state)
    except (EngineFailed, KeyError, TypeError, AttributeError, ValueError) as error:
        breaker.failed()
        time_budget.spend(SECONDS_FOR_ALL)  # the rest of the page comes from the database at once
        logger.warning("The search engine failed, the database answers: %s", error)
        return None
    breaker.succeeded()
    return hits


def find(request: Request, asked: Engine, state: SearchIndex | None = None) -> Results:
    """The engine's hits, `state` being the database's if it was read. Raises EngineFailed, or worse for nonsense."""
    until = time.monotonic() + time_budget.seconds
    frequencies = _frequencies(request, state)
    builder = QueryBuilder(request, *frequencies)

    def ask(searches: list[dict[str, Any]]) -> list[dict[str, Any]]:
        seconds = min(SECONDS, until - time.monotonic())
        if seconds <= 0:
            raise EngineFailed("no time left")
        begun = time.monotonic()
        answers = asked.search(request.kind, searches, seconds=seconds)
        time_budget.spend(time.monotonic() - begun)
        return answers

    asked_of = [builder, builder.relaxed()] if builder.is_likely_to_relax() else [builder]
    searches = [[each.page(), *each.counts()] for each in asked_of]
    answers = ask([*chain(*searches), *([builder.count_of_all()] if builder.is_narrowed else [])])
    mine, rest = answers[: len(searches[0])], answers[len(searches[0]) :]
    having_all = builder.total(rest[-1] if builder.is_narrowed else mine[1])[0]
    if builder.may_relax and not having_all:
        builder = builder.relaxed()
        mine = rest[: len(mine)] if len(asked_of) > 1 else ask([builder.page(), *builder.counts()])
    total, is_cut = builder.total(mine[1])
    if not total and builder.may_relax and request.similar == Similar.INSTEAD:
        builder = builder.besides()
        mine[:1] = ask([builder.page()])
    hits = _hits(request, builder, mine, ask)
    otherwise = () if total or not request.otherwise else _otherwise(request, builder, frequencies, ask)
    return replace(hits, relaxed=builder.is_relaxed, at_least=is_cut, otherwise=otherwise)


def _otherwise(
    request: Request,
    asked: QueryBuilder,
    frequencies: tuple[dict[str, int], int, dict[str, int]],
    ask: Callable[[list[dict[str, Any]]], list[dict[str, Any]]],
) -> tuple[int, ...]:
    """How many texts each variation of the request matches, in one round trip; relaxed where the request was."""
    builders = []
    for variation in map(request.varied, request.otherwise):
        builder = QueryBuilder(variation, *(frequencies if variation.query else ({}, 0)))
        builders.append(builder.relaxed() if asked.is_relaxed and variation.query else builder)
    answers = ask([builder.counts()[0] for builder in builders])
    return tuple(builder.total(answer)[0] for builder, answer in zip(builders, answers, strict=True))


def _frequencies(request: Request, state: SearchIndex | None) -> tuple[dict[str, int], int, dict[str, int]]:
    """How many texts hold each token of the query, how many there are, and the usual tokens, by the database."""
    storage = database_storage()
    state = state or storage.state(request.kind)
    if state is None or not request.query.words:
        return {}, 0, {}
    usual = storage.usual_tokens(state)
    others = [token for token in (*request.query.tokens, *request.query.related) if token not in usual]
    return {**usual, **storage.frequencies(storage.live_table(state), others)}, storage.columns(state).count, usual


def _hits(
    request: Request,
    builder: QueryBuilder,
    answers: list[dict[str, Any]],
    ask: Callable[[list[dict[str, Any]]], list[dict[str, Any]]],
) -> Results:
    total, _ = builder.total(answers[1])
    page, listed = answers[0]["hits"]["hits"], total
    if builder.goes_on_to_similar:
        resembling = answers[0]["hits"]["total"]["value"]
        listed = max(total, min(LISTED_AT_LEAST, resembling))
        page = page[:listed]
        if request.offset + request.limit > LISTED_AT_LEAST:
            page += ask([builder.beyond([_pk(hit) for hit in page])])[0]["hits"]["hits"]
            page = page[request.offset :] if request.offset < LISTED_AT_LEAST else page[LISTED_AT_LEAST:]
        else:
            page = page[request.offset :]
        page = page[: request.limit]
    return Results(
        query=request.query,
        pks=[_pk(hit) for hit in page],
        total=total,
        listed=listed,
        facets=builder.facets(answers[1:]),
        range_counts=builder.range_counts(answers[1]),
        scores=_scores(page, request.order) if builder.is_by_relevance else {},
    )


def _pk(hit: dict[str, Any]) -> int:
    return int(hit["fields"]["pk"][0])


def _scores(page: list[dict[str, Any]], order: tuple[str, ...]) -> dict[int, float]:
    """The scores; in a sorted page they are sort keys: to track them beside would keep the engine from skipping any."""
    at = order.index(RELEVANCE)
    return {_pk(hit): float(hit["sort"][at] if "sort" in hit else hit["_score"]) for hit in page}
