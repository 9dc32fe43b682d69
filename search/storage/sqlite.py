"""The index in SQLite: tables of lists and words, and one FTS5 table for the texts that changed since the rebuild."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from search.storage.database import DatabaseStorage
from search.storage.entries import Entry

COLUMNS = (
    "pk INTEGER PRIMARY KEY, sequence INTEGER NOT NULL, removed INTEGER NOT NULL, facets TEXT NOT NULL, "
    "numbers TEXT NOT NULL, latitude REAL, longitude REAL, length INTEGER NOT NULL, gram_length INTEGER NOT NULL, "
    "digest TEXT NOT NULL"
)
WORDS = "pk INTEGER PRIMARY KEY, tokens TEXT NOT NULL, forms TEXT NOT NULL, spellings TEXT NOT NULL"
# Only which text holds which token is kept in the postings: how often it does is counted in the best few hundred.
FRESH = 'fts5(tokens, detail=none, columnsize=0, tokenize="unicode61 remove_diacritics 0")'
MOST_PARAMETERS = 400


class SqliteStorage(DatabaseStorage):
    """Posting lists of fresh texts by FTS5, everything else in plain tables."""

    def create_tables(self, table: str) -> None:
        self.run(f"CREATE TABLE {table} ({COLUMNS})")
        self.run(f"CREATE INDEX {table}_sequence ON {table} (sequence, pk)")
        self.run(f"CREATE TABLE {table}_words ({WORDS})")
        self.run(
            f"CREATE TABLE {table}_lists (token TEXT, part INTEGER, keys BLOB NOT NULL, PRIMARY KEY (token, part))"
        )
        self.run(f"CREATE TABLE {table}_vocabulary (token TEXT PRIMARY KEY, texts INTEGER NOT NULL) WITHOUT ROWID")
        self.run(f"CREATE TABLE {table}_columns (name TEXT PRIMARY KEY, kind TEXT NOT NULL, data BLOB NOT NULL)")
        self.run(f"CREATE VIRTUAL TABLE {table}_fresh USING {FRESH}")

    def insert_rows(self, name: str, rows: Iterable[Sequence[Any]], width: int) -> None:
        self.run(f"INSERT INTO {name} VALUES ({', '.join(['%s'] * width)})", rows, many=True)

    def insert_fresh(self, table: str, entries: Sequence[Entry]) -> None:
        rows = [(entry.pk, entry.tokens) for entry in entries]
        self.run(f"INSERT INTO {table}_fresh(rowid, tokens) VALUES (%s, %s)", rows, many=True)

    def delete(self, table: str, pks: Iterable[int]) -> None:
        rows = [(pk,) for pk in pks]
        self.run(f"DELETE FROM {table}_fresh WHERE rowid = %s", rows, many=True)
        for name in (table, f"{table}_words"):
            self.run(f"DELETE FROM {name} WHERE pk = %s", rows, many=True)

    def count(self, table: str, counts: Mapping[str, int]) -> None:
        self.run(
            f"INSERT INTO {table}_vocabulary VALUES (%s, %s) "
            "ON CONFLICT (token) DO UPDATE SET texts = texts + excluded.texts",
            list(counts.items()),
            many=True,
        )

    def posting_lists(self, table: str, tokens: list[str]) -> dict[str, np.ndarray]:
        lists = {}
        for start in range(0, len(tokens), MOST_PARAMETERS):
            some = tokens[start : start + MOST_PARAMETERS]
            question = f"SELECT %s, group_concat(rowid) FROM {table}_fresh WHERE {table}_fresh MATCH %s"
            parameters = [value for token in some for value in (token, f'"{token}"')]
            for token, keys in self.run(" UNION ALL ".join([question] * len(some)), parameters):
                if keys:
                    lists[token] = np.fromstring(keys, np.int64, sep=",")
        return lists

    @staticmethod
    def among(values: Iterable[Any]) -> tuple[str, Any]:
        return "IN (SELECT value FROM json_each(%s))", json.dumps(list(values))
