"""Words that no text has, read as the nearest ones that some text has."""

import time
from collections.abc import Sequence
from dataclasses import replace

from search.analysis import Analyser
from search.caches import ProcessCache
from search.models import SearchIndex
from search.query.nearest import NearestWords
from search.query.parsing import Query, QueryWord
from search.query.surfaces import surfaces_of
from search.storage.database import DatabaseStorage
from search.storage.entries import TITLE_MARK

# A small index is remembered anew after every change, a large one this often: only words made since are missing.
LARGE_VOCABULARY = 20_000
SECONDS_BETWEEN_READS = 600
SHORTEST_WORD = 3

# By kind: the state of the index, when it was read, how many words it had, and the look-up.
_remembered: ProcessCache[tuple[tuple[int, int], float, int, NearestWords]] = ProcessCache()


def nearest_words(storage: DatabaseStorage, state: SearchIndex) -> NearestWords:
    """The look-up of nearest words of this index."""
    mark, kept = (state.generation, state.sequence), _remembered.peek(state.kind)
    if kept and kept[0][0] == mark[0]:
        is_fresh = time.monotonic() - kept[1] < SECONDS_BETWEEN_READS
        if kept[0] == mark or (kept[2] > LARGE_VOCABULARY and is_fresh):
            return kept[3]
    table = storage.table(state.kind, state.generation)
    counts = {word: count for word, count in storage.token_counts(table) if _is_word(word)}
    nearest = NearestWords(counts)
    _remembered.put(state.kind, (mark, time.monotonic(), len(counts), nearest))
    return nearest


def _is_word(token: str) -> bool:
    return len(token) >= SHORTEST_WORD and not token[0].isdigit() and not token.startswith(TITLE_MARK)


def replace_unknown_words(
    query: Query, storage: DatabaseStorage, state: SearchIndex, analysers: Sequence[Analyser]
) -> Query:
    """The query in which each word that no text has is looked for by its nearest words, which `replaced` names."""
    table = storage.table(state.kind, state.generation)
    known = storage.known(table, query.exact_tokens)
    query_words: list[QueryWord] = []
    replaced: dict[str, tuple[str, ...]] = {}
    for word in query.words:
        if known.isdisjoint((*word.exact, *word.with_alternatives().exact)) and _may_be_mistyped(word, storage, table):
            near = nearest_words(storage, state).find(word.form)
            if near:
                replaced |= _shown(word, near, storage, state, analysers)
                query_words.append(replace(word, exact=(*word.exact, *near)))
                continue
        query_words.append(word)
    return query.with_words(query_words, replaced)


def replace_lost_words(
    query: Query, storage: DatabaseStorage, state: SearchIndex, analysers: Sequence[Analyser]
) -> Query:
    """The query of a search that found nothing, each word that no text has replaced by one that shares most letters."""
    known = storage.known(storage.live_table(state), query.exact_tokens)
    query_words, replaced = [], dict(query.replaced)
    for word in query.words:
        is_known = not known.isdisjoint(word.with_alternatives().exact)
        nearest = None if is_known or _has_digits(word) else nearest_words(storage, state).nearest_of_all(word.form)
        if nearest:
            replaced = {**replaced, **_shown(word, [nearest], storage, state, analysers)}
            word = replace(word, exact=(nearest,))
        query_words.append(word)
    return query.with_words(query_words, replaced)


def _shown(
    word: QueryWord, tokens: list[str], storage: DatabaseStorage, state: SearchIndex, analysers: Sequence[Analyser]
) -> dict[str, tuple[str, ...]]:
    """What people are told of a replaced word: its nearest words as the texts write them."""
    surfaces = surfaces_of(tokens, storage, state, analysers)
    return {word.written: surfaces} if surfaces and surfaces != (word.written,) else {}


def _has_digits(word: QueryWord) -> bool:
    """Whether it is a number or a code, to which no other is near."""
    return any(character.isdigit() for character in word.form)


def _may_be_mistyped(word: QueryWord, storage: DatabaseStorage, table: str) -> bool:
    """Whether nearest words make sense: not for a name of several words or a number, nor for what is still typed."""
    if " " in word.written or _has_digits(word):
        return False
    return not (word.is_prefix and storage.prefixed_tokens(table, word.form, 1))
