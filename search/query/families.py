"""Families of words: doer, deed and trade, everyday words, and the same in other languages.

`families.csv` holds them in Finnish, Swedish and English, `families_cyrillic.csv` the commonest in Russian and
Ukrainian, which no speaker has checked yet. Whoever writes a member means the others almost as much.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import NamedTuple

from search.analysis import LANGUAGES, Analyser, analyser_for, fold, words
from search.analysis.builtin import Stems
from search.caches import ProcessCache
from search.query.parsing import QueryWord

FOLDER = Path(__file__).parent
CYRILLIC = ("ru", "uk")
# Ukrainian letters as the Russian stemmer knows them: there is none for Ukrainian.
RUSSIAN_LETTERS = str.maketrans("іїєґ", "ииег")
RUSSIAN = Stems("ru")
MOST_KEYS = 8
# A table's cell holds members with these between.
BETWEEN_MEMBERS = "; "

Key = tuple[str, ...]
Row = dict[str, list[str]]


class Kin(NamedTuple):
    """The other members of a family: single `tokens`, and `ways` of several words that must all be there."""

    tokens: tuple[str, ...] = ()
    ways: tuple[tuple[tuple[str, ...], ...], ...] = ()
    names: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tokens or self.ways)


@dataclass(frozen=True)
class Families:
    """The rows with their members by language, found by how a member is written, else by the stems of its words.

    No member has more than `longest` words.
    """

    rows: Sequence[Row]
    written: dict[str, dict[Key, list[int]]]
    stems: dict[str, dict[Key, list[int]]]
    longest: int

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "Families":
        written: dict[str, dict[Key, list[int]]] = defaultdict(lambda: defaultdict(list))
        stems: dict[str, dict[Key, list[int]]] = defaultdict(lambda: defaultdict(list))
        for at, row in enumerate(rows):
            for language, members in row.items():
                for member in members:
                    written[language][_written_key(member)].append(at)
                    if language != "fi":
                        stems[language][_stem_key(words(member), language)].append(at)
        longest = max(len(key) for keys in written.values() for key in keys)
        return cls(rows, written, stems, longest)

    def of_words(self, span: Sequence[QueryWord], reader: str) -> dict[int, str]:
        """The rows that some words name, each with the language in which they do.

        Finnish goes before all, then the reader's language: "barn" are children in Swedish and a building in English.
        """
        if len(span) > self.longest:
            return {}
        for language in dict.fromkeys(("fi", reader)):
            if rows := self._rows(span, language):
                return dict.fromkeys(rows, language)
        others = [language for language in (*LANGUAGES, *CYRILLIC) if language not in {"fi", reader}]
        return {row: language for language in others for row in self._rows(span, language)}

    def _rows(self, span: Sequence[QueryWord], language: str) -> list[int]:
        written = self.written.get(language, {})
        rows = [row for key in _keys(span, language) for row in written.get(key, ())]
        return rows or self.stems.get(language, {}).get(_stem_key([word.written for word in span], language), [])


def _keys(span: Sequence[QueryWord], language: str) -> Iterator[Key]:
    """How the words may be written: as they stand, and in Finnish by their base forms."""
    yield tuple(word.form for word in span)
    if language == "fi":
        read = (dict.fromkeys((word.form, *word.whole)) for word in span)
        for number, key in enumerate(product(*read)):
            if number < MOST_KEYS:
                yield key


def _written_key(member: str) -> Key:
    return tuple(map(fold, words(member)))


def _stem_key(some_words: Iterable[str], language: str) -> Key:
    if language in CYRILLIC:
        return tuple(RUSSIAN.of(word.translate(RUSSIAN_LETTERS)) for word in some_words)
    read = (analyser_for(language).word(word) for word in some_words)
    return tuple(tokens.whole[0] for tokens in read if tokens.whole)


_families: ProcessCache[Families] = ProcessCache(most=1)
_kin: ProcessCache[Kin] = ProcessCache(most=10_000)


def families() -> Families:
    """All families, read from their tables once."""
    return _families.get("all", lambda: Families.of(_read_rows()))


def kin_of(span: Sequence[QueryWord], analysers: Sequence[Analyser]) -> Kin:
    """What else the words of a span are called in the languages of these analysers, the first being the reader's."""
    rows = families().of_words(span, analysers[0].language)
    if not rows:
        return Kin()
    key = (tuple(rows), *(analyser.version for analyser in analysers))
    kin = _kin.get(key, lambda: _read_kin([families().rows[row] for row in rows], analysers))
    is_ours = any(language == analyser.language for language in rows.values() for analyser in analysers)
    return kin._replace(names=()) if is_ours else kin


def members_of(language: str) -> list[str]:
    """Every member in a language, once."""
    return list(dict.fromkeys(member for row in families().rows for member in row.get(language, ())))


def _read_kin(rows: Sequence[Row], analysers: Sequence[Analyser]) -> Kin:
    tokens: list[str] = []
    ways: list[tuple[tuple[str, ...], ...]] = []
    for row in rows:
        for analyser in analysers:
            for member in row.get(analyser.language, ()):
                groups = [_own_tokens(word, analyser) for word in words(member) if not analyser.is_stop_word(word)]
                if len(groups) == 1:
                    tokens += groups[0]
                elif groups:
                    ways.append(tuple(groups))
    names = [row[analyser.language][0] for row in rows for analyser in analysers if row.get(analyser.language)]
    return Kin(tuple(dict.fromkeys(tokens)), tuple(dict.fromkeys(ways)), tuple(dict.fromkeys(names)))


def _own_tokens(word: str, analyser: Analyser) -> tuple[str, ...]:
    """The tokens of a member's word: the reading that is the word itself, where there is one."""
    whole = analyser.word(word).whole
    return (fold(word),) if fold(word) in whole else whole


def _read_rows() -> list[Row]:
    rows = [_members(row, LANGUAGES) for row in _table("families.csv")]
    by_first = {row["fi"][0]: row for row in rows}
    for line in _table("families_cyrillic.csv"):
        by_first[line["fi"]].update(_members(line, CYRILLIC))
    return rows


def _table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _members(line: dict[str, str], languages: Iterable[str]) -> Row:
    return {language: line[language].split(BETWEEN_MEMBERS) for language in languages if line[language]}
