"""The index in the site's own database: posting lists, columns and words in tables made by generation.

A rebuild fills the tables of the next generation and then makes them live in one step, so that nobody sees half an
index. The row of `SearchIndex` counts every change; each process reads what is new since it last looked.
"""

import json
import math
import re
import time
import zlib
from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from functools import partial
from typing import Any

import numpy as np
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from search.analysis import fingerprint
from search.analysis.folding import grams_of_word
from search.caches import ProcessCache
from search.models import SearchIndex
from search.storage.columns import Columns
from search.storage.entries import Entry
from search.storage.keeping import KeptColumns
from search.storage.lists import PACKED, Filling, KeptLists
from search.storage.packing import GatheredColumns, unpacked
from search.storage.questions import Questions

# Texts at a time. What belongs to them is asked by as many keys, and SQLite goes no thousand terms deep.
CHUNK = 500
PARTS = ("words", "lists", "vocabulary", "columns", "fresh")
MOST_KEPT_STATISTICS = 20
TIME_TO_END_WITH_THE_OLD = timedelta(minutes=2)
MILLISECONDS_OF_A_REBUILD = 3_600_000
# The share from which a beginning is too usual to rank by: as in the ranking.
SHARE_OF_USUAL = 0.02
FEW = 16  # in a small index, where every text is a large share


# Pieces, usual tokens, and the number of change of what was packed.
Statistics = tuple[dict[str, int], dict[str, int], int]


class DatabaseStorage(Questions):
    """What both databases share. A subclass says how tables are made, filled and asked."""

    def __init__(self) -> None:
        self._columns = KeptColumns(
            self.stored_columns, lambda state, since: self._records(self.live_table(state), since)
        )
        self._statistics: ProcessCache[Statistics] = ProcessCache(most=MOST_KEPT_STATISTICS)
        self._lists = KeptLists()
        # Lists of tables that are being filled.
        self._filling: dict[str, Filling] = {}

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

    def taking_time(self) -> AbstractContextManager[None]:
        """Lets statements run for minutes: for whoever builds an index, never for a request."""
        return nullcontext()

    # Rows

    def insert(self, table: str, entries: Sequence[Entry], sequence: int) -> None:
        self.insert_rows(table, [self.row_values(entry, sequence) for entry in entries], 10)
        entries = [entry for entry in entries if entry.forms]
        texts = [(entry.pk, entry.tokens, entry.forms, entry.spellings) for entry in entries]
        self.insert_rows(f"{table}_words", texts, 4)
        if table in self._filling:
            self._filling[table].add(entries)
            if self._filling[table].is_full:
                with self.taking_time():
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

    # Tables and generations

    @staticmethod
    def table(kind: str, generation: int) -> str:
        return f"search_{kind.replace('.', '_')}_{generation}"

    def drop_generations(self, kind: str, below: float = math.inf) -> None:
        """Drop the tables of generations below this: what a rebuild replaced, or never finished."""
        own = re.compile(rf"{re.escape(self.table(kind, 0)[:-1])}(\d+)")
        names = map(own.fullmatch, connection.introspection.table_names())
        for generation in sorted(int(name[1]) for name in names if name):
            if generation < below:
                self.drop_tables(self.table(kind, generation))

    def drop_replaced(self) -> None:
        """Drop what was replaced minutes ago, and what a rebuild that began an hour ago never finished."""
        hour_ago = (time.time_ns() // 1_000_000) - MILLISECONDS_OF_A_REBUILD
        for state in SearchIndex.objects.filter(built_at__lt=timezone.now() - TIME_TO_END_WITH_THE_OLD):
            self.drop_generations(state.kind, min(state.generation, hour_ago))

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
        grams, columns = Counter[str](), GatheredColumns()
        self.create_tables(table)
        self._filling[table] = Filling()
        for entries in chunks:
            with transaction.atomic():
                self.insert(table, entries, begun)
            columns.add(entries, begun)
            for entry in entries:
                grams.update({gram for form in set(entry.forms.split()) for gram in grams_of_word(form)})
            total += len(entries)
        with self.taking_time():
            self.write_lists(table, self._filling.pop(table))
            self.count_lists(table)
            self.insert_rows(f"{table}_columns", columns.take(), 3)
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
        replaced = state.generation
        state.generation, state.analysis, state.built_at = generation, analysis, timezone.now()
        usual = self.common_tokens(new, max(SHARE_OF_USUAL * self.run(f"SELECT count(*) FROM {new}")[0][0], FEW))
        state.grams = zlib.compress(json.dumps([grams, usual, begun]).encode())
        state.save()
        # Readers have the replaced generation until they have read this one.
        self.drop_generations(kind, min(replaced, generation))

    def drop(self, kind: str) -> None:
        """Forget an index with its tables."""
        for state in SearchIndex.objects.filter(kind=kind):
            self.drop_generations(kind)
            state.delete()

    # Reading

    def readable(self, kind: str) -> SearchIndex | None:
        """The live state; after a rebuild the one before, until this process has read the new columns."""
        state = self.state(kind)
        return state if state is None or connection.in_atomic_block else self._columns.readable(state)

    def forget(self, kind: str) -> None:
        """Answer from the live state, whatever this process has read."""
        self._columns.forget(kind)

    def columns(self, state: SearchIndex) -> Columns:
        """The columns as of this state; kept in the process and brought up to date by what changed since."""
        if connection.in_atomic_block:
            # What this transaction wrote may yet be undone: it is read, and not kept.
            return self.stored_columns(state)
        return self._columns.of(state)

    def stored_columns(self, state: SearchIndex) -> Columns:
        """Those that the last rebuild packed, an array at a time, with what changed since."""
        table, arrays = self.live_table(state), {}
        self._read_statistics(state)
        for name, kind in self.run(f"SELECT name, kind FROM {table}_columns ORDER BY name"):
            [(data,)] = self.run(f"SELECT data FROM {table}_columns WHERE name = %s", [name])
            arrays[name] = np.frombuffer(data, kind)
        if not arrays:
            return Columns.of_records(self._records(table))
        columns = unpacked(arrays)
        changed = self._records(table, int(columns.sequences.max(initial=-1)))
        return columns.updated(changed) if changed else columns

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
            row = SearchIndex.objects.filter(pk=state.pk, generation=state.generation).values_list("grams").first()
            if row is None:
                raise OperationalError("The index was rebuilt a moment ago.")
            return tuple(json.loads(zlib.decompress(row[0]))) if row[0] else ({}, {}, -1)

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
