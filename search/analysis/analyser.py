"""The analyser: from text in a language to the tokens that every engine stores and looks for."""

from functools import lru_cache

from search.analysis import voikko
from search.analysis.builtin import Decompounder, Stems, Vocabulary
from search.analysis.folding import fold, words
from search.analysis.readings import WordTokens, tokens_of_parts
from search.analysis.stopwords import BY_LANGUAGE

# Raised whenever the same text gives other tokens than before: an index of another version must be rebuilt.
TOKENS_VERSION = 2
LANGUAGES = ("fi", "sv", "en")
DEFAULT_LANGUAGE = "fi"
ENGINES = ("voikko", "builtin")
CACHED_WORDS = 200_000


def plain_language(language):
    """The language whose rules apply: "fi-simple" is read as "fi"; a language without rules of its own as English."""
    base = (language or DEFAULT_LANGUAGE).split("-")[0].lower()
    return base if base in LANGUAGES else "en"


def best_engine(language):
    """`voikko` for Finnish where the library loads, else `builtin`."""
    return "voikko" if plain_language(language) == "fi" and voikko.load() else "builtin"


class Analyser:
    """Reads words of one language with one engine; remembers every word it has read.

    Raises LookupError when the engine named is not there on this machine.
    """

    def __init__(self, language=DEFAULT_LANGUAGE, engine=None, vocabulary=None):
        self.language = plain_language(language)
        self.engine = engine if engine and self.language == "fi" else best_engine(self.language)
        if engine is not None and engine not in ENGINES:
            raise LookupError(f"There is no analysis engine called {engine}.")
        self._voikko = voikko.load() if self.engine == "voikko" else None
        if self.engine == "voikko" and not self._voikko:
            raise LookupError("The Voikko library or its Finnish dictionary is missing (libvoikko1, voikko-fi).")
        self._stems = Stems(self.language)
        self._stop_words = BY_LANGUAGE[self.language]
        self.learn(vocabulary or Vocabulary())

    @property
    def version(self):
        """Name and version, kept in the index: an index made by another analyser is refused."""
        detail = self._voikko.version if self._voikko else "snowball"
        return f"{self.language}:{self.engine}-{detail}:{TOKENS_VERSION}"

    def learn(self, vocabulary):
        """Take compounds apart by this vocabulary from now on."""
        self.vocabulary = vocabulary
        self._decompounder = Decompounder(self.language, vocabulary, self._stems)
        self.word = lru_cache(maxsize=CACHED_WORDS)(self._read)

    def is_stop_word(self, word):
        """Whether the word says nothing about what is looked for."""
        return word in self._stop_words

    def index_tokens(self, text):
        """The tokens to store for a text, in the order of its words; a word said twice gives its tokens twice."""
        return self.tokens_of(words(text))

    def tokens_of(self, words_in_lower_case):
        """The tokens of words already taken out of their text."""
        read, stops = self.word, self._stop_words
        return [token for word in words_in_lower_case if word not in stops for token in read(word).all]

    def query_groups(self, text):
        """The tokens to look for, one group for each word of the text that is not a stop word."""
        read = [self.word(word) for word in words(text) if word not in self._stop_words]
        return [group for group in read if group.exact]

    def _read(self, word):
        readings = self._voikko.readings(word) if self._voikko else ()
        if readings:
            lemmas = dict.fromkeys(reading.lemma for reading in readings)
            compounds = [list(zip(reading.surfaces, reading.bases, strict=True)) for reading in readings]
            return tokens_of_parts(fold(word), lemmas, compounds, known=True)
        if "-" in word.strip("-"):
            return self._read_hyphenated(word)
        return self._read_unknown(word)

    def _read_unknown(self, word):
        parts = [] if self._voikko else self._decompounder.split(word)
        compounds = [[(part, self._stems.of(part)) for part in parts]] if parts else []
        # Voikko's index holds base forms: the word as it stands may be one that the dictionary lacks.
        lemmas = [word, self._stems.of(word)] if self._voikko else [self._stems.of(word)]
        return tokens_of_parts(fold(word), lemmas, compounds, known=False, begins_as_written=True)

    def _read_hyphenated(self, word):
        """A word with hyphens is the word itself and each of its pieces."""
        whole = tokens_of_parts(fold(word), [word], [], known=False)
        pieces = [self.word(piece) for piece in word.split("-") if piece]
        exact = dict.fromkeys((*whole.exact, *(token for piece in pieces for token in piece.exact)))
        prefixes = dict.fromkeys((*whole.prefixes, *(token for piece in pieces for token in piece.prefixes)))
        return WordTokens(
            whole.form, tuple(exact), tuple(prefixes), known=any(piece.known for piece in pieces), whole=whole.whole
        )


_analysers: dict[str, Analyser] = {}


def analyser_for(language=DEFAULT_LANGUAGE):
    """The process's own analyser of this language, made when first asked for."""
    language = plain_language(language)
    if language not in _analysers:
        _analysers[language] = Analyser(language)
    return _analysers[language]


def version():
    """The versions of the analysers that this machine would index with."""
    return " ".join(analyser_for(language).version for language in LANGUAGES)
