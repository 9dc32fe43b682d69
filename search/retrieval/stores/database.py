"""The index in the site's own database: posting lists, columns and words in tables made by generation.

A rebuild fills the tables of the next generation and then makes them live in one step, so that nobody sees half an
index. The row of `SearchIndex` counts every change; each process reads what is new since it last looked.
"""

import json
import time
import zlib
from collections import Counter
from threading import Lock

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from search.analysis import version
from search.analysis.folding import grams_of_word
from search.models import SearchIndex
from search.retrieval.columns import Columns
from search.retrieval.entries import Entry

CHUNK = 1000
LONG_LIST = 1000
MOST_KEPT_LISTS = 300
MOST_KEPT_STATISTICS = 20
# The share from which a beginning is too usual to rank by: as in the ranking.
SHARE_OF_USUAL = 0.02


class DatabaseStore:
    """What both databases share. A subclass says how tables are made, filled and asked."""

    def __init__(self):
        self._columns: dict[str, tuple[tuple[int, int], Columns]] = {}
        self._statistics: dict[tuple[str, int], tuple[dict[str, int], dict[str, int]]] = {}
        self._rows: dict[tuple[str, int, str], np.ndarray] = {}
        self._lock = Lock()

    # What a database must say

    def create_tables(self, table, *, to_fill=False):
        """Make the tables of a generation; what slows filling may wait for `finish`."""
        raise NotImplementedError

    def drop_tables(self, table):
        raise NotImplementedError

    def insert(self, table, entries, sequence):
        raise NotImplementedError

    def delete(self, table, pks):
        raise NotImplementedError

    def finish(self, table):
        """Whatever makes a newly filled table fast."""

    def posting_lists(self, table, tokens):
        """The keys of the objects that hold each token: a mapping of token to an array."""
        raise NotImplementedError

    def prefixed_tokens(self, table, prefix, limit):
        raise NotImplementedError

    def token_counts(self, table):
        """Every token with the number of texts that hold it."""
        raise NotImplementedError

    def common_tokens(self, table, texts):
        """The tokens that more than so many texts hold, with the number of texts."""
        raise NotImplementedError

    def known(self, table, tokens):
        """Those of the tokens that any text holds."""
        raise NotImplementedError

    def frequencies(self, table, tokens):
        """How many texts hold each of the tokens, those that none holds left out."""
        raise NotImplementedError

    def words_of(self, table, pks):
        """The stored tokens and forms of these objects."""
        raise NotImplementedError

    # Tables and generations

    @staticmethod
    def table(kind, generation):
        return f"search_{kind.replace('.', '_')}_{generation}"

    def live_table(self, state):
        """The table of the generation that is live by this state."""
        return self.table(state.kind, state.generation)

    def state(self, kind):
        """The live state of an index, or None where nothing was ever indexed."""
        return SearchIndex.objects.filter(kind=kind).defer("grams").first()

    def _locked(self, kind):
        """The state row, locked until the transaction ends; made with its tables at the first write."""
        first = {"generation": 1, "analysis": version()}
        state, created = SearchIndex.objects.select_for_update().get_or_create(kind=kind, defaults=first)
        if created:
            self.drop_tables(self.table(kind, 1))
            self.create_tables(self.table(kind, 1))
        return state

    @transaction.atomic
    def write(self, kind, entries):
        """Put these entries in the place of older ones of the same keys."""
        state = self._locked(kind)
        self._replace(self.table(kind, state.generation), entries, self._advance(state))

    @transaction.atomic
    def remove(self, kind, pks):
        """Take these objects out of the index. A row without words stays, so that other processes notice."""
        state = self._locked(kind)
        gone = [Entry(pk, "", "", {}, {}, None, 0, 0) for pk in pks]
        table, sequence = self.table(kind, state.generation), self._advance(state)
        self.delete(table, pks)
        self.insert(table, gone, sequence)

    def _replace(self, table, entries, sequence):
        self.delete(table, [entry.pk for entry in entries])
        self.insert(table, entries, sequence)

    @staticmethod
    def _advance(state):
        """The next number of change. It starts from the clock, so that no number is used twice after a rollback."""
        state.sequence = max(state.sequence + 1, time.time_ns() // 1000)
        state.save(update_fields=["sequence"])
        return state.sequence

    def rebuild(self, kind, chunks, analysis, again=lambda pks: []):
        """Fill a new generation from chunks of entries and make it live; gives the number of entries.

        `again(pks)` gives fresh entries of objects that changed while the chunks were read.
        """
        with transaction.atomic():
            state = self._locked(kind)
            begun, generation = state.sequence, max(state.generation + 1, time.time_ns() // 1_000_000)
        table, total = self.table(kind, generation), 0
        grams: Counter[str] = Counter()
        self.create_tables(table, to_fill=True)
        for entries in chunks:
            with transaction.atomic():
                self.insert(table, entries, begun)
            for entry in entries:
                grams.update({gram for form in set(entry.forms.split()) for gram in grams_of_word(form)})
            total += len(entries)
        self.finish(table)
        self._make_live(kind, generation, begun, again, analysis=analysis, grams=grams)
        return total

    @transaction.atomic
    def _make_live(self, kind, generation, begun, again, *, analysis, grams):
        state = self._locked(kind)
        old, new = self.table(kind, state.generation), self.table(kind, generation)
        changed = [pk for pk, *_ in self._records(old, begun)]
        sequence = self._advance(state)
        for start in range(0, len(changed), CHUNK):
            pks = changed[start : start + CHUNK]
            self.delete(new, pks)
            self.insert(new, again(pks), sequence)
        state.generation, state.analysis, state.built_at = generation, analysis, timezone.now()
        usual = self.common_tokens(new, SHARE_OF_USUAL * self.run(f"SELECT count(*) FROM {new}")[0][0])
        state.grams = zlib.compress(json.dumps([grams, usual]).encode())
        state.save()
        self.drop_tables(old)

    def drop(self, kind):
        """Forget an index with its tables."""
        for state in SearchIndex.objects.filter(kind=kind):
            self.drop_tables(self.table(kind, state.generation))
            state.delete()

    # Reading

    def columns(self, state):
        """The columns as of this state; kept in the process and brought up to date by what changed since."""
        mark = (state.generation, state.sequence)
        kept = self._columns.get(state.kind)
        if kept and kept[0] == mark:
            return kept[1]
        table = self.table(state.kind, state.generation)
        if connection.in_atomic_block:
            # What this transaction wrote may yet be undone: it is read, and not kept.
            return Columns.of_records(self._records(table))
        with self._lock:
            kept = self._columns.get(state.kind)
            if kept and kept[0][0] == mark[0] and kept[0][1] <= mark[1] and not kept[1].is_worn:
                columns = kept[1].updated(self._records(table, kept[0][1])) if kept[0] != mark else kept[1]
            else:
                columns = Columns.of_records(self._records(table))
            self._columns[state.kind] = (mark, columns)
        return columns

    def rows_with(self, state, columns, tokens):
        """The rows of the columns that hold each token; the longest lists are kept until the index changes."""
        mark, wanted = (state.kind, state.sequence), list(dict.fromkeys(tokens))
        found = {token: self._rows[*mark, token] for token in wanted if (*mark, token) in self._rows}
        lists = self.posting_lists(self.live_table(state), [token for token in wanted if token not in found])
        for token, keys in lists.items():
            rows = columns.rows_of(keys)
            found[token] = rows[rows >= 0]
            if len(keys) > LONG_LIST and not connection.in_atomic_block:
                self._keep((*mark, token), found[token].astype(np.int32))
        return found

    def _keep(self, key, rows):
        if len(self._rows) >= MOST_KEPT_LISTS:
            self._rows = {}
        self._rows[key] = rows

    def grams(self, state):
        """How many texts held each four-letter piece when the index was last rebuilt."""
        return self._read_statistics(state)[0]

    def usual_tokens(self, state):
        """The tokens that more than a fiftieth of the texts held at the last rebuild, with the number of texts."""
        return self._read_statistics(state)[1]

    def _read_statistics(self, state):
        key = (state.kind, state.generation)
        if key not in self._statistics:
            packed = SearchIndex.objects.filter(pk=state.pk).values_list("grams", flat=True).first()
            if len(self._statistics) > MOST_KEPT_STATISTICS:
                self._statistics.clear()
            found = json.loads(zlib.decompress(packed)) if packed else {}
            # An index made before the usual tokens were counted has the pieces alone, or the tokens without numbers.
            grams, usual = found if isinstance(found, list) else (found, {})
            self._statistics[key] = (grams, usual if isinstance(usual, dict) else {})
        return self._statistics[key]

    def digests(self, kind):
        """The digest of every indexed object by its key."""
        state = self.state(kind)
        if state is None:
            return {}
        rows = self.run(f"SELECT pk, digest FROM {self.table(kind, state.generation)} WHERE removed = 0")
        return dict(rows)

    def changes_after(self, state, sequence, pk, limit):
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

    def count_after(self, state, sequence):
        """How many rows changed after this number of change."""
        return self.run(f"SELECT count(*) FROM {self.live_table(state)} WHERE sequence > %s", [sequence])[0][0]

    def _records(self, table, since=-1):
        rows = self.run(
            "SELECT pk, removed, facets, numbers, latitude, longitude, length, gram_length "
            f"FROM {table} WHERE sequence > %s",
            [since],
        )
        return [(r[0], r[1], json.loads(r[2]), json.loads(r[3]), *r[4:]) for r in rows]

    @staticmethod
    def row_values(entry, sequence):
        """The values of the narrow columns, in the order in which the tables have them."""
        latitude, longitude = entry.location or (None, None)
        removed = int(not entry.facets)
        return (
            *(entry.pk, sequence, removed, json.dumps(entry.facets), json.dumps(entry.numbers)),
            *(latitude, longitude, entry.length, entry.gram_length, entry.digest),
        )

    @staticmethod
    def run(sql, parameters=None, *, many=False):
        with connection.cursor() as cursor:
            (cursor.executemany if many else cursor.execute)(sql, parameters)
            return cursor.fetchall() if cursor.description else []
