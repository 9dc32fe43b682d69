"""Which tokens of a word make a match, which rank, and how much each tells."""

import math
from collections.abc import Mapping, Sequence

from search.query.parsing import QueryWord
from search.query.requests import FEW_HITS

RELATED_WEIGHT = 1.0
# A token in a larger share of the texts than this says little and costs much: it is left out of the ranking
# where the word has several others.
USUAL_PREFIX = 0.02
USUAL_TOKEN = 0.10
FEW_TOKENS = 3
# What a text gains for having every word of a search, as a share of what all its tokens weigh.
TOGETHER = 0.1


def idf(document_frequency: int, total: int) -> float:
    """The inverse document frequency: how much a token tells that so many of all texts hold."""
    return math.log(1 + (max(total - document_frequency, 0) + 0.5) / (document_frequency + 0.5))


def selective_tokens(word: QueryWord, frequencies: Mapping[str, int], total: int) -> list[str]:
    """The tokens of a query word worth ranking by: of more than three the usual ones are left out."""
    exact = [token for token in word.exact if frequencies.get(token)]
    prefixes = [token for token in word.prefixes if frequencies.get(token)]
    if len(exact) + len(prefixes) <= FEW_TOKENS:
        return exact + prefixes
    selective = [token for token in exact if frequencies[token] <= USUAL_TOKEN * total] or exact[:1]
    selective += [token for token in prefixes if frequencies[token] <= USUAL_PREFIX * total]
    return selective or prefixes[:1]


def matching_tokens(
    tokens: Sequence[str], frequencies: Mapping[str, int], total: int, *, whole: Sequence[str] = ()
) -> list[str]:
    """Those of a word's exact tokens that make a text a match.

    Of a compound's parts one that very many texts have says nothing alone: "työ" in "metsätyö". It is left out where
    the word itself (`whole`) or a rarer part is there.
    """
    present = [token for token in tokens if frequencies.get(token)]
    usual = max(USUAL_TOKEN * total, FEW_HITS)
    selective = [token for token in present if token in whole or frequencies[token] <= usual]
    return selective or sorted(present, key=lambda token: frequencies[token])[:1]


def stop_tokens(query_words: Sequence[QueryWord], frequencies: Mapping[str, int], total: int) -> set[str]:
    """The tokens of the words that rank and are no match by themselves."""
    groups = [(word.exact, word.whole) for word in query_words]
    groups += [(group, ()) for word in query_words for alternative in word.alternatives for group in alternative]
    matching = {token for group, whole in groups for token in matching_tokens(group, frequencies, total, whole=whole)}
    return {token for group, _ in groups for token in group if token not in matching}


def coordination(query_words: Sequence[QueryWord], weights: Mapping[str, float]) -> float:
    """What a text gains for having every word of several: somebody who writes two means both."""
    return TOGETHER * sum(weights.values()) if len(query_words) > 1 else 0.0
