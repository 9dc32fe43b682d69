"""What somebody wrote in the search field, turned into words to look for, phrases and words to leave out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from search.analysis import Analyser, WordTokens, analyser_for, fold, words
from search.query.generic import GENERIC, telling_parts, without_generic
from search.query.writing import read_as_written

LONGEST_QUERY = 200
MOST_WORDS = 20
QUOTED = re.compile(r'(-?)["”“„«»]([^"”“„«»]+)["”“„«»]')
EXCLUDED = re.compile(r"(?:(?<=\s)|^)-(?=\w)(\S+)")


@dataclass(frozen=True)
class QueryWord:
    """One word looked for. A text that has any of its `exact` tokens is near, its `prefixes` only rank.

    `whole` are those of the exact tokens that are the word itself and no part of it: with them, or with all tokens of
    one of the `alternatives`, a text has the word. An alternative is a tuple of token groups that must all be there:
    the parts of a compound, or the same in other words. A word with `names` is of a language that no text has: it
    ranks by these names in the languages of the texts. `kin` are tokens of its family: each is a match, and ranks a
    little below the word.
    """

    written: str
    exact: tuple[str, ...]
    prefixes: tuple[str, ...] = ()
    alternatives: tuple[tuple[tuple[str, ...], ...], ...] = ()
    kin: tuple[str, ...] = ()
    is_prefix: bool = False
    names: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()

    @property
    def form(self) -> str:
        """The word as written, folded."""
        return fold(self.written)

    @property
    def spelt(self) -> tuple[str, ...]:
        """The folded forms whose spelling ranks: those of the names, else the word's own."""
        return tuple(map(fold, words(" ".join(self.names)))) or (self.form,)

    @property
    def matching(self) -> tuple[str, ...]:
        """Every token by which a text has the word, a part of it, or the same in other words."""
        others = (token for alternative in self.alternatives for group in alternative for token in group)
        return (*self.exact, *others, *self.kin)

    def with_alternatives(self) -> Self:
        """The word with the tokens of its alternatives beside its own."""
        own = () if self.names else self.exact
        others = (token for alternative in self.alternatives for group in alternative for token in group)
        return replace(self, exact=tuple(dict.fromkeys((*own, *others))))


@dataclass(frozen=True)
class Query:
    """A parsed query.

    `phrases` and `excluded_phrases` are folded word forms one after another. `related` tokens only rank, and less.
    """

    words: tuple[QueryWord, ...] = ()
    excluded: tuple[QueryWord, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded_phrases: tuple[str, ...] = ()
    replaced: dict[str, tuple[str, ...]] = field(default_factory=dict)
    related: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.excluded or self.excluded_phrases)

    @property
    def tokens(self) -> tuple[str, ...]:
        """Every token that may rank a text, in order, once."""
        return tuple(dict.fromkeys(token for word in self.words for token in (*word.matching, *word.prefixes)))

    @property
    def exact_tokens(self) -> tuple[str, ...]:
        """Every token of which a match is made."""
        return tuple(dict.fromkeys(token for word in self.words for token in word.matching))

    def with_words(self, query_words: Iterable[QueryWord]) -> Self:
        """The same query with these words."""
        return replace(self, words=tuple(query_words))


def parse(text: str, analysers: Sequence[Analyser], *, last_is_prefix: bool = False) -> Query:
    """The query in a text: "…" is a phrase, -word leaves out; 200 characters and 20 words are read, the rest is not."""
    text = text.replace("\0", " ")[:LONGEST_QUERY]
    phrases: dict[str, list[str]] = {"": [], "-": []}

    def keep(match: re.Match[str]) -> str:
        phrases[match[1]].append(match[2])
        return f" {match[2]} " if not match[1] else " "

    text = QUOTED.sub(keep, text)
    excluded = [word for match in EXCLUDED.findall(text) for word in words(match)]
    wanted = list(dict.fromkeys(words(EXCLUDED.sub(" ", text))))[:MOST_WORDS]
    read_words = _telling(_word(word, analysers) for word in wanted if not analysers[0].is_stop_word(word))
    if read_words and last_is_prefix and not text[-1].isspace():
        read_words[-1] = replace(read_words[-1], is_prefix=True)
    return Query(
        words=tuple(word for word in read_words if word.exact),
        excluded=tuple(_word(word, analysers) for word in excluded[:MOST_WORDS]),
        phrases=tuple(filter(None, map(_folded, phrases[""]))),
        excluded_phrases=tuple(filter(None, map(_folded, phrases["-"]))),
    )


def _word(written: str, analysers: Sequence[Analyser]) -> QueryWord:
    """The word as each of the languages reads it."""
    read: list[WordTokens] = [read_as_written(written, analyser) for analyser in analysers]
    exact = dict.fromkeys(token for tokens in read for token in tokens.exact)
    prefixes = dict.fromkeys(token for tokens in read for token in tokens.prefixes)
    whole = dict.fromkeys(token for tokens in read for token in tokens.whole)
    made_of = dict.fromkeys(way_of_parts(parts) for tokens in read for parts in tokens.compounds)
    return QueryWord(written, without_generic(exact), tuple(prefixes), tuple(made_of), whole=tuple(whole))


def way_of_parts(parts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The alternative that a compound's parts are: each that tells something must be there."""
    return tuple((part,) for part in telling_parts(parts))


def ways_of(tokens: WordTokens) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Every way in which a text has this word: itself, or the parts it is made of."""
    return tuple(dict.fromkeys([(tokens.whole,), *map(way_of_parts, tokens.compounds)]))


def _telling(read_words: Iterable[QueryWord]) -> list[QueryWord]:
    """The words that say what work is meant; where none does, all of them."""
    kept = [word for word in read_words if word.exact]
    return [word for word in kept if GENERIC.isdisjoint(word.whole)] or kept


def _folded(phrase: str) -> str:
    return " ".join(filter(None, map(fold, words(phrase))))


def analysers_for(languages: Iterable[str], made_by: str = "") -> list[Analyser]:
    """The analysers of these languages, each once, as `made_by` says that an index was made."""
    analysers = (analyser_for(language, made_by) for language in languages)
    return list({analyser.language: analyser for analyser in analysers}.values())
