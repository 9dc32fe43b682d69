"""The order of relevance: BM25 over the tokens, with a little of the four-letter pieces that two spellings share.

First every text that holds a token is scored from the lists of texts alone, as if each token stood in it once; then
the best hundred and fifty are scored again from their words. One ranking for every database.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np

from search.analysis.folding import grams_of_word
from search.query.parsing import QueryWord
from search.ranking.tokens import idf
from search.storage.columns import Columns
from search.storage.entries import TITLE_MARK, TITLE_WEIGHT

K1 = 0.9
B = 0.9
GRAM_WEIGHT = 0.15
RERANKED = 150


def length_norms(lengths: np.ndarray) -> np.ndarray:
    """BM25's share of the length: long texts need more."""
    mean = float(lengths.mean()) if len(lengths) else 0.0
    return K1 * (1 - B + B * lengths / (mean or 1.0))


def first_scores(
    columns: Columns, postings: Mapping[str, np.ndarray], titles: Mapping[str, np.ndarray], weights: Mapping[str, float]
) -> np.ndarray:
    """The score of every row as if each token stood in it once, or in its title. `weights` are the tokens' idf."""
    scores = np.zeros(columns.size, np.float32)
    norms = columns.of_lengths(length_norms)
    for token, weight in weights.items():
        rows, titled = postings[token], titles[TITLE_MARK + token]
        scores[rows] += weight * (K1 + 1) / (1 + norms[rows])
        if len(titled):
            norm = norms[titled]
            scores[titled] += weight * (K1 + 1) * (TITLE_WEIGHT / (TITLE_WEIGHT + norm) - 1 / (1 + norm))
    return scores


class Rescorer:
    """Scores a handful of texts from their words: token by token, and four letters by four letters."""

    def __init__(
        self,
        texts: Sequence[tuple[str, str]],
        lengths: np.ndarray,
        gram_lengths: np.ndarray,
        *,
        mean_length: float,
        mean_gram_length: float,
    ) -> None:
        """`texts` are (tokens, forms) as stored; the lengths stand beside them."""
        split = [f" {tokens} ".partition(f" {TITLE_MARK}") for tokens, _ in texts]
        self._bodies = [body for body, _, _ in split]
        self._titles = [mark + title for _, mark, title in split]
        self._forms = [forms for _, forms in texts]
        self._norms = K1 * (1 - B + B * lengths / (mean_length or 1.0))
        self._gram_norms = K1 * (1 - B + B * gram_lengths / (mean_gram_length or 1.0))

    def scores(
        self,
        weights: Mapping[str, float],
        holders: Callable[[str], Iterable[int]],
        title_holders: Callable[[str], Iterable[int]],
        grams: Mapping[str, float],
    ) -> np.ndarray:
        """The score of each text.

        `weights` are the tokens' idf, `grams` those of the query's pieces; `holders` and `title_holders` say
        which of the texts hold a token at all, so that only those are read.
        """
        total = np.zeros(len(self._forms))
        for token, weight in weights.items():
            times = np.zeros(len(total))
            for at in holders(token):
                times[at] = self._bodies[at].count(f" {token} ")
            for at in title_holders(token):
                times[at] += (TITLE_WEIGHT - 1) * self._titles[at].count(f" {TITLE_MARK}{token} ")
            total += weight * times * (K1 + 1) / (times + self._norms)
        for times, weight in self._gram_counts(grams):
            total += GRAM_WEIGHT * weight * times * (K1 + 1) / (times + self._gram_norms)
        return total

    def _gram_counts(self, grams: Mapping[str, float]) -> Iterator[tuple[np.ndarray, float]]:
        """How often each piece stands in each text, with its weight; all texts are read in one pass."""
        joined = "\n".join(f" {forms} " for forms in self._forms)
        text = np.frombuffer(joined.encode("ascii", "replace") + b"    ", np.uint8).astype(np.uint32)
        ends = np.cumsum([len(forms) + 3 for forms in self._forms])
        fours = text[:-3] | text[1:-2] << 8 | text[2:-1] << 16 | text[3:] << 24
        for gram, weight in grams.items():
            wanted = gram if len(gram) == 4 else f" {gram} "
            if len(wanted) == 4 and wanted.isascii():
                code = int.from_bytes(wanted.encode(), "little")
                owners = np.searchsorted(ends, np.flatnonzero(fours == code), side="right")
                yield np.bincount(owners, minlength=len(ends))[: len(ends)], weight
            else:
                spaced = (f" {forms} ".replace(" ", "  ") for forms in self._forms)
                yield np.fromiter((forms.count(wanted) for forms in spaced), float, len(ends)), weight


def gram_weights(query_words: Iterable[QueryWord], frequencies: Mapping[str, int], total: int) -> dict[str, float]:
    """The idf of each four-letter piece of the words as written, times how often it stands in them."""
    counts = Counter(gram for word in query_words for form in word.spelt for gram in grams_of_word(form))
    return {gram: times * idf(frequencies.get(gram, 1), total) for gram, times in counts.items()}
