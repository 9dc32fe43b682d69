"""Nearest words: which words of the index a mistyped word may have meant.

Two words one edit apart become equal when at most one letter is left out of each, so an index of every word with
each of its letters left out once answers a look-up with a few dictionary reads instead of a scan of the vocabulary.
"""

from collections import defaultdict

LONG_WORD = 8
MOST_WORDS = 3


class NearestWords:
    """A look-up over a vocabulary of folded words with the number of documents that hold each."""

    def __init__(self, frequencies):
        self._frequencies = frequencies
        self._shortened = defaultdict(list)
        for word in frequencies:
            for short in _with_one_letter_out(word):
                self._shortened[short].append(word)

    def find(self, word, *, distance=None, most=MOST_WORDS):
        """The nearest words, best first: one edit away, or two for words of eight letters and more."""
        allowed = distance or (1 if len(word) < LONG_WORD else 2)
        candidates = set()
        for short in _with_one_letter_out(word):
            candidates.update(self._shortened.get(short, ()))
            if allowed > 1:
                for shorter in _with_one_letter_out(short):
                    candidates.update(self._shortened.get(shorter, ()))
        scored = ((edits(word, other, allowed), other) for other in candidates)
        near = sorted((d, -self._frequencies[other], other) for d, other in scored if d <= allowed)
        return [other for _, _, other in near[:most]]


def _with_one_letter_out(word):
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def edits(one, other, limit):
    """How many letters must be changed, added, left out or swapped with the next; anything over `limit` is limit + 1."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before, row = None, list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, target in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != target))
            if last is not None and j > 1 and letter == other[j - 2] and one[i - 2] == target:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
