"""Words read without a dictionary: Snowball stems, and compounds taken apart by the words that the texts use."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Self

import Stemmer

from search.analysis.folding import words
from search.caches import ProcessCache

SNOWBALL = {"fi": "finnish", "sv": "swedish", "en": "english", "ru": "russian"}
# What may glue two parts beside the part itself: Finnish and Swedish genitives. English writes its compounds apart.
LINKING_LETTERS = {"fi": "ns", "sv": "s"}
SHORTEST_PART = 4
SHORTEST_PARTS = {"sv": 3}  # vård, bil, båt: Swedish builds its compounds of shorter words
FEWEST_DOCUMENTS = 2
LONGEST_COMPOUND = 40

VOWELS = "aeiouyäö"
# Finnish words whose stem changes when they are inflected; Snowball leaves the changed stem as it is.
STEM_CHANGES = (
    (re.compile(f"([{VOWELS}])ks$"), r"\1s"),  # hitsaus: hitsauksen
    (re.compile(r"([uy])[dt]$"), r"\1s"),  # terveys: terveyden, terveyttä
    (re.compile(r"is$"), "in"),  # nainen: naisen
    (re.compile(f"ng(?=[{VOWELS}]*$)"), "nk"),  # kenkä: kengän
    (re.compile(f"mm(?=[{VOWELS}]*$)"), "mp"),  # ampua: ammun
    (re.compile(f"nn(?=[{VOWELS}]*$)"), "nt"),  # hoitokunta: hoitokunnan
    (re.compile(f"ll(?=[{VOWELS}]*$)"), "lt"),  # silta: sillan
    (re.compile(f"rr(?=[{VOWELS}]*$)"), "rt"),  # kerta: kerran
    (re.compile(f"d(?=[{VOWELS}]*$)"), "t"),  # hoito: hoidon
)
SHORTEST_CHANGING_STEM = 5
# The mean log frequency of the parts of a compound, and the parts.
Division = tuple[float, tuple[str, ...]]


class Stems:
    """The stems of one language, each word worked out once."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._stemmer = Stemmer.Stemmer(SNOWBALL.get(language, "english"), 0)
        self.of = ProcessCache.of_calls(100_000)(self._stem)

    def _stem(self, word: str) -> str:
        stem = self._stemmer.stemWord(word)
        if self._language == "fi" and len(stem) >= SHORTEST_CHANGING_STEM:
            for pattern, replacement in STEM_CHANGES:
                stem = pattern.sub(replacement, stem)
        return stem


class Vocabulary:
    """The words of the indexed texts with the number of texts that hold each: the possible parts of compounds."""

    def __init__(self, frequencies: Mapping[str, int] | None = None) -> None:
        self.frequencies = dict(frequencies or {})

    @classmethod
    def of_texts(cls, texts: Iterable[str]) -> Self:
        """The vocabulary of these texts; words of fewer than two texts are left out, as they are often mistakes."""
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update({part for word in words(text) for part in word.split("-")})
        shortest = min(SHORTEST_PART, *SHORTEST_PARTS.values())
        return cls({word: n for word, n in counts.items() if n >= FEWEST_DOCUMENTS and len(word) >= shortest})


class Decompounder:
    """Takes compounds apart. Of several ways it prefers the one whose parts are the most usual words together."""

    def __init__(self, language: str, vocabulary: Vocabulary, stems: Stems) -> None:
        self._shortest = SHORTEST_PARTS.get(language, SHORTEST_PART)
        self._links = LINKING_LETTERS.get(language, "")
        self._stems = stems
        self._forms = vocabulary.frequencies if language in LINKING_LETTERS else {}
        self._stem_counts: Counter[str] = Counter()
        for form, count in self._forms.items():
            self._stem_counts[stems.of(form)] += count

    def split(self, word: str) -> list[str]:
        """The parts of the word as written, or none when it is not made of known words."""
        if not self._forms or not 2 * self._shortest <= len(word) <= LONGEST_COMPOUND:
            return []
        best = max(self._divisions(word, {}), default=None)
        return list(best[1]) if best else []

    def _divisions(self, word: str, seen: dict[str, Division | None]) -> Iterator[Division]:
        """Each (mean log frequency, parts) with a known word at the start and the best parts of the rest behind it."""
        for at in range(self._shortest, len(word) - self._shortest + 1):
            frequency = self._frequency_inside(word[:at])
            tail = frequency and self._best(word[at:], seen)
            if tail:
                parts = (word[:at], *tail[1])
                yield (math.log(frequency) + tail[0] * len(tail[1])) / len(parts), parts

    def _best(self, rest: str, seen: dict[str, Division | None]) -> Division | None:
        """The best (mean log frequency, parts) of the rest of a word, whole or divided; None when it is not known."""
        if rest not in seen:
            whole = self._frequency_at_end(rest)
            candidates = [(math.log(whole), (rest,))] if whole else []
            seen[rest] = max([*candidates, *self._divisions(rest, seen)], default=None)
        return seen[rest]

    def _frequency_inside(self, part: str) -> int:
        """How usual the part is before another part: as written, or without its linking letter."""
        known = self._forms.get(part, 0)
        if not known and len(part) > self._shortest and part[-1] in self._links:
            known = self._forms.get(part[:-1], 0)
        return known

    def _frequency_at_end(self, part: str) -> int:
        """How usual the part is at the end, where it is inflected."""
        return max(self._forms.get(part, 0), self._stem_counts.get(self._stems.of(part), 0))
