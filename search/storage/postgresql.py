"""The index in PostgreSQL: tables of lists and words, and a tsvector with GIN for what changed since the rebuild."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import numpy as np
from django.db import connection

from search.storage.database import DatabaseStorage
from search.storage.entries import Entry

COLUMNS = (
    "pk bigint PRIMARY KEY, sequence bigint NOT NULL, removed smallint NOT NULL, facets text NOT NULL, "
    "numbers text NOT NULL, latitude double precision, longitude double precision, length integer NOT NULL, "
    "gram_length integer NOT NULL, digest text NOT NULL"
)
WORDS = "pk bigint PRIMARY KEY, tokens text NOT NULL, forms text NOT NULL, spellings text NOT NULL"
LISTS = 'token text COLLATE "C", part integer, keys bytea NOT NULL, PRIMARY KEY (token, part)'
# Words are read two hundred texts at a time: they stay in their rows, as far as a page holds them, and unpacked.
ROWS_STAY_WHOLE = "WITH (toast_tuple_target = 8160)"
UNPACKED = {"words": ("tokens", "forms"), "lists": ("keys",), "columns": ("data",)}
SECONDS_TO_BUILD = 900


class PostgresqlStorage(DatabaseStorage):
    """Tokens are lexemes without positions; how often each text has them is counted in the best few hundred."""

    def create_tables(self, table: str) -> None:
        self.run(f"CREATE TABLE {table} ({COLUMNS})")
        self.run(f"CREATE INDEX {table}_sequence ON {table} (sequence, pk)")
        self.run(f"CREATE TABLE {table}_words ({WORDS}) {ROWS_STAY_WHOLE}")
        self.run(f"CREATE TABLE {table}_lists ({LISTS})")
        self.run(f'CREATE TABLE {table}_vocabulary (token text COLLATE "C" PRIMARY KEY, texts bigint NOT NULL)')
        self.run(f"CREATE TABLE {table}_columns (name text PRIMARY KEY, kind text NOT NULL, data bytea NOT NULL)")
        self.run(f"CREATE TABLE {table}_fresh (pk bigint PRIMARY KEY, words tsvector NOT NULL)")
        self.run(f"CREATE INDEX {table}_tokens ON {table}_fresh USING gin (words) WITH (fastupdate = off)")
        for name, columns in UNPACKED.items():
            for column in columns:
                self.run(f"ALTER TABLE {table}_{name} ALTER COLUMN {column} SET STORAGE EXTERNAL")

    def insert_rows(self, name: str, rows: Iterable[Sequence[Any]], width: int) -> None:
        with connection.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def insert_fresh(self, table: str, entries: Sequence[Entry]) -> None:
        rows = ((entry.pk, " ".join(f"'{token}'" for token in set(entry.tokens.split()))) for entry in entries)
        self.insert_rows(f"{table}_fresh", rows, 2)

    def delete(self, table: str, pks: Iterable[int]) -> None:
        for name in (table, f"{table}_words", f"{table}_fresh"):
            self.run(f"DELETE FROM {name} WHERE pk = ANY(%s)", [list(pks)])

    def count(self, table: str, counts: Mapping[str, int]) -> None:
        self.run(
            f"INSERT INTO {table}_vocabulary SELECT * FROM unnest(%s::text[], %s::bigint[]) AS new(token, texts) "
            f"ON CONFLICT (token) DO UPDATE SET texts = {table}_vocabulary.texts + EXCLUDED.texts",
            [list(counts), list(counts.values())],
        )

    def count_lists(self, table: str) -> None:
        super().count_lists(table)
        self.run(f"ANALYZE {table}_lists")

    def taking_time(self) -> AbstractContextManager[None]:
        return taking_time()

    def posting_lists(self, table: str, tokens: list[str]) -> dict[str, np.ndarray]:
        if not tokens:
            return {}
        question = f"SELECT %s::text, array_agg(pk) FROM {table}_fresh WHERE words @@ %s::tsquery"
        parameters = [value for token in tokens for value in (token, f"'{token}'")]
        rows = self.run(" UNION ALL ".join([question] * len(tokens)), parameters)
        return {token: np.array(keys, dtype=np.int64) for token, keys in rows if keys}

    @staticmethod
    def among(values: Iterable[Any]) -> tuple[str, Any]:
        return "= ANY(%s)", list(values)


@contextmanager
def taking_time() -> Iterator[None]:
    """Let statements run for minutes: for whoever builds an index, never for a request."""
    connection.ensure_connection()
    session = connection.connection
    usual = getattr(session, "patience", None)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = %s", [1000 * SECONDS_TO_BUILD])
    session.patience = SECONDS_TO_BUILD
    try:
        yield
    finally:
        session.patience = usual
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")
