"""The index in PostgreSQL: a tsvector with a GIN index for the posting lists, beside the narrow columns."""

from collections import Counter
from contextlib import contextmanager

import numpy as np
from django.db import connection

from search.retrieval.stores.database import DatabaseStore

COLUMNS = (
    "pk bigint PRIMARY KEY, sequence bigint NOT NULL, removed smallint NOT NULL, facets text NOT NULL, "
    "numbers text NOT NULL, latitude double precision, longitude double precision, length integer NOT NULL, "
    "gram_length integer NOT NULL, digest text NOT NULL"
)
# Texts are stored apart from their rows: reading the keys that hold a token then touches a few pages only.
WORDS = "pk bigint PRIMARY KEY, tokens text NOT NULL, forms text NOT NULL, words tsvector NOT NULL"
ROWS_STAY_NARROW = "WITH (toast_tuple_target = 128)"
SECONDS_TO_BUILD = 900


class PostgresqlStore(DatabaseStore):
    """Tokens are lexemes without positions; how often each text has them is counted in the best few hundred."""

    def __init__(self):
        super().__init__()
        # Vocabularies of tables that are being filled: they are written once, at the end.
        self._filling: dict[str, Counter[str]] = {}

    def create_tables(self, table, *, to_fill=False):
        self.run(f"CREATE TABLE {table} ({COLUMNS})")
        self.run(f"CREATE TABLE {table}_words ({WORDS}) {ROWS_STAY_NARROW}")
        self.run(f"CREATE INDEX {table}_sequence ON {table} (sequence, pk)")
        if to_fill:
            self._filling[table] = Counter()
        else:
            self._index_words(table)
        self.run(f'CREATE TABLE {table}_vocabulary (token text COLLATE "C" PRIMARY KEY, texts bigint NOT NULL)')

    def _index_words(self, table):
        self.run(f"CREATE INDEX {table}_tokens ON {table}_words USING gin (words) WITH (fastupdate = off)")

    def drop_tables(self, table):
        for name in (table, f"{table}_words", f"{table}_vocabulary"):
            self.run(f"DROP TABLE IF EXISTS {name}")

    def insert(self, table, entries, sequence):
        counts: Counter[str] = Counter()
        self._copy(table, (self.row_values(entry, sequence) for entry in entries))
        self._copy(f"{table}_words", (self._words(entry, counts) for entry in entries if entry.forms))
        if table in self._filling:
            self._filling[table].update(counts)
        else:
            self._count(table, counts)

    @staticmethod
    def _words(entry, counts):
        """The row of an entry's words; its tokens are counted on the way."""
        lexemes = set(entry.tokens.split())
        counts.update(lexemes)
        return entry.pk, entry.tokens, entry.forms, " ".join(f"'{lexeme}'" for lexeme in lexemes)

    @staticmethod
    def _copy(table, rows):
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def _count(self, table, counts):
        """Add to the vocabulary. Texts that go are not taken off: it only says which words there are, and how usual."""
        self.run(
            f"INSERT INTO {table}_vocabulary SELECT * FROM unnest(%s::text[], %s::bigint[]) AS new(token, texts) "
            f"ON CONFLICT (token) DO UPDATE SET texts = {table}_vocabulary.texts + EXCLUDED.texts",
            [list(counts), list(counts.values())],
        )

    def delete(self, table, pks):
        for name in (table, f"{table}_words"):
            self.run(f"DELETE FROM {name} WHERE pk = ANY(%s)", [list(pks)])

    def finish(self, table):
        with taking_time():
            self._count(table, self._filling.pop(table))
            self._index_words(table)
            self.run(f"VACUUM ANALYZE {table}_words" if not connection.in_atomic_block else f"ANALYZE {table}_words")

    def posting_lists(self, table, tokens):
        if not tokens:
            return {}
        one = f"SELECT %s::text, array_agg(pk) FROM {table}_words WHERE words @@ %s::tsquery"
        parameters = [value for token in tokens for value in (token, f"'{token}'")]
        rows = self.run(" UNION ALL ".join([one] * len(tokens)), parameters)
        return {token: np.array(keys or [], dtype=np.int64) for token, keys in rows}

    def common_tokens(self, table, texts):
        return dict(self.run(f"SELECT token, texts FROM {table}_vocabulary WHERE texts > %s", [texts]))

    def known(self, table, tokens):
        rows = self.run(f"SELECT token FROM {table}_vocabulary WHERE token = ANY(%s)", [list(tokens)])
        return {token for (token,) in rows}

    def frequencies(self, table, tokens):
        return dict(self.run(f"SELECT token, texts FROM {table}_vocabulary WHERE token = ANY(%s)", [list(tokens)]))

    def prefixed_tokens(self, table, prefix, limit):
        sql = f"SELECT token FROM {table}_vocabulary WHERE token >= %s AND token < %s LIMIT %s"
        return [token for (token,) in self.run(sql, [prefix, prefix + "\U0010ffff", limit])]

    def token_counts(self, table):
        return self.run(f"SELECT token, texts FROM {table}_vocabulary")

    def words_of(self, table, pks):
        sql = f"SELECT pk, tokens, forms FROM {table}_words WHERE pk = ANY(%s)"
        return {pk: (tokens, forms) for pk, tokens, forms in self.run(sql, [[int(pk) for pk in pks]])}


@contextmanager
def taking_time():
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
