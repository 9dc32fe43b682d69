"""The order of relevance: BM25 over the tokens, with a little of the four-letter pieces that two spellings share.

First every text that holds a token is scored from the lists of texts alone, as if each token stood in it once; then
the best few hundred are scored again from their words. One ranking for every database.
"""

import math
from collections import Counter

import numpy as np

from search.analysis.folding import grams_of_word
from search.retrieval.entries import TITLE_MARK, TITLE_WEIGHT

K1 = 0.9
B = 0.9
GRAM_WEIGHT = 0.15
RERANKED = 250
# A token in a larger share of the texts than this says little and costs much: it is left out of the ranking
# where the word has several others.
USUAL_PREFIX = 0.02
USUAL_TOKEN = 0.10
FEW_TOKENS = 3


def rarity(holding, total):
    """How much a token tells that so many of all texts hold."""
    return math.log(1 + (max(total - holding, 0) + 0.5) / (holding + 0.5))


def telling_tokens(word, frequencies, total):
    """The tokens of a query word worth ranking by: of more than three the usual ones are left out."""
    exact = [token for token in word.exact if frequencies.get(token)]
    prefixes = [token for token in word.prefixes if frequencies.get(token)]
    if len(exact) + len(prefixes) <= FEW_TOKENS:
        return exact + prefixes
    telling = [token for token in exact if frequencies[token] <= USUAL_TOKEN * total] or exact[:1]
    telling += [token for token in prefixes if frequencies[token] <= USUAL_PREFIX * total]
    return telling or prefixes[:1]


def length_norms(lengths):
    """BM25's share of the length: long texts need more."""
    mean = float(lengths.mean()) if len(lengths) else 0.0
    return K1 * (1 - B + B * lengths / (mean or 1.0))


def first_scores(columns, postings, weights):
    """The score of every row as if each token stood in it once, or in its title. `weights` are the tokens' rarities."""
    scores = np.zeros(columns.size, np.float32)
    norms = length_norms(columns.lengths)
    for token, weight in weights.items():
        rows, titled = postings[token], postings.get(TITLE_MARK + token, ())
        scores[rows] += weight * (K1 + 1) / (1 + norms[rows])
        if len(titled):
            norm = norms[titled]
            scores[titled] += weight * (K1 + 1) * (TITLE_WEIGHT / (TITLE_WEIGHT + norm) - 1 / (1 + norm))
    return scores


class Rescorer:
    """Scores texts from their words: `weights` are the tokens' rarities, `grams` those of the query's pieces."""

    def __init__(self, weights, grams, mean_length, mean_gram_length):
        self._tokens = [(f" {token} ", f" {TITLE_MARK}{token} ", weight) for token, weight in weights.items()]
        self._grams = [(gram if len(gram) == 4 else f" {gram} ", weight) for gram, weight in grams.items()]
        self._mean_length, self._mean_gram_length = mean_length or 1.0, mean_gram_length or 1.0

    def score(self, tokens, forms, length, gram_length):
        """The score of one text of these tokens and folded word forms."""
        norm = K1 * (1 - B + B * length / self._mean_length)
        body, mark, title = f"  {tokens}  ".replace(" ", "  ").partition(f" {TITLE_MARK}")
        title = mark + title
        total = 0.0
        for plain, titled, weight in self._tokens:
            times = body.count(plain)
            if times and title:
                times += (TITLE_WEIGHT - 1) * title.count(titled)
            if times:
                total += weight * times * (K1 + 1) / (times + norm)
        return total + GRAM_WEIGHT * self._gram_score(forms, gram_length)

    def _gram_score(self, forms, gram_length):
        norm = K1 * (1 - B + B * gram_length / self._mean_gram_length)
        spaced = f"  {forms}  ".replace(" ", "  ")
        total = 0.0
        for gram, weight in self._grams:
            times = spaced.count(gram)
            if times:
                total += weight * times * (K1 + 1) / (times + norm)
        return total


def gram_weights(query_words, frequencies, total):
    """The rarity of each four-letter piece of the words as written, times how often it stands in them."""
    counts = Counter(gram for word in query_words for form in word.spelt for gram in grams_of_word(form))
    return {gram: times * rarity(frequencies.get(gram, 1), total) for gram, times in counts.items()}
