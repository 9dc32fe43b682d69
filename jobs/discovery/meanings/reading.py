"""Reading what somebody wrote: the limits that its words mean, and the words that remain to be looked for."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from jobs.discovery.index import TENTHS
from jobs.discovery.meanings.limits import GROUPS, HOURS, OPPOSITES, PLACES, Limit
from jobs.discovery.meanings.table import Concept, concepts, keys_of
from jobs.discovery.meanings.towns import Town, forms_of
from jobs.discovery.meanings.written import Written

NUMBERS = re.compile(r"(\d{1,2}(?:[.,]\d)?)(?:\s*[-–—]\s*(\d{1,2}(?:[.,]\d)?))?(?!\d)")
MOST_HOURS = 60 * TENTHS
IDLE = {"any", "filler"}
# What only a negation gives a meaning: limits, and words that postings say in the same negation themselves.
DENIABLE = GROUPS | {"words"}


@dataclass(frozen=True)
class Understood:
    """What was written, as the words that remain and the limits that the others mean."""

    text: str
    limits: tuple[Limit, ...] = ()


class Piece(NamedTuple):
    """A stretch of words and what became of it: limits, nothing at all, or words; one of them may be excluded."""

    start: int
    end: int
    limits: tuple[Limit, ...] = ()
    idle: str = ""
    excluded: int | None = None

    @property
    def is_words(self) -> bool:
        return not (self.limits or self.idle) and self.excluded is None


def read(
    text: str,
    towns: Iterable[Town],
    *,
    is_name: Callable[[str], bool] = lambda text: False,
    taken_back: Iterable[str] = (),
) -> Understood:
    """What a text means, given the municipalities; the same for the same text, wherever it is read.

    `is_name` says of the whole text whether it names an organisation or a posting: then nothing in it is a
    limit. Stretches that are `taken_back` stay words.
    """
    written = Written(text, taken_back)
    pieces = Reader(written, forms_of(towns)).pieces()
    limits = tuple(dict.fromkeys(limit for piece in pieces for limit in piece.limits))
    if all(piece.is_words for piece in pieces) or is_name(text):
        return Understood(text)
    # Fillers alone are all that was asked.
    if all(piece.is_words or piece.idle == "filler" for piece in pieces) and not any(p.is_words for p in pieces):
        return Understood(text)
    excluded = [piece.excluded for piece in pieces if piece.excluded is not None]
    gone = [stretch for piece in pieces if not piece.is_words for stretch in _around(piece)]
    return Understood(written.lacking(gone, excluded), limits)


def without(text: str, written: str) -> str:
    """The text without the words that said a limit."""
    rest = Written(text, [written])
    kept = Written(text)
    gone = [
        (at, at + 1)
        for at, (word, before) in enumerate(zip(rest.words, kept.words, strict=True))
        if word.is_plain and not before.is_plain
    ]
    return rest.lacking(gone)


def _around(piece: Piece) -> list[tuple[int, int]]:
    """The stretches of a piece without its excluded word."""
    if piece.excluded is None:
        return [(piece.start, piece.end)]
    parts = [(piece.start, piece.excluded), (piece.excluded + 1, piece.end)]
    return [(first, last) for first, last in parts if first < last]


@dataclass
class Reader:
    """Goes through the words once, from left to right."""

    written: Written
    towns: Mapping[str, str]
    read_so_far: list[Piece] = field(default_factory=list)

    def pieces(self) -> list[Piece]:
        at = 0
        while at < len(self.written.words):
            piece = self._hours(at) or self._denial(at) or self._said(at) or Piece(at, at + 1)
            # A negation that stands after what it denies takes it back.
            while self.read_so_far and self.read_so_far[-1].end > piece.start:
                self.read_so_far.pop()
            self.read_so_far.append(piece)
            at = piece.end
        return self.read_so_far

    def _match(self, at: int, is_wanted: Callable[[Concept], bool]) -> tuple[Concept, int] | None:
        return concepts().at(self.written.keys, at, is_wanted)

    def _kind(self, at: int, limit: str, *values: str) -> tuple[Concept, int] | None:
        return self._match(at, lambda concept: concept.limit == limit and concept.value in values)

    # What is said

    def _said(self, at: int) -> Piece | None:
        """A limit, or what limits nothing."""
        match = self._match(at, lambda concept: not concept.is_denial and concept.limit in GROUPS | IDLE)
        if match and match[0].limit in IDLE:
            return Piece(at, match[1], idle=match[0].limit)
        limit, end = self._limit(at, match, is_denied=False)
        return Piece(at, end, (self._called(limit, at, end),)) if limit else None

    def _limit(self, at: int, match: tuple[Concept, int] | None, *, is_denied: bool) -> tuple[Limit | None, int]:
        """The limit that begins here: of a concept that was matched, else a municipality."""
        if match:
            concept, end = match
            is_opposite = is_denied and not concept.is_denial
            value = OPPOSITES[concept.value] if is_opposite and concept.limit == HOURS else concept.value
            return Limit("", concept.limit, value, is_opposite and concept.limit != HOURS), end
        code = self._town(at)
        return (Limit("", PLACES, code, is_denied), at + 1) if code else (None, at)

    def _town(self, at: int) -> str | None:
        keys = self.written.keys[at] if at < len(self.written.keys) else ()
        return next(
            (self.towns[form] for language, form in keys if language in {"", "fi"} and form in self.towns), None
        )

    def _called(self, limit: Limit, start: int, end: int) -> Limit:
        return replace(limit, written=self.written.between(start, end))

    # What is denied

    def _denial(self, at: int) -> Piece | None:
        """A negation with what it denies: a concept that follows or goes before, else a word, which is left out."""
        match = self._kind(at, "negation", "before", "either")
        if not match:
            return None
        negation, end = match
        thing = self._after_idle(end)
        follows, goes_before = self._denied_from(thing), None
        if negation.value == "either":
            goes_before = self._denied_before(at)
        if goes_before and not (follows and self._is_clearer(thing, goes_before[0])):
            start, limits = goes_before
            return self._denied(start, end, limits)
        if follows:
            return self._denied(at, follows[1], follows[0])
        return self._left_out(at, end, thing, may_go_before=negation.value == "either")

    def _denied(self, start: int, end: int, limits: list[Limit]) -> Piece:
        """Without limits the words stay: postings say them in the same negation."""
        return Piece(start, end, tuple(self._called(limit, start, end) for limit in limits))

    def _deniable(self, at: int) -> tuple[Concept, int] | None:
        return self._match(at, lambda concept: concept.limit in DENIABLE)

    def _denied_from(self, at: int) -> tuple[list[Limit], int] | None:
        """The limits that a negation makes of what begins here, and of what "or" joins to it; and where they end."""
        match = self._deniable(at)
        if match and match[0].limit == "words":
            return [], match[1]
        limit, end = self._limit(at, match, is_denied=True)
        if not limit:
            return None
        joined = self._kind(end, "negation", "on")
        more = self._denied_from(joined[1]) if joined else None
        return ([limit, *more[0]], more[1]) if more and more[0] else ([limit], end)

    def _denied_before(self, at: int) -> tuple[int, list[Limit]] | None:
        """What ends right before this word in the same clause, denied: where it begins, and its limits."""
        if not at or self.written.gap(at).strip():
            return None
        starts = [piece.start for piece in self.read_so_far]
        for start in (start for start in starts if at - start <= 4):
            denied = self._denied_from(start)
            if denied and denied[1] == at:
                return start, denied[0]
        return None

    def _is_clearer(self, follows: int, goes_before: int) -> bool:
        """Whether what follows has a meaning only when it is denied, and what goes before has not."""
        after, before = self._deniable(follows), self._deniable(goes_before)
        return bool(after and after[0].is_denial and not (before and before[0].is_denial))

    def _left_out(self, at: int, end: int, thing: int, *, may_go_before: bool) -> Piece | None:
        """A negated word that is no concept: nothing that has it is to be found."""
        if thing < len(self.written.words) and not self.written.words[thing].is_plain:
            return Piece(at, thing + 1, excluded=thing)
        last = self.read_so_far[-1] if self.read_so_far else None
        if may_go_before and last and last.is_words and not self.written.words[last.start].is_plain:
            return Piece(last.start, end, excluded=last.start)
        return None

    def _after_idle(self, at: int) -> int:
        """The first word from here on that says something."""
        while match := self._match(at, lambda concept: not concept.is_denial and concept.limit in IDLE):
            if self._deniable(at):
                break
            at = match[1]
        return at

    # Hours

    def _hours(self, at: int) -> Piece | None:
        """Hours a week: "enintään 20 tuntia viikossa", "15–20 h", "20 hours"."""
        bound = self._match(at, lambda concept: concept.limit == "bound")
        number = bound[1] if bound else at
        if number >= len(self.written.words) or self.written.words[number].is_plain:
            return None
        match = NUMBERS.match(self.written.text, self.written.words[number].start)
        end = self._after_unit(number, match.end()) if match else None
        if match is None or end is None:
            return None
        bound = bound or self._match(end, lambda concept: concept.limit == "bound")
        end = max(end, bound[1]) if bound else end
        hours = tuple(int(float(said.replace(",", ".")) * TENTHS) for said in match.groups() if said)
        if not all(0 < hour <= MOST_HOURS for hour in hours) or list(hours) != sorted(hours):
            return None
        value = "between" if len(hours) > 1 else bound[0].value if bound else "at_most"
        return Piece(at, end, (Limit(self.written.between(at, end), HOURS, value, numbers=hours),))

    def _after_unit(self, at: int, place: int) -> int | None:
        """Where hours a week end whose number, from this word on, ends at a place; None for hours of something else."""
        words = self.written.words
        while at < len(words) and words[at].end <= place:
            at += 1
        if at < len(words) and words[at].start < place:
            # The unit stands together with its number: "20h", "30-tuntinen".
            rest = self.written.text[place : words[at].end].lstrip("-‐‑").lower()
            glued = concepts().at([keys_of(rest)], 0, lambda concept: concept[:2] == ("number", "unit"))
            end = at + 1 if glued else None
        else:
            unit = None if at >= len(words) or self.written.text[place : words[at].start].strip() else self._unit(at)
            end = unit[1] if unit else None
        if end is None or self._kind(end, "number", "other"):
            return None
        week = self._kind(end, "number", "week")
        return week[1] if week else end

    def _unit(self, at: int) -> tuple[Concept, int] | None:
        return self._kind(at, "number", "unit")
