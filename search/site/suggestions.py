"""What the search field suggests while somebody types: titles, occupations, fields, places, organisations.

Apps above this one name their sources. Each process keeps the words of every source in order and reads them anew when
they are five minutes old, so that a keystroke costs a few binary searches.
"""

import heapq
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from accounts.registry import Registry
from search.analysis import fold
from search.analysis.folding import words
from search.caches import ProcessCache
from search.query.names import names

SECONDS_KEPT = 300
SHORTEST = 2
MOST_OF_A_SOURCE = 4
MOST_CANDIDATES = 2000
LAST = "\U0010ffff"


@dataclass(frozen=True)
class Suggestion:
    """A text to search for, the group it belongs to, and where it leads instead of to a search, if anywhere."""

    text: str
    group: str
    url: str = ""


@dataclass(frozen=True)
class Source:
    """Where suggestions come from. `load()` gives (text, weight) or (text, weight, url), the heaviest shown first."""

    name: str
    label: object
    load: Callable[[], Iterable[tuple]]


class SuggestionIndex:
    """The suggestions of one source, by every word in them."""

    def __init__(self, rows: Iterable[tuple]) -> None:
        self.rows = [(*row, "")[:3] for row in rows]
        self._places = sorted((word, at) for at, row in enumerate(self.rows) for word in _words(row[0]))

    def find(self, beginnings: list[str], most: int) -> list[tuple[str, int, str]]:
        """The heaviest rows in which each beginning starts a word."""
        matching: set[int] | None = None
        for beginning in sorted(beginnings, key=len, reverse=True):
            rows = self._starting(beginning)
            matching = rows if matching is None else matching & rows
        best = heapq.nsmallest(most, matching or (), key=lambda at: (-self.rows[at][1], len(self.rows[at][0]), at))
        return [self.rows[at] for at in best]

    def _starting(self, beginning: str) -> set[int]:
        start = bisect_left(self._places, (beginning,))
        end = bisect_left(self._places, (beginning + LAST,))
        return {at for _, at in self._places[start : min(end, start + MOST_CANDIDATES)]}


SOURCES: Registry[Source] = Registry()
_indexes: ProcessCache[SuggestionIndex] = ProcessCache(seconds=SECONDS_KEPT)


def register(source: Source) -> Source:
    """Sources are shown in the order of registration."""
    return SOURCES.register(source)


def suggest(text: str) -> list[Suggestion]:
    """Suggestions for what has been typed so far, source by source; nothing for less than two letters."""
    beginnings = _words(text[:80])[:6]
    if not beginnings or max(map(len, beginnings)) < SHORTEST:
        return []
    suggestions, seen = [], set()
    for source in SOURCES:
        for row in _index_of(source).find(beginnings, MOST_OF_A_SOURCE):
            key = fold(row[0])
            if key not in seen:
                seen.add(key)
                suggestions.append(Suggestion(row[0], str(source.label), row[2]))
    return suggestions


def forget() -> None:
    """Read every source anew at the next keystroke."""
    _indexes.forget()


def _index_of(source: Source) -> SuggestionIndex:
    return _indexes.get((source.name, get_language() or ""), lambda: SuggestionIndex(source.load()))


def _words(text: str) -> list[str]:
    return [folded for folded in map(fold, words(text)) if folded]


def occupations() -> list[tuple[str, int]]:
    """The names of work in the reader's language, each once."""
    language = (get_language() or "fi").split("-")[0]
    return [(name, 0) for name in names().all_in(language if language in {"fi", "sv", "en"} else "fi")]
