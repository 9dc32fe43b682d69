"""The words that people read: a token is a stem or a base form without its dots, and is never shown to anybody."""

from collections.abc import Mapping, Sequence

import numpy as np

from search.analysis import Analyser, fold
from search.models import SearchIndex
from search.query.nearest import edits
from search.storage.database import DatabaseStorage

# Words that give a token are looked for in so many of the newest public texts that hold it.
MOST_TEXTS = 20
BEGINNING = 3
LONGEST_WORD = 60


def surfaces_of(
    tokens: list[str], storage: DatabaseStorage, state: SearchIndex, analysers: Sequence[Analyser]
) -> tuple[str, ...]:
    """For each token the word by which the texts write it, each once; a token of no public text has none."""
    columns = storage.columns(state)
    is_public = columns.numbers.get("listed", np.ones(columns.size, np.int64)) == 1
    surfaces = []
    for token, rows in storage.rows_with(state, columns, tokens).items():
        newest = np.sort(columns.pks[rows[is_public[rows]]])[::-1][:MOST_TEXTS]
        words = storage.written_words(storage.live_table(state), newest.tolist())
        surfaces.append(_surface(token, words, analysers))
    return tuple(dict.fromkeys(filter(None, surfaces)))


def _surface(token: str, words: Mapping[str, int], analysers: Sequence[Analyser]) -> str:
    """Of these words with their numbers the one that is the token, or gives it; else the part of one that does."""
    alike = [word for word in words if token[:BEGINNING] in fold(word)]
    ranked = []
    for word in alike:
        if fold(word) == token:
            ranked.append((0, -words[word], word))
        elif any(token in analyser.word(word).whole for analyser in analysers):
            ranked.append((1, -words[word], word))
        elif piece := next(filter(None, (analyser.piece_of(word, token) for analyser in analysers)), ""):
            ranked.append((2, -words[word], piece))
        else:
            # No analyser here gives the token, as where one stands in: the word that is most like it.
            ranked.append((3 + edits(fold(word), token, LONGEST_WORD), -words[word], word))
    return min(ranked, default=(0, 0, ""))[2]
