"""Which tokens of a word rank, and how much each tells."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from search.query.parsing import QueryWord

RELATED_WEIGHT = 1.0
KIN_WEIGHT = 0.3
# A token in a larger share of the texts than this says little and costs much: it is left out of the ranking
# where the word has several others. In a small index, where every text is a large share, so many texts are few.
USUAL_PREFIX, FEW_FOR_PREFIX = 0.02, 8
USUAL_TOKEN, FEW_FOR_TOKEN = 0.10, 16
FEW_TOKENS = 3
# What a text gains for having every word of a search, as a share of what all its tokens weigh.
TOGETHER = 0.2


def idf(document_frequency: int, total: int) -> float:
    """The inverse document frequency: how much a token tells that so many of all texts hold."""
    return math.log(1 + (max(total - document_frequency, 0) + 0.5) / (document_frequency + 0.5))


def selective_tokens(word: QueryWord, frequencies: Mapping[str, int], total: int) -> list[str]:
    """The tokens of a query word worth ranking by: of more than three the usual ones are left out."""
    exact = [token for token in word.exact if frequencies.get(token)]
    prefixes = [token for token in word.prefixes if frequencies.get(token)]
    if len(exact) + len(prefixes) <= FEW_TOKENS:
        return exact + prefixes
    most_beginnings = max(USUAL_PREFIX * total, FEW_FOR_PREFIX)
    selective = [token for token in exact if frequencies[token] <= _most(total)] or exact[:1]
    selective += [token for token in prefixes if frequencies[token] <= most_beginnings]
    return selective or prefixes[:1]


def _most(total: int) -> float:
    """So many of all texts may hold a token that still tells something."""
    return max(USUAL_TOKEN * total, FEW_FOR_TOKEN)


def token_weights(
    query_words: Sequence[QueryWord],
    frequencies: Mapping[str, int],
    total: int,
    completions: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> dict[str, float]:
    """What each token worth ranking by weighs: its idf, a little less where it is another member of a word's family.

    `completions` are what a word that is still typed may become.
    """
    weights: dict[str, float] = {}
    for word in query_words:
        whole = word.with_alternatives()
        whole = replace(whole, exact=(*whole.exact, *completions.get(word.written, ())))
        weights.update({token: idf(frequencies[token], total) for token in selective_tokens(whole, frequencies, total)})
        for token in word.kin:
            if token not in weights and 0 < frequencies.get(token, 0) <= _most(total):
                weights[token] = KIN_WEIGHT * idf(frequencies[token], total)
    return weights


def coordination(query_words: Sequence[QueryWord], weights: Mapping[str, float]) -> float:
    """What a text gains for having every word of several: somebody who writes two means both."""
    return TOGETHER * sum(weights.values()) if len(query_words) > 1 else 0.0
