"""Nearest words: which words of the index a mistyped word may have meant.

Two words one edit apart become equal when at most one letter is left out of each, so a sorted list of the hashes of
every word with each of its letters left out once answers a look-up with a few binary searches, not with a scan.
"""

from collections.abc import Mapping

import numpy as np
from rapidfuzz.distance import OSA

LONG_WORD = 8
MOST_WORDS = 3


class NearestWords:
    """A look-up over a vocabulary of folded words with the number of documents that hold each."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._words = sorted(frequencies)  # whatever order they came in: words that are equally near keep theirs
        self._frequencies = frequencies
        hashes: list[int] = []
        owners: list[int] = []
        for at, word in enumerate(self._words):
            shortened = _with_one_letter_out(word)
            hashes += map(hash, shortened)
            owners += [at] * len(shortened)
        order = np.argsort(np.array(hashes, np.int64), kind="stable")
        self._hashes = np.array(hashes, np.int64)[order]
        self._owners = np.array(owners, np.int32)[order]

    def find(self, word: str) -> list[str]:
        """The nearest words, best first: one edit away, or two for words of eight letters and more."""
        allowed = 1 if len(word) < LONG_WORD else 2
        scored = ((edits(word, other, allowed), other) for other in self._candidates(word, allowed))
        near = sorted((distance, -self._frequencies[other], other) for distance, other in scored if distance <= allowed)
        return [other for _, _, other in near[:MOST_WORDS]]

    def slips(self, word: str) -> list[str]:
        """The words that may have been meant: one edit away and with the same first letter, the most usual first."""
        near = (other for other in self._candidates(word, 1) if other[0] == word[0] and edits(word, other, 1) <= 1)
        return sorted(near, key=lambda other: (-self._frequencies[other], other))

    def _candidates(self, word: str, allowed: int) -> list[str]:
        shortened = _with_one_letter_out(word)
        if allowed > 1:
            shortened = set().union(*map(_with_one_letter_out, shortened))
        wanted = np.array([hash(short) for short in shortened], np.int64)
        starts, ends = (np.searchsorted(self._hashes, wanted, side) for side in ("left", "right"))
        owners = {int(owner) for start, end in zip(starts, ends, strict=True) for owner in self._owners[start:end]}
        return [self._words[at] for at in owners]


def _with_one_letter_out(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def edits(word: str, other: str, limit: int) -> int:
    """How many letters must be changed, added, left out or swapped with the next; above `limit` it is limit + 1."""
    return OSA.distance(word, other, score_cutoff=limit)
