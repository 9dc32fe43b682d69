"""What an index is asked about its tokens and words, the same in both databases."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import connection

from search.analysis.folding import fold


class Questions(ABC):
    """Questions to the tables of a generation."""

    @staticmethod
    @abstractmethod
    def among(values: Iterable[Any]) -> tuple[str, Any]:
        """SQL that says that something is one of these values, and its parameter."""

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

    @staticmethod
    def run(sql: str, parameters: Any = None, *, many: bool = False) -> list[tuple]:
        with connection.cursor() as cursor:
            (cursor.executemany if many else cursor.execute)(sql, parameters)
            return cursor.fetchall() if cursor.description else []
