"""The index in the site's own database: posting lists, columns and words in tables made by generation.

A rebuild fills the tables of the next generation and then makes them live in one step, so that nobody sees half an
index. The row of `SearchIndex` counts every change; each process reads what is new since it last looked.
"""

import json
import time
import zlib
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from threading import Lock
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from search.analysis import fingerprint
from search.analysis.folding import fold, grams_of_word
from search.caches import ProcessCache
from search.models import SearchIndex
from search.storage.columns import Columns
from search.storage.entries import Entry
from search.storage.lists import PACKED, Filling, KeptLists

# Texts at a time. What belongs to them is asked by as many keys, and SQLite goes no thousand terms deep.
CHUNK = 500
PARTS = ("words", "lists", "vocabulary", "fresh")
MOST_KEPT_STATISTICS = 20
# The share from which a beginning is too usual to rank by: as in the ranking.
SHARE_OF_USUAL = 0.02


# Pieces, usual tokens, and the number of change of what was packed.
Statistics = tuple[dict[str, int], dict[str, int], int]


class DatabaseStorage(ABC):
    """What both databases share. A subclass says how tables are made, filled and asked."""

    def __init__(self) -> None:
        # By kind, each with the generation and the number of change that it shows.
        self._columns: ProcessCache[tuple[tuple[int, int], Columns]] = ProcessCache()
        self._statistics: ProcessCache[Statistics] = ProcessCache(most=MOST_KEPT_STATISTICS)
        self._lists = KeptLists()
        # Lists of tables that are being filled.
        self._filling: dict[str, Filling] = {}
        self._lock = Lock()

    # What a database must say

    @abstractmethod
    def create_tables(self, table: str) -> None:
        """Make the tables of a generation: itself and those of `PARTS`."""

    @abstractmethod
    def insert_rows(self, name: str, rows: Iterable[Sequence[Any]], width: int) -> None:
        """Put rows of so many values into a table."""

    @abstractmethod
    def insert_fresh(self, table: str, entries: Sequence[Entry]) -> None:
        """Let the database's text index have these texts."""

    @abstractmethod
    def delete(self, table: str, pks: Iterable[int]) -> None:
        """Take these objects out of every table that has a row of its own for them."""

    @abstractmethod
    def count(self, table: str, counts: Mapping[str, int]) -> None:
        """Add to the numbers of texts that hold each token, or take off."""

    @abstractmethod
    def posting_lists(self, table: str, tokens: list[str]) -> dict[str, np.ndarray]:
        """The keys of the fresh texts that hold each token, an array each; none for a token that none holds."""

    @staticmethod
    @abstractmethod
    def among(values: Iterable[Any]) -> tuple[str, Any]:
        """SQL that says that something is one of these values, and its parameter."""

    # Rows

    def insert(self, table: str, entries: Sequence[Entry], sequence: int) -> None:
        self.insert_rows(table, [self.row_values(entry, sequence) for entry in entries], 10)
        entries = [entry for entry in entries if entry.forms]
        texts = [(entry.pk, entry.tokens, entry.forms, entry.spellings) for entry in entries]
        self.insert_rows(f"{table}_words", texts, 4)
        if table in self._filling:
            self._filling[table].add(entries)
            if self._filling[table].is_full:
                self.write_lists(table, self._filling[table])
        else:
            self.insert_fresh(table, entries)

    def drop_tables(self, table: str) -> None:
        for name in (table, *(f"{table}_{part}" for part in PARTS)):
            self.run(f"DROP TABLE IF EXISTS {name}")

    def write_lists(self, table: str, filling: Filling) -> None:
        """Write what was gathered while the tables are filled."""
        self.insert_rows(f"{table}_lists", filling.take(), 3)

    def count_lists(self, table: str) -> None:
        """Write how many texts hold each token, once all lists are written."""
        counted = f"SELECT token, sum(length(keys)) / {PACKED.itemsize} FROM {table}_lists GROUP BY token"
        self.run(f"INSERT INTO {table}_vocabulary {counted}")

    # Questions

    def token_counts(self, table: str) -> list[tuple[str, int]]:
        """Every token with the number of texts that hold it."""
        return self.run(f"SELECT token, texts FROM {table}_vocabulary WHERE texts > 0")

    def common_tokens(self, table: str, texts: float) -> dict[str, int]:
        """The tokens that more than so many texts hold, with the number of texts."""
        return dict(self.run(f"SELECT token, texts FROM {table}_vocabulary WHERE texts > %s", [texts]))

    def frequencies(self, table: str, tokens: Iterable[str]) -> dict[str, int]:
        """How many texts hold each of the tokens, those that none holds left out."""
        among, wanted = self.among(tokens)
        sql = f"SELECT token, texts FROM {table}_vocabulary WHERE token {among} AND texts > 0"
        return dict(self.run(sql, [wanted]))

    def known(self, table: str, tokens: Iterable[str]) -> set[str]:
        """Those of the tokens that any text holds."""
        return set(self.frequencies(table, tokens)) if tokens else set()

    def prefixed_tokens(self, table: str, prefix: str, limit: int) -> list[str]:
        """The first tokens that begin so, in their order."""
        begins = "token >= %s AND token < %s AND texts > 0 ORDER BY token LIMIT %s"
        rows = self.run(f"SELECT token FROM {table}_vocabulary WHERE {begins}", [prefix, prefix + "\U0010ffff", limit])
        return [token for (token,) in rows]

    def words_of(self, table: str, pks: Iterable[int]) -> dict[int, tuple[str, str]]:
        """The stored tokens and forms of these objects."""
        among, wanted = self.among([int(pk) for pk in pks])
        rows = self.run(f"SELECT pk, tokens, forms FROM {table}_words WHERE pk {among}", [wanted])
        return {pk: (tokens, forms) for pk, tokens, forms in rows}

    def written_words(self, table: str, pks: Iterable[int]) -> Counter[str]:
        """The words of these objects as people wrote them, in lower case, how many of the texts have each."""
        among, wanted = self.among([int(pk) for pk in pks])
        counts: Counter[str] = Counter()
        for forms, spellings in self.run(f"SELECT forms, spellings FROM {table}_words WHERE pk {among}", [wanted]):
            marked = set(spellings.split())
            counts.update(set(forms.split()) - {fold(word) for word in marked} | marked)
        return counts

    # Tables and generations

    @staticmethod
    def table(kind: str, generation: int) -> str:
        return f"search_{kind.replace('.', '_')}_{generation}"

    def live_table(self, state: SearchIndex) -> str:
        """The table of the generation that is live by this state."""
        return self.table(state.kind, state.generation)

    def state(self, kind: str) -> SearchIndex | None:
        """The live state of an index, or None where nothing was ever indexed."""
        return SearchIndex.objects.filter(kind=kind).defer("grams").first()

    def analysis(self, kind: str) -> str:
        """The fingerprint of the analyser that made the live index; empty where nothing was ever indexed."""
        return SearchIndex.objects.filter(kind=kind).values_list("analysis", flat=True).first() or ""

    def _locked(self, kind: str) -> SearchIndex:
        """The state row, locked until the transaction ends; made with its tables at the first write."""
        first = {"generation": 1, "analysis": fingerprint()}
        state, created = SearchIndex.objects.select_for_update().get_or_create(kind=kind, defaults=first)
        if created:
            self.drop_tables(self.table(kind, 1))
            self.create_tables(self.table(kind, 1))
        return state

    @transaction.atomic
    def write(self, kind: str, entries: Sequence[Entry]) -> None:
        """Put these entries in the place of older ones of the same keys."""
        state = self._locked(kind)
        self._replace(self.table(kind, state.generation), entries, self._advance(state))

    @transaction.atomic
    def remove(self, kind: str, pks: Iterable[int]) -> None:
        """Take these objects out of the index. A row without words stays, so that other processes notice."""
        state = self._locked(kind)
        gone = [Entry(pk) for pk in pks]
        self._replace(self.table(kind, state.generation), gone, self._advance(state))

    def _replace(self, table: str, entries: Sequence[Entry], sequence: int) -> None:
        pks, changed = [entry.pk for entry in entries], Counter[str]()
        for entry in entries:
            changed.update(set(entry.tokens.split()))
        for tokens, _ in self.words_of(table, pks).values():
            changed.subtract(set(tokens.split()))
        self.delete(table, pks)
        self.insert(table, entries, sequence)
        self.count(table, {token: number for token, number in sorted(changed.items()) if number})

    @staticmethod
    def _advance(state: SearchIndex) -> int:
        """The next number of change. It starts from the clock, so that no number is used twice after a rollback."""
        state.sequence = max(state.sequence + 1, time.time_ns() // 1000)
        state.save(update_fields=["sequence"])
        return state.sequence

    def rebuild(
        self,
        kind: str,
        chunks: Iterable[list[Entry]],
        analysis: str,
        again: Callable[[list[int]], list[Entry]] = lambda pks: [],
    ) -> int:
        """Fill a new generation from chunks of entries and make it live; gives the number of entries.

        `again(pks)` gives fresh entries of objects that changed while the chunks were read.
        """
        with transaction.atomic():
            state = self._locked(kind)
            begun, generation = state.sequence, max(state.generation + 1, time.time_ns() // 1_000_000)
        table, total = self.table(kind, generation), 0
        grams: Counter[str] = Counter()
        self.create_tables(table)
        self._filling[table] = Filling()
        for entries in chunks:
            with transaction.atomic():
                self.insert(table, entries, begun)
            for entry in entries:
                grams.update({gram for form in set(entry.forms.split()) for gram in grams_of_word(form)})
            total += len(entries)
        self.write_lists(table, self._filling.pop(table))
        self.count_lists(table)
        self._make_live(kind, generation, begun, again, analysis=analysis, grams=grams)
        return total

    @transaction.atomic
    def _make_live(
        self,
        kind: str,
        generation: int,
        begun: int,
        again: Callable[[list[int]], list[Entry]],
        *,
        analysis: str,
        grams: Counter[str],
    ) -> None:
        state = self._locked(kind)
        old, new = self.table(kind, state.generation), self.table(kind, generation)
        changed = [pk for pk, *_ in self._records(old, begun)]
        sequence = self._advance(state)
        for start in range(0, len(changed), CHUNK):
            pks = changed[start : start + CHUNK]
            fresh = again(pks)
            gone = set(pks) - {entry.pk for entry in fresh}
            self._replace(new, [*fresh, *(Entry(pk) for pk in sorted(gone))], sequence)
        state.generation, state.analysis, state.built_at = generation, analysis, timezone.now()
        usual = self.common_tokens(new, SHARE_OF_USUAL * self.run(f"SELECT count(*) FROM {new}")[0][0])
        state.grams = zlib.compress(json.dumps([grams, usual, begun]).encode())
        state.save()
        self.drop_tables(old)

    def drop(self, kind: str) -> None:
        """Forget an index with its tables."""
        for state in SearchIndex.objects.filter(kind=kind):
            self.drop_tables(self.table(kind, state.generation))
            state.delete()

    # Reading

    def columns(self, state: SearchIndex) -> Columns:
        """The columns as of this state; kept in the process and brought up to date by what changed since."""
        mark = (state.generation, state.sequence)
        kept = self._columns.peek(state.kind)
        if kept and kept[0] == mark:
            return kept[1]
        table = self.table(state.kind, state.generation)
        if connection.in_atomic_block:
            # What this transaction wrote may yet be undone: it is read, and not kept.
            return Columns.of_records(self._records(table))
        with self._lock:
            kept = self._columns.peek(state.kind)
            if kept and kept[0][0] == mark[0] and kept[0][1] <= mark[1] and not kept[1].is_worn:
                columns = kept[1].updated(self._records(table, kept[0][1])) if kept[0] != mark else kept[1]
            else:
                columns = Columns.of_records(self._records(table))
            self._columns.put(state.kind, (mark, columns))
        return columns

    def rows_with(self, state: SearchIndex, columns: Columns, tokens: Iterable[str]) -> dict[str, np.ndarray]:
        """The rows of the columns that hold each token: from packed lists, and fresh ones of what changed."""
        table, wanted = self.live_table(state), list(dict.fromkeys(tokens))
        rows_of_tokens = {token: np.zeros(0, np.int64) for token in wanted}
        is_packed = columns.unchanged_since(self._read_statistics(state)[2])
        for token, keys in self._lists.read(table, wanted, partial(self._packed_lists, table)).items():
            rows = columns.rows_of(keys)
            rows = rows[rows >= 0]
            rows_of_tokens[token] = rows[is_packed[rows]]
        if not is_packed.all():
            for token, keys in self.posting_lists(table, wanted).items():
                rows = columns.rows_of(keys)
                rows_of_tokens[token] = np.concatenate([rows_of_tokens[token], rows[rows >= 0]])
        return rows_of_tokens

    def _packed_lists(self, table: str, tokens: list[str]) -> list[tuple[str, bytes]]:
        among, wanted = self.among(tokens)
        return self.run(f"SELECT token, keys FROM {table}_lists WHERE token {among} ORDER BY token, part", [wanted])

    def grams(self, state: SearchIndex) -> dict[str, int]:
        """How many texts held each four-letter piece when the index was last rebuilt."""
        return self._read_statistics(state)[0]

    def usual_tokens(self, state: SearchIndex) -> dict[str, int]:
        """The tokens that more than a fiftieth of the texts held at the last rebuild, with the number of texts."""
        return self._read_statistics(state)[1]

    def _read_statistics(self, state: SearchIndex) -> Statistics:
        """What the last rebuild found: pieces, usual tokens, and the number of change that its rows have."""

        def read() -> Statistics:
            packed = SearchIndex.objects.filter(pk=state.pk).values_list("grams", flat=True).first()
            return tuple(json.loads(zlib.decompress(packed))) if packed else ({}, {}, -1)

        return self._statistics.get((state.kind, state.generation), read)

    def digests(self, kind: str) -> dict[int, str]:
        """The digest of every indexed object by its key."""
        state = self.state(kind)
        if state is None:
            return {}
        rows = self.run(f"SELECT pk, digest FROM {self.table(kind, state.generation)} WHERE removed = 0")
        return dict(rows)

    def changes_after(self, state: SearchIndex, sequence: int, pk: int, limit: int) -> list[tuple]:
        """The stored rows after this number of change and key, whole, in the order of their changes.

        A row is (key, number of change, removed, facets, numbers, latitude, longitude, tokens, forms).
        """
        table = self.table(state.kind, state.generation)
        rows = self.run(
            "SELECT pk, sequence, removed, facets, numbers, latitude, longitude "
            f"FROM {table} WHERE sequence > %s OR (sequence = %s AND pk > %s) ORDER BY sequence, pk LIMIT %s",
            [sequence, sequence, pk, limit],
        )
        words = self.words_of(table, [row[0] for row in rows])
        return [(*r[:3], json.loads(r[3]), json.loads(r[4]), *r[5:], *words.get(r[0], ("", ""))) for r in rows]

    def count_after(self, state: SearchIndex, sequence: int) -> int:
        """How many rows changed after this number of change."""
        return self.run(f"SELECT count(*) FROM {self.live_table(state)} WHERE sequence > %s", [sequence])[0][0]

    def _records(self, table: str, since: int = -1) -> list[tuple]:
        rows = self.run(
            "SELECT pk, removed, facets, numbers, latitude, longitude, length, gram_length, sequence "
            f"FROM {table} WHERE sequence > %s ORDER BY pk",
            [since],
        )
        return [(r[0], r[1], json.loads(r[2]), json.loads(r[3]), *r[4:]) for r in rows]

    @staticmethod
    def row_values(entry: Entry, sequence: int) -> tuple:
        """The values of the narrow columns, in the order in which the tables have them."""
        latitude, longitude = entry.location or (None, None)
        removed = int(not entry.facets)
        return (
            *(entry.pk, sequence, removed, json.dumps(entry.facets), json.dumps(entry.numbers)),
            *(latitude, longitude, entry.length, entry.gram_length, entry.digest),
        )

    @staticmethod
    def run(sql: str, parameters: Any = None, *, many: bool = False) -> list[tuple]:
        with connection.cursor() as cursor:
            (cursor.executemany if many else cursor.execute)(sql, parameters)
            return cursor.fetchall() if cursor.description else []
