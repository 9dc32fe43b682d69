"""The table of concepts: what words and phrases mean, in the languages that people search in.

`concepts.csv` is for editors. `limit` and `value` say what is meant, the columns of languages by which words: phrases
separated by "; ", each word in its base form, which stands for all its forms, or with "=" for this form alone. Where
`denied` says "only", the words mean the limit only together with a negation: "ilman ajokorttia", never "ajokortti".
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from search.analysis import LANGUAGES, analyser_for, fold, words
from search.caches import ProcessCache

TABLE = Path(__file__).with_name("concepts.csv")
AS_WRITTEN = "="
OTHER = "other"

# A form of a word, and the language that it was read in: none where it stands as it is written.
Key = tuple[str, str]


class Concept(NamedTuple):
    """What a row of the table means; `is_denial` where only a negation makes it mean that."""

    limit: str
    value: str
    is_denial: bool = False


class Phrase(NamedTuple):
    """The words of a phrase, each as the keys that it is known by."""

    words: tuple[frozenset[Key], ...]
    concept: Concept


class Concepts:
    """The phrases of the table, by what they begin with."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._beginning: defaultdict[Key, list[Phrase]] = defaultdict(list)
        for row in rows:
            concept = Concept(row["limit"], row["value"], row["denied"] == "only")
            for language in (*LANGUAGES, OTHER):
                for phrase in filter(None, map(str.strip, row[language].split(";"))):
                    self._add(phrase, language, concept)

    def _add(self, phrase: str, language: str, concept: Concept) -> None:
        languages = () if phrase.startswith(AS_WRITTEN) or language == OTHER else (language,)
        parts = tuple(frozenset(keys_of(word, languages)) for word in words(phrase))
        for key in sorted(parts[0]):
            self._beginning[key].append(Phrase(parts, concept))

    def at(
        self, keys: Sequence[Sequence[Key]], start: int, is_wanted: Callable[[Concept], bool]
    ) -> tuple[Concept, int] | None:
        """The longest phrase that begins here, and where it ends; of two the one that a negation alone makes true."""
        best = None
        for key in keys[start] if start < len(keys) else ():
            for phrase in self._beginning.get(key, ()):
                end = start + len(phrase.words)
                better = best is None or (end, phrase.concept.is_denial) > (best[1], best[0].is_denial)
                if better and is_wanted(phrase.concept) and _are_there(phrase, keys[start:end]):
                    best = phrase.concept, end
        return best


def _are_there(phrase: Phrase, keys: Sequence[Sequence[Key]]) -> bool:
    pairs = zip(phrase.words, keys, strict=False)
    return len(keys) == len(phrase.words) and all(not wanted.isdisjoint(given) for wanted, given in pairs)


def keys_of(word: str, languages: Iterable[str] = LANGUAGES) -> tuple[Key, ...]:
    """The word as it is written, and its base forms in each of the languages."""
    bases = ((language, base) for language in languages for base in analyser_for(language).word(word).whole)
    return (("", fold(word)), *bases)


_concepts: ProcessCache[Concepts] = ProcessCache(most=1)


def concepts() -> Concepts:
    """Those of the table, read once."""
    return _concepts.get("all", _read)


def _read() -> Concepts:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return Concepts(csv.DictReader(lines))
