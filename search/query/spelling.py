"""Words that nobody here knows, read as the one word that the writer may have meant."""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from search.analysis import Analyser, fold, words
from search.caches import ProcessCache
from search.models import SearchIndex
from search.query.families import members_of
from search.query.names import names
from search.query.nearest import NearestWords
from search.query.parsing import Query, QueryWord
from search.query.surfaces import surfaces_of
from search.storage.database import DatabaseStorage
from search.storage.entries import TITLE_MARK

# A small index is remembered anew after every change, a large one this often: only words made since are missing.
LARGE_VOCABULARY = 20_000
SECONDS_BETWEEN_READS = 600
# In a shorter word one letter makes another word, and nobody can tell which was meant.
SHORTEST_WORD = 6
SHORTEST_TOKEN = 3


class Remembered(NamedTuple):
    """The look-up of an index in this state, when it was read, and how many words it has.

    `nearest` knows the index's words and those of families, `titles` are the ones that people look for: words of titles
    and of families.
    """

    mark: tuple[int, int]
    read_at: float
    size: int
    nearest: NearestWords
    titles: set[str]


_remembered: ProcessCache[Remembered] = ProcessCache()  # by kind


class Correction(NamedTuple):
    """What was meant, as a text, and the words that were `replaced` in it, each by one that people write."""

    text: str
    replaced: dict[str, tuple[str, ...]]


def _look_up(storage: DatabaseStorage, state: SearchIndex) -> Remembered:
    mark, kept = (state.generation, state.sequence), _remembered.peek(state.kind)
    if kept and kept.mark[0] == mark[0]:
        is_fresh = time.monotonic() - kept.read_at < SECONDS_BETWEEN_READS
        if kept.mark == mark or (kept.size > LARGE_VOCABULARY and is_fresh):
            return kept
    tokens = dict(storage.token_counts(storage.table(state.kind, state.generation)))
    titles = {token.removeprefix(TITLE_MARK) for token in tokens if token.startswith(TITLE_MARK)}
    members = _members()
    counts = {word: count for word, count in {**members, **tokens}.items() if _is_word(word)}
    # Texts without titles say all in their text.
    written = {*members, *(titles or counts)}
    kept = Remembered(mark, time.monotonic(), len(counts), NearestWords(counts), written)
    return _remembered.put(state.kind, kept)


def _members() -> dict[str, int]:
    """The families' single words, folded; no text need hold them."""
    single = (words(member) for member in members_of("fi"))
    return {fold(member[0]): 0 for member in single if len(member) == 1}


def _is_word(token: str) -> bool:
    return len(token) >= SHORTEST_TOKEN and not token[0].isdigit() and not token.startswith(TITLE_MARK)


def with_resembling(query: Query, storage: DatabaseStorage, state: SearchIndex) -> Query:
    """The query with the nearest words of those that no text has beside it: they rank, and nothing is found by them."""
    known = storage.known(storage.live_table(state), query.exact_tokens)
    lost = [word for word in query.words if _is_lost(word, known)]
    near = [token for word in lost for token in _look_up(storage, state).nearest.find(word.form)]
    return replace(query, related=tuple(dict.fromkeys((*query.related, *near)))) if near else query


def _is_lost(word: QueryWord, known: set[str]) -> bool:
    """Whether no text has the word, and a nearest makes sense: not of a number, nor of a name of several words."""
    if word.is_prefix or " " in word.written or any(character.isdigit() for character in word.form):
        return False
    return known.isdisjoint(word.matching)


def corrected(
    query: Query, storage: DatabaseStorage, state: SearchIndex, analysers: Sequence[Analyser]
) -> Correction | None:
    """What the query may have meant, for one that nothing answers: the same words, the unknown ones by their nearest.

    A word that any text holds, or that names some work, is none to correct. A nearest word is one letter away, begins
    alike, and is one that people write. None where there is nothing to correct.
    """
    known = storage.known(storage.live_table(state), query.exact_tokens)
    unknown = [word for word in query.words if _may_be_mistyped(word, known)]
    nearest = {word.written: _nearest(word, storage, state, analysers) for word in unknown}
    replaced: dict[str, tuple[str, ...]] = {written: (meant,) for written, meant in nearest.items() if meant}
    if not replaced:
        return None
    meant = [nearest.get(word.written) or word.written for word in query.words]
    left_out = [word.written for word in query.excluded] + [f'"{phrase}"' for phrase in query.excluded_phrases]
    return Correction(" ".join([*meant, *(f"-{words}" for words in left_out)]), replaced)


def _nearest(word: QueryWord, storage: DatabaseStorage, state: SearchIndex, analysers: Sequence[Analyser]) -> str:
    """The nearest word as people write it; empty where none is near enough."""
    look_up = _look_up(storage, state)
    nearest = next((other for other in look_up.nearest.slips(word.form) if other in look_up.titles), "")
    surfaces = surfaces_of([nearest], storage, state, analysers) if nearest else ()
    return next(iter(surfaces), nearest and _member_written(nearest))


def _member_written(token: str) -> str:
    return next((member for member in members_of("fi") if fold(member) == token), token)


def _may_be_mistyped(word: QueryWord, known: set[str]) -> bool:
    """Whether it may be a slip: no number, no name of some work, and nothing that any text holds."""
    if len(word.form) < SHORTEST_WORD or word.kin or not _is_lost(word, known):
        return False
    return not names().languages_of(word.written)
