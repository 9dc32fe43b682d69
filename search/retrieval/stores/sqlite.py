"""The index in SQLite: one FTS5 table for the posting lists, one narrow table for the columns."""

import json

import numpy as np

from search.retrieval.stores.database import DatabaseStore

COLUMNS = (
    "pk INTEGER PRIMARY KEY, sequence INTEGER NOT NULL, removed INTEGER NOT NULL, facets TEXT NOT NULL, "
    "numbers TEXT NOT NULL, latitude REAL, longitude REAL, length INTEGER NOT NULL, gram_length INTEGER NOT NULL, "
    "digest TEXT NOT NULL"
)
# Only which text holds which token is kept in the postings: how often it does is counted in the best few hundred.
WORDS = 'fts5(tokens, forms UNINDEXED, detail=none, columnsize=0, tokenize="unicode61 remove_diacritics 0")'
MOST_PARAMETERS = 400


class SqliteStore(DatabaseStore):
    """Posting lists by FTS5 (`{table}_words`), its vocabulary by fts5vocab (`{table}_vocabulary`)."""

    def create_tables(self, table, *, to_fill=False):
        self.run(f"CREATE TABLE {table} ({COLUMNS})")
        self.run(f"CREATE INDEX {table}_sequence ON {table} (sequence, pk)")
        self.run(f"CREATE VIRTUAL TABLE {table}_words USING {WORDS}")
        self.run(f"CREATE VIRTUAL TABLE {table}_vocabulary USING fts5vocab('{table}_words', 'row')")

    def drop_tables(self, table):
        for name in (f"{table}_vocabulary", f"{table}_words", table):
            self.run(f"DROP TABLE IF EXISTS {name}")

    def insert(self, table, entries, sequence):
        marks = ", ".join(["%s"] * 10)
        rows = [self.row_values(entry, sequence) for entry in entries]
        self.run(f"INSERT INTO {table} VALUES ({marks})", rows, many=True)
        words = [(entry.pk, entry.tokens, entry.forms) for entry in entries if entry.forms]
        self.run(f"INSERT INTO {table}_words(rowid, tokens, forms) VALUES (%s, %s, %s)", words, many=True)

    def delete(self, table, pks):
        rows = [(pk,) for pk in pks]
        self.run(f"DELETE FROM {table}_words WHERE rowid = %s", rows, many=True)
        self.run(f"DELETE FROM {table} WHERE pk = %s", rows, many=True)

    def finish(self, table):
        self.run(f"INSERT INTO {table}_words({table}_words) VALUES ('optimize')")

    def posting_lists(self, table, tokens):
        found = {}
        for start in range(0, len(tokens), MOST_PARAMETERS):
            some = tokens[start : start + MOST_PARAMETERS]
            one = f"SELECT %s, group_concat(rowid) FROM {table}_words WHERE {table}_words MATCH %s"
            parameters = [value for token in some for value in (token, f'"{token}"')]
            for token, keys in self.run(" UNION ALL ".join([one] * len(some)), parameters):
                found[token] = np.fromstring(keys, np.int64, sep=",") if keys else np.zeros(0, np.int64)
        return found

    def common_tokens(self, table, texts):
        return dict(self.run(f"SELECT term, doc FROM {table}_vocabulary WHERE doc > %s", [texts]))

    def known(self, table, tokens):
        one = f"SELECT EXISTS (SELECT 1 FROM {table}_words WHERE {table}_words MATCH %s)"
        rows = self.run(" UNION ALL ".join([one] * len(tokens)), [f'"{token}"' for token in tokens]) if tokens else []
        return {token for token, (is_known,) in zip(tokens, rows, strict=True) if is_known}

    def frequencies(self, table, tokens):
        rows = (self.run(f"SELECT term, doc FROM {table}_vocabulary WHERE term = %s", [token]) for token in tokens)
        return {token: count for found in rows for token, count in found}

    def prefixed_tokens(self, table, prefix, limit):
        sql = f"SELECT term FROM {table}_vocabulary WHERE term >= %s AND term < %s LIMIT %s"
        return [term for (term,) in self.run(sql, [prefix, prefix + "\U0010ffff", limit])]

    def token_counts(self, table):
        return self.run(f"SELECT term, doc FROM {table}_vocabulary")

    def words_of(self, table, pks):
        sql = f"SELECT rowid, tokens, forms FROM {table}_words WHERE rowid IN (SELECT value FROM json_each(%s))"
        return {pk: (tokens, forms) for pk, tokens, forms in self.run(sql, [json.dumps([int(pk) for pk in pks])])}
