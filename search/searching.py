"""The one search function: the job list, the site's search page and the measurements ask it."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.db import OperationalError, ProgrammingError, connection
from django.utils.translation import get_language

from search.analysis import DEFAULT_LANGUAGE, Analyser
from search.engine.configured import is_configured
from search.engine.searching import is_read_alike, try_to_find
from search.filters import Filters
from search.models import SearchIndex
from search.query.expansion import expand
from search.query.parsing import Query, analysers_for, parse
from search.query.requests import Request
from search.query.spelling import corrected, with_resembling
from search.ranking import database
from search.results import Results
from search.storage.configured import database_storage
from search.storage.database import DatabaseStorage
from search.storage.vocabularies import recall_vocabularies

MOST_LANGUAGES = 3


def search(
    kind: str,
    text: str = "",
    filters: Filters = Filters(),  # noqa: B008 - frozen
    *,
    language: str | None = None,
    literal: bool = False,
    hierarchy: bool = True,
    guess: bool = True,
    analysers: list[Analyser] | None = None,
    **wishes: Any,
) -> Results:
    """Look for a text among the objects of a kind ("jobs.jobposting"), narrowed by filters.

    `language` is the reader's; the texts' own languages are read too. `literal` looks for the words as written, without
    nearest words or other names; without `hierarchy` the name of a group of occupations does not stand for those in
    it. With `guess` a word that nobody here knows is corrected where no text has every word. `wishes` are the rest of a
    `Request`: base, order, facets, counted_ranges, offset, limit, similar, relax, listed_only, otherwise.

    Never raises for what people write; an engine that fails is replaced by the database, and said so.
    """
    request = Request(kind, Query(), filters, **wishes)
    reading = {"literal": literal, "hierarchy": hierarchy}
    wanted = partial(_search, request, text, language, analysers, guess=guess and not literal, **reading)
    try:
        return wanted()
    except (OperationalError, ProgrammingError):
        # A rebuild may have taken the tables away between two questions; the new ones are there.
        if connection.in_atomic_block:
            raise
        database_storage().forget(kind)
        return wanted()


def _search(
    request: Request,
    text: str,
    language: str | None,
    analysers: list[Analyser] | None,
    *,
    guess: bool,
    **reading: bool,
) -> Results:
    storage = database_storage()
    state = storage.readable(request.kind)
    analysers = analysers or (analysers_of(storage, state, language) if text else [])
    query = read_query(text, storage, state, analysers, **reading)
    request = replace(request, query=query)
    results = _ask(request, state)
    if guess and state and not query.phrases and results.relaxed:
        correction = corrected(query, storage, state, analysers)
        if correction:
            guessed = read_query(correction.text, storage, state, analysers, **reading)
            guessed = replace(guessed, replaced=correction.replaced)
            # An engine that failed a moment ago is not waited for again.
            ask = _from_database if results.degraded else _ask
            better = ask(replace(request, query=guessed), state)
            return results if better.relaxed and results.total else better
    return results


def analysers_of(storage: DatabaseStorage, state: SearchIndex | None, language: str | None = None) -> list[Analyser]:
    """Those that made the index: the reader's language first, then those of its texts, the most usual first."""
    recall_vocabularies()
    used = (storage.columns(state).languages if state else []) or [DEFAULT_LANGUAGE]
    languages = [language or get_language() or used[0], *used][: MOST_LANGUAGES + 1]
    return analysers_for(languages, state.analysis if state else "")


def read_query(
    text: str,
    storage: DatabaseStorage,
    state: SearchIndex | None,
    analysers: list[Analyser],
    *,
    literal: bool = False,
    hierarchy: bool = True,
    last_is_prefix: bool = False,
) -> Query:
    """The query in a text, with other names for the same work and related words."""
    if not text or not text.strip():
        return Query()
    query = parse(text, analysers, last_is_prefix=last_is_prefix)
    if literal or state is None:
        return query
    table = storage.live_table(state)
    query = expand(query, analysers, lambda word: storage.known(table, word.exact), hierarchy=hierarchy)
    return with_resembling(query, storage, state)


def _ask(request: Request, state: SearchIndex | None) -> Results:
    """The engine's answer, or the database's where there is none or it failed."""
    if not (is_configured() and is_read_alike(state)):
        return database.find(request, state)
    return try_to_find(request, state) or _from_database(request, state)


def _from_database(request: Request, state: SearchIndex | None) -> Results:
    return replace(database.find(request, state), degraded=True)
