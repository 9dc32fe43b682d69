"""A search text as words that know where they stand, so that what is not read stays as it was written."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from jobs.discovery.meanings.table import Key, keys_of
from search.analysis import fold
from search.analysis.folding import WORD
from search.query.parsing import EXCLUDED, QUOTED

# What was between words of which some are gone.
LOOSE_SIGNS = re.compile(r"(?:(?<=\s)|^)[,;.!?–—]+(?=\s|$)|[,;.!?]+\s*$")


class Word(NamedTuple):
    """A word with its place in the text. One that is `plain` is looked for and never read: it was quoted, left out."""

    start: int
    end: int
    keys: tuple[Key, ...]
    is_plain: bool


class Written:
    """The words of a text; `taken_back` are stretches of it that are to stay words."""

    def __init__(self, text: str, taken_back: Iterable[str] = ()) -> None:
        self.text = unicodedata.normalize("NFC", text)
        plain = [match.span() for sign in (QUOTED, EXCLUDED) for match in sign.finditer(self.text)]
        spans = [match.span() for match in WORD.finditer(self.text)]
        plain += self._stretches(spans, taken_back)
        self.words = [
            Word(start, end, keys_of(self.text[start:end].lower()), any(a <= start < b for a, b in plain))
            for start, end in spans
        ]
        self.keys = [() if word.is_plain else word.keys for word in self.words]

    def between(self, first: int, last: int) -> str:
        """What was written from one word up to another, which is not part of it."""
        return self.text[self.words[first].start : self.words[last - 1].end] if last > first else ""

    def gap(self, at: int) -> str:
        """The signs before a word."""
        return self.text[self.words[at - 1].end if at else 0 : self.words[at].start]

    def lacking(self, stretches: Iterable[tuple[int, int]], excluded: Iterable[int] = ()) -> str:
        """The text without these stretches of words, and with these words left out of the search."""
        signs, marks, is_whole = list(self.text), {self.words[at].start for at in excluded}, True
        for first, last in stretches:
            is_whole = False
            for place in range(self.words[first].start, self.words[last - 1].end):
                signs[place] = " "
        if is_whole and not marks:
            return self.text
        marked = "".join(f" -{sign}" if place in marks else sign for place, sign in enumerate(signs))
        return " ".join(LOOSE_SIGNS.sub(" ", marked).split())

    def _stretches(self, spans: list[tuple[int, int]], taken_back: Iterable[str]) -> list[tuple[int, int]]:
        """Where the stretches stand that were taken back."""
        written = [fold(self.text[start:end]) for start, end in spans]
        stretches = []
        for stretch in taken_back:
            wanted = [fold(match[0]) for match in WORD.finditer(unicodedata.normalize("NFC", stretch))]
            for at in range(len(written) - len(wanted) + 1) if wanted else ():
                if written[at : at + len(wanted)] == wanted:
                    stretches.append((spans[at][0], spans[at + len(wanted) - 1][1]))
        return stretches
