"""Searching in the site's own database: posting lists are read, everything else is done on columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from search.models import SearchIndex
from search.query.parsing import QueryWord
from search.query.requests import DISTANCE, LISTED_AT_LEAST, RELEVANCE, Request, Similar, Variation
from search.ranking.scores import RERANKED, Rescorer, first_scores, gram_weights
from search.ranking.tokens import (
    FEW_TOKENS,
    RELATED_WEIGHT,
    coordination,
    idf,
    token_weights,
)
from search.results import Results
from search.storage.columns import Columns
from search.storage.configured import database_storage
from search.storage.database import DatabaseStorage
from search.storage.entries import TITLE_MARK

# A phrase and a word being typed are looked for among so many of the newest texts, or words that begin so.
MOST_PHRASE_TEXTS = 2000
MOST_COMPLETIONS = 50


def find(request: Request, state: SearchIndex | None = None) -> Results:
    """The hits of a request, in the index as of this state."""
    storage = database_storage()
    state = state or storage.state(request.kind)
    return _Search(request, storage, state, storage.columns(state)).hits() if state else Results(request.query)


@dataclass
class _Search:
    """One search as it goes on."""

    request: Request
    storage: DatabaseStorage
    state: SearchIndex
    columns: Columns

    def __post_init__(self) -> None:
        self.table = self.storage.table(self.state.kind, self.state.generation)
        self.filters = self.request.filters
        self._let_through: dict[str | None, np.ndarray] = {}
        self.words: dict[int, tuple[str, str]] = {}

    @cached_property
    def postings(self) -> dict[str, np.ndarray]:
        """The rows that hold each token of the query that matches or may rank."""
        query, usual = self.request.query, self.storage.usual_tokens(self.state)
        tokens = [*query.exact_tokens, *(token for token in query.related if token not in usual)]
        tokens += [token for word in query.excluded for token in word.exact]
        tokens += [token for completed in self.completions.values() for token in completed]
        for word in query.words:
            # The beginnings that very many texts have would not rank: their long lists are not even read.
            is_long = len(word.exact) + len(word.prefixes) > FEW_TOKENS
            tokens += [token for token in word.prefixes if token not in usual or not is_long]
        return self.storage.rows_with(self.state, self.columns, tokens)

    @cached_property
    def frequencies(self) -> dict[str, int]:
        """How many texts hold each token of the query."""
        usual = self.storage.usual_tokens(self.state)
        return {**usual, **{token: len(rows) for token, rows in self.postings.items()}}

    @cached_property
    def titles(self) -> dict[str, np.ndarray]:
        """The rows that have each ranking token in their title."""
        return self.storage.rows_with(self.state, self.columns, [TITLE_MARK + token for token in self.weights])

    @cached_property
    def completions(self) -> dict[str, list[str]]:
        """What the word being typed may become: words of the index that begin so."""
        return {
            word.written: self.storage.prefixed_tokens(self.table, word.form, MOST_COMPLETIONS)
            for word in self.request.query.words
            if word.is_prefix and word.form
        }

    def hits(self) -> Results:
        """Everything that was asked for."""
        matching, relaxed = self._matching()
        hits = matching & self._allowed()
        rows, listed, scores = self._ordered(hits)
        page = rows[self.request.offset : self.request.offset + self.request.limit]
        keys = self.columns.pks[page].tolist()
        total = int(hits.sum())
        return Results(
            query=self.request.query,
            pks=keys,
            total=total,
            listed=listed,
            facets={facet: self._counts(facet, matching) for facet in self.request.facets},
            range_counts={
                name: int((hits & self.columns.within(*limits)).sum())
                for name, limits in self.request.counted_ranges.items()
            },
            scores=dict(zip(keys, scores[page].tolist(), strict=True)) if scores is not None else {},
            relaxed=relaxed,
            otherwise=() if total else self._otherwise(),
        )

    # Variations

    def _otherwise(self) -> tuple[int, ...]:
        """How many texts each variation of the request matches; what depends on words alone was read already."""
        searches = [self._varied(variation) for variation in self.request.otherwise]
        wanted = {key for search in searches if search.has_phrases for key in search.keys_to_look_into()}
        self._read_words(wanted)
        return tuple(int((search._matching()[0] & search._allowed()).sum()) for search in searches)

    def _varied(self, variation: Variation) -> "_Search":
        varied = _Search(self.request.varied(variation), self.storage, self.state, self.columns)
        if variation.has_words:
            shared = ("completions", "postings", "frequencies", "words")
            vars(varied).update({name: getattr(self, name) for name in shared})
        return varied

    def _allowed(self, without: str | None = None) -> np.ndarray:
        """The rows that the filters let through; nobody changes them."""
        without = without if without in self.filters.chosen() else None
        if without not in self._let_through:
            self._let_through[without] = self.columns.allowed(
                self.filters, listed_only=self.request.listed_only, without=without
            )
        return self._let_through[without]

    @cached_property
    def _based(self) -> np.ndarray:
        """The rows that are there for everybody, whatever is chosen."""
        return self.columns.allowed(self.request.unchosen, listed_only=self.request.listed_only)

    def _counts(self, facet: str, matching: np.ndarray) -> dict[str, int]:
        column = self.columns.facets.get(facet)
        return column.counts(matching & self._allowed(without=facet)) if column else {}

    # Matching

    def _matching(self) -> tuple[np.ndarray, bool]:
        """The rows that match the text, and whether it had to be relaxed to any of the words."""
        matching = self._having_all
        if not self.request.query:
            return matching, False
        relaxed = self._may_relax and not (self._without_excluded(matching) & self._based).any()
        matching = self._without_excluded(self._having_any() if relaxed else matching)
        return self._with_phrases(matching), relaxed

    def _without_excluded(self, rows: np.ndarray) -> np.ndarray:
        for word in self.request.query.excluded:
            rows = rows & ~self._having(word)
        return rows

    @property
    def _may_relax(self) -> bool:
        return bool(self.request.relax and self.request.query.words and not self.request.query.phrases)

    def _having(self, word: QueryWord) -> np.ndarray:
        """The rows that have the word itself, or all of one of its alternatives."""
        rows = self._rows_with_any([*word.whole, *word.kin, *self.completions.get(word.written, ())])
        for alternative in word.alternatives:
            both = np.ones(self.columns.size, dtype=bool)
            for group in alternative:
                both &= self._rows_with_any(group)
            rows |= both
        return rows

    def _rows_with_any(self, tokens: Iterable[str]) -> np.ndarray:
        """The rows that have any of these tokens."""
        rows = np.zeros(self.columns.size, dtype=bool)
        for token in tokens:
            rows[self.postings.get(token, ())] = True
        return rows

    @cached_property
    def _having_all(self) -> np.ndarray:
        """The rows that have every word."""
        rows = np.ones(self.columns.size, dtype=bool)
        for word in self.request.query.words:
            rows = rows & self._having(word)
        return rows

    def _having_any(self) -> np.ndarray:
        """The rows that have any of the words, or any part of them."""
        return self._rows_with_any(self.request.query.exact_tokens)

    def _with_phrases(self, rows: np.ndarray) -> np.ndarray:
        """Of the newest rows those in which every phrase stands word for word, and none that is left out."""
        if not self.has_phrases:
            return rows
        query, newest = self.request.query, self._newest(rows)
        keys = self.columns.pks[newest].tolist()
        self._read_words(keys)
        kept = np.zeros(self.columns.size, dtype=bool)
        for row, key in zip(newest, keys, strict=True):
            forms = f" {self.words.get(key, ('', ''))[1]} "
            wanted = all(f" {phrase} " in forms for phrase in query.phrases)
            kept[row] = wanted and not any(f" {phrase} " in forms for phrase in query.excluded_phrases)
        return kept

    @property
    def has_phrases(self) -> bool:
        return bool(self.request.query.phrases or self.request.query.excluded_phrases)

    def keys_to_look_into(self) -> list[int]:
        """The texts that have every word, in which phrases are looked for: a query with phrases is never relaxed."""
        keys: list[int] = self.columns.pks[self._newest(self._without_excluded(self._having_all))].tolist()
        return keys

    def _read_words(self, keys: Iterable[int]) -> None:
        if missing := [key for key in keys if key not in self.words]:
            self.words |= self.storage.words_of(self.table, missing)

    def _newest(self, rows: np.ndarray) -> np.ndarray:
        newest = np.flatnonzero(rows & self._allowed())
        return newest[np.argsort(-self.columns.pks[newest])][:MOST_PHRASE_TEXTS]

    # Order

    @cached_property
    def weights(self) -> dict[str, float]:
        """The idf of each token of the query that is worth ranking by."""
        total, frequencies = self.columns.count, self.frequencies
        weights = token_weights(self.request.query.words, frequencies, total, self.completions)
        weights = {token: weight for token, weight in weights.items() if token in self.postings}
        for token in self.request.query.related:
            if frequencies.get(token) and token in self.postings and token not in weights:
                weights[token] = RELATED_WEIGHT * idf(frequencies[token], total)
        return weights

    @cached_property
    def _coordination(self) -> np.ndarray:
        """What the score of each row gains for having every word."""
        return self._having_all * np.float32(coordination(self.request.query.words, self.weights))

    def _ordered(self, hits: np.ndarray) -> tuple[np.ndarray, int, np.ndarray | None]:
        """The rows of the list as far as the page needs them, its whole length, and scores where these order it."""
        needed = self.request.offset + self.request.limit
        if RELEVANCE not in self.request.order or not self.request.query.words:
            order = [name for name in self.request.order if name != RELEVANCE]
            rows = np.flatnonzero(hits)
            return self._first(rows, self._keys(order, rows), needed), len(rows), None
        if not hits.any() and not (self._rows_with_any(self.weights) & self._allowed()).any():
            return np.zeros(0, np.int64), 0, None
        scores = first_scores(self.columns, self.postings, self.titles, self.weights)
        scores += self._coordination
        candidates = hits if self._lists_only(hits) else hits | self._similar(scores)
        rows = np.flatnonzero(candidates)
        rows = self._first(rows, [-scores[rows]], 2 * RERANKED + needed)
        head, rest = rows[:RERANKED], rows[RERANKED:]
        scores[head] = self._rescored(head) + self._coordination[head]
        ties = [name for name in self.request.order if name != RELEVANCE]
        head = head[np.lexsort([-self.columns.pks[head], *self._keys(ties, head), -scores[head]])]
        is_listed = hits[head]
        is_listed[:LISTED_AT_LEAST] = True
        listed = int(hits.sum()) - int(hits[head].sum()) + int(is_listed.sum())
        return np.concatenate([head[is_listed], rest[hits[rest]]]), listed, scores

    def _lists_only(self, hits: np.ndarray) -> bool:
        """Whether nothing is listed that only resembles."""
        similar = self.request.similar
        return similar == Similar.NEVER or (similar == Similar.INSTEAD and bool(hits.any()))

    def _first(self, rows: np.ndarray, keys: list[np.ndarray], needed: int) -> np.ndarray:
        """The first rows in the order of the keys, the most important last, and then of the newest."""
        if keys and len(rows) > 2 * needed:
            most = keys[-1]
            is_near = most <= np.partition(most, needed)[needed]
            rows, keys = rows[is_near], [key[is_near] for key in keys]
        return rows[np.lexsort([-self.columns.pks[rows], *keys])][:needed]

    def _similar(self, scores: np.ndarray) -> np.ndarray:
        """The best rows by score alone, whether or not they have every word."""
        rows = np.zeros(self.columns.size, dtype=bool)
        if self.request.query.phrases:
            return rows
        allowed = self._without_excluded(self._allowed())
        scored = np.flatnonzero((scores > 0) & allowed)
        if len(scored) > RERANKED:
            scored = scored[np.argpartition(-scores[scored], RERANKED)[:RERANKED]]
        rows[scored] = True
        return rows

    def _rescored(self, rows: np.ndarray) -> np.ndarray:
        """The exact scores of these rows, from their words."""
        columns, keys = self.columns, self.columns.pks[rows].tolist()
        words = self.storage.words_of(self.table, keys) if keys else {}
        rescorer = Rescorer(
            [words.get(key, ("", "")) for key in keys],
            columns.lengths[rows],
            columns.gram_lengths[rows],
            mean_length=columns.mean_length,
            mean_gram_length=columns.mean_gram_length,
        )
        places = np.full(columns.size, -1, np.int64)
        places[rows] = np.arange(len(rows))

        def held_by(holders: np.ndarray) -> list[int]:
            held = places[holders]
            return held[held >= 0].tolist()

        grams = gram_weights(self.request.query.words, self.storage.grams(self.state), columns.count)
        return rescorer.scores(
            self.weights,
            lambda token: held_by(self.postings[token]),
            lambda token: held_by(self.titles[TITLE_MARK + token]),
            grams,
        )

    def _keys(self, order: Iterable[str], rows: np.ndarray) -> list[np.ndarray]:
        """Sort keys for numpy's lexsort, which takes the most important last; rows without the number come last."""
        keys = []
        for name in order:
            if name == DISTANCE:
                near = self.filters.near
                distances = self.columns.distances(near.latitude, near.longitude)[rows] if near else np.zeros(len(rows))
                keys.append(np.nan_to_num(distances, nan=np.inf))
                continue
            column = self.columns.numbers.get(name.lstrip("-"))
            values = np.full(len(rows), np.inf) if column is None else column[rows].astype(float)
            if column is not None:
                values[column[rows] == np.iinfo(np.int64).min] = np.inf if not name.startswith("-") else -np.inf
            keys.append(-values if name.startswith("-") else values)
        return keys[::-1]
