"""From text to tokens: nothing else in the project takes text apart for searching."""

from search.analysis.analyser import (
    DEFAULT_LANGUAGE,
    ENGINES,
    LANGUAGES,
    Analyser,
    analyser_for,
    analysers_in_use,
    fingerprint,
    plain_language,
)
from search.analysis.builtin import Vocabulary
from search.analysis.folding import fold, four_grams, surface_words, words
from search.analysis.readings import WordTokens

__all__ = [
    "DEFAULT_LANGUAGE",
    "ENGINES",
    "LANGUAGES",
    "Analyser",
    "Vocabulary",
    "WordTokens",
    "analyser_for",
    "analysers_in_use",
    "fingerprint",
    "fold",
    "four_grams",
    "index_tokens",
    "plain_language",
    "query_groups",
    "surface_words",
    "words",
]


def index_tokens(text: str, language: str = DEFAULT_LANGUAGE) -> list[str]:
    """The tokens to store for a text of this language."""
    return analyser_for(language).index_tokens(text)


def query_groups(text: str, language: str = DEFAULT_LANGUAGE) -> list[WordTokens]:
    """The tokens to look for, one `WordTokens` for each word of the text that says something."""
    return analyser_for(language).query_groups(text)
