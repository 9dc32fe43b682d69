"""The analyser: from text in a language to the tokens that every engine stores and looks for."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from search.analysis import voikko
from search.analysis.builtin import Decompounder, Stems, Vocabulary
from search.analysis.folding import fold, words
from search.analysis.readings import WordTokens, tokens_of_parts
from search.analysis.stopwords import BY_LANGUAGE
from search.analysis.voikko import Reading
from search.caches import ProcessCache

# Raised whenever the same text gives other tokens than before: an index of another version must be rebuilt.
TOKENS_VERSION = 2
LANGUAGES = ("fi", "sv", "en")
DEFAULT_LANGUAGE = "fi"
ENGINES = ("voikko", "builtin")
CACHED_WORDS = 200_000


def plain_language(language: str | None) -> str:
    """The language whose rules apply: "fi-simple" is read as "fi"; a language without rules of its own as English."""
    base = (language or DEFAULT_LANGUAGE).split("-")[0].lower()
    return base if base in LANGUAGES else "en"


def best_engine(language: str) -> str:
    """`voikko` for Finnish where the library loads, else `builtin`."""
    return "voikko" if plain_language(language) == "fi" and voikko.load() else "builtin"


class Analyser:
    """Reads words of one language with one engine; remembers every word it has read.

    Raises LookupError when the engine named is not there on this machine.
    """

    def __init__(
        self, language: str | None = DEFAULT_LANGUAGE, engine: str | None = None, vocabulary: Vocabulary | None = None
    ) -> None:
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
    def version(self) -> str:
        """Name and version; those of all languages together are the fingerprint that is kept with an index."""
        detail = self._voikko.version if self._voikko else "snowball"
        return f"{self.language}:{self.engine}-{detail}:{TOKENS_VERSION}"

    def learn(self, vocabulary: Vocabulary, learnt_at: datetime | None = None) -> None:
        """Take compounds apart by this vocabulary, which was learnt from the texts at that time, from now on."""
        self.vocabulary, self.learnt_at = vocabulary, learnt_at
        self._decompounder = Decompounder(self.language, vocabulary, self._stems)
        self.word = ProcessCache.of_calls(CACHED_WORDS)(self._read)

    def piece_of(self, word: str, token: str) -> str:
        """The piece of a written word that a token stands for: the word, or the part of it as it is written there."""
        if token in self.word(word).whole:
            return word
        for parts in self._compounds(word):
            surfaces = [surface for surface, _ in parts]
            bases = [fold(base) for _, base in parts]
            for start in range(len(parts)):
                for end in range(start + 1, len(parts) + 1):
                    if token == "".join(map(fold, surfaces[start : end - 1])) + bases[end - 1]:
                        return "".join(surfaces[start:end])
        pieces = word.split("-") if "-" in word.strip("-") else ()
        return next(filter(None, (self.piece_of(piece, token) for piece in pieces if piece)), "")

    def is_stop_word(self, word: str) -> bool:
        """Whether the word says nothing about what is looked for."""
        return word in self._stop_words

    def index_tokens(self, text: str) -> list[str]:
        """The tokens to store for a text, in the order of its words; a word said twice gives its tokens twice."""
        return self.tokens_of(words(text))

    def tokens_of(self, words_in_lower_case: Iterable[str]) -> list[str]:
        """The tokens of words already taken out of their text."""
        read, stops = self.word, self._stop_words
        return [token for word in words_in_lower_case if word not in stops for token in read(word).all]

    def query_groups(self, text: str) -> list[WordTokens]:
        """The tokens to look for, one group for each word of the text that is not a stop word."""
        read = [self.word(word) for word in words(text) if word not in self._stop_words]
        return [group for group in read if group.exact]

    def _read(self, word: str) -> WordTokens:
        if readings := self._readings(word):
            lemmas = dict.fromkeys(reading.lemma for reading in readings)
            return tokens_of_parts(fold(word), lemmas, self._compounds(word, readings), known=True)
        if "-" in word.strip("-"):
            return self._read_hyphenated(word)
        return self._read_unknown(word)

    def _read_unknown(self, word: str) -> WordTokens:
        # Voikko's index holds base forms: the word as it stands may be one that the dictionary lacks.
        lemmas = [word, self._stems.of(word)] if self._voikko else [self._stems.of(word)]
        return tokens_of_parts(fold(word), lemmas, self._compounds(word, ()), known=False, begins_as_written=True)

    def _readings(self, word: str) -> Sequence[Reading]:
        return self._voikko.readings(word) if self._voikko else ()

    def _compounds(self, word: str, readings: Sequence[Reading] | None = None) -> list[list[tuple[str, str]]]:
        """Each way to take the word apart, as pairs of a part as written and its base form."""
        readings = self._readings(word) if readings is None else readings
        if readings or self._voikko:
            return [list(zip(reading.surfaces, reading.bases, strict=True)) for reading in readings]
        parts = self._decompounder.split(word)
        return [[(part, self._stems.of(part)) for part in parts]] if parts else []

    def _read_hyphenated(self, word: str) -> WordTokens:
        """A word with hyphens is the word itself and each of its pieces."""
        whole = tokens_of_parts(fold(word), [word], [], known=False)
        pieces = [self.word(piece) for piece in word.split("-") if piece]
        exact = dict.fromkeys((*whole.exact, *(token for piece in pieces for token in piece.exact)))
        prefixes = dict.fromkeys((*whole.prefixes, *(token for piece in pieces for token in piece.prefixes)))
        return WordTokens(
            whole.form,
            tuple(exact),
            tuple(prefixes),
            known=any(piece.known for piece in pieces),
            whole=whole.whole,
            compounds=(tuple(piece.whole[0] for piece in pieces if piece.whole),),
        )


class StandIn(Analyser):
    """Reads for an index that an analyser made which this machine lacks.

    Most base forms are words that people write: each word stands also for itself as it is written.
    """

    def _read(self, word: str) -> WordTokens:
        tokens = super()._read(word)
        exact, whole = (tuple(dict.fromkeys((*some, tokens.form))) for some in (tokens.exact, tokens.whole))
        return tokens._replace(exact=exact, whole=whole)


_analysers: ProcessCache[Analyser] = ProcessCache()


def analyser_for(language: str | None = DEFAULT_LANGUAGE, made_by: str = "") -> Analyser:
    """The process's own analyser of this language, made when first asked for.

    `made_by` is the fingerprint of an index to read or write: then it is the analyser that made it, where this machine
    has it, else one that stands in for it.
    """
    language = plain_language(language)
    wanted = next((part for part in made_by.split() if part.startswith(f"{language}:")), "")
    return _analysers.get((language, wanted), lambda: _analyser(language, wanted))


def _analyser(language: str, wanted: str) -> Analyser:
    own = Analyser(language)
    if wanted in {"", own.version}:
        return analyser_for(language) if wanted else own
    try:
        other = Analyser(language, wanted.split(":")[1].partition("-")[0])
    except (LookupError, IndexError):
        return StandIn(language)
    return other if other.version == wanted else StandIn(language)


def analysers_in_use() -> list[Analyser]:
    """Every analyser that this process has made."""
    return _analysers.values()


def fingerprint() -> str:
    """The versions of the analysers that this machine indexes with."""
    return " ".join(analyser_for(language).version for language in LANGUAGES)
