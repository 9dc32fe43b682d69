"""What an analysis engine says of one word, and the tokens that follow from it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from search.analysis.folding import fold

SHORT_PREFIX, LONG_PREFIX = 3, 5


class WordTokens(NamedTuple):
    """The tokens of one word.

    `form` is the folded word as written, `exact` its base forms, parts and runs of parts (what a match is made of),
    `prefixes` the beginnings of its parts (what only ranks), and `known` says whether a dictionary knew the word.
    `whole` are those of the exact ones that are the word itself; each of `compounds` are the parts it is made of.
    """

    form: str
    exact: tuple[str, ...]
    prefixes: tuple[str, ...]
    known: bool
    whole: tuple[str, ...] = ()
    compounds: tuple[tuple[str, ...], ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every token once, matching ones first."""
        return self.exact + self.prefixes


def tokens_of_parts(
    form: str,
    lemmas: Iterable[str],
    compounds: Iterable[Sequence[tuple[str, str]]],
    *,
    known: bool,
    begins_as_written: bool = False,
) -> WordTokens:
    """The tokens of a word with these base forms and these ways of taking it apart.

    Each compound is a list of (surface, base) pairs. A run of neighbouring parts is a word of its own
    ("tietohallinto" in "tietohallintojohtaja"); only its last part stands in its base form. A stem may be shorter than
    a beginning: with `begins_as_written` the word's own beginning is taken too.
    """
    whole = [fold(lemma) for lemma in lemmas]
    exact, prefixes, made_of = list(whole), [], []
    for parts in compounds:
        bases = [fold(base) for _, base in parts]
        made_of.append(tuple(filter(None, bases)))
        surfaces = [fold(surface) for surface, _ in parts]
        exact += bases
        for start in range(len(parts)):
            for end in range(start + 2, len(parts) + 1):
                exact.append("".join(surfaces[start : end - 1]) + bases[end - 1])
        prefixes += bases
    prefixes += whole
    if begins_as_written:
        prefixes.append(form)
    several = tuple(dict.fromkeys(parts for parts in made_of if len(parts) > 1))
    return WordTokens(form, _once(exact), _once(_beginnings(prefixes)), known, _once(whole), several)


def _beginnings(parts: Iterable[str]) -> Iterator[str]:
    """The first three and first five letters, marked with their length so that they are never mistaken for words."""
    for part in parts:
        if len(part) > SHORT_PREFIX:
            yield f"{SHORT_PREFIX}{part[:SHORT_PREFIX]}"
        if len(part) > LONG_PREFIX:
            yield f"{LONG_PREFIX}{part[:LONG_PREFIX]}"


def _once(tokens: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token for token in tokens if token))
