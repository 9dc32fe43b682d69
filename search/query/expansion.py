"""Widening a query through the names of occupations in three languages: "cleaner" also finds "siivooja".

The names are ESCO's, once `load_esco` has read them, and a small list of our own fields of work. A span of the query
that is a name stands for the names of the same work in the languages of the texts. A single foreign word that is only
part of names stands for what most of those names have in common in the other language.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice, product

from search.analysis import LANGUAGES, Analyser
from search.query.families import Kin, kin_of
from search.query.names import Names, key_of, names
from search.query.parsing import Query, QueryWord, ways_of

LONGEST_NAME = 6
MOST_WAYS = 8
SHARE_IN_COMMON = 0.5
MOST_IN_COMMON = 3


def expand(
    query: Query, analysers: list[Analyser], is_known: Callable[[QueryWord], object], *, hierarchy: bool = True
) -> Query:
    """The query with other names for the same work beside its words.

    `is_known(word)` says whether any text holds the word as it stands. With `hierarchy` a query that names a group
    of occupations ranks by the names of those occupations too.
    """
    known_names, expanded, at = names(), [], 0
    if hierarchy:
        query = replace(query, related=_under_the_group(known_names, query.words, analysers))
    while at < len(query.words):
        length = min(LONGEST_NAME, len(query.words) - at)
        while length:
            span = query.words[at : at + length]
            others, kin = _whole_names(known_names, span, analysers), _kin(span, analysers)
            if others or kin:
                expanded.append(_together(span, others, kin, analysers))
                break
            length -= 1
        if not length:
            word, length = query.words[at], 1
            expanded.append(word if is_known(word) else _in_common(known_names, word, analysers))
        at += length
    return query.with_words(expanded)


def _under_the_group(
    known_names: Names, query_words: Sequence[QueryWord], analysers: list[Analyser]
) -> tuple[str, ...]:
    """The tokens of the names of all work under the ISCO group that the query names; none for any other query."""
    written = " ".join(word.written for word in query_words)
    rows = [row for language in LANGUAGES for row in known_names.called(key_of(written, language), language)]
    groups = [row for row in rows if known_names.is_group(row)]
    members = dict.fromkeys(member for row in groups for member in known_names.members(row))
    names_of = ((known_names.name(member, analyser.language), analyser) for member in members for analyser in analysers)
    return tuple(dict.fromkeys(token for name, analyser in names_of for token in _tokens_of(name, analyser)))


def _whole_names(
    known_names: Names, span: Sequence[QueryWord], analysers: list[Analyser]
) -> list[tuple[str, Analyser]]:
    """The names, each with its analyser, of what the span is called and of what other languages do not tell from it."""
    written = " ".join(word.written for word in span)
    called = []
    for language in LANGUAGES:
        for row in known_names.called(key_of(written, language), language):
            for twin in known_names.same_work(row, language):
                others = [analyser for analyser in analysers if analyser.language != language or twin != row]
                called += [(known_names.name(twin, analyser.language), analyser) for analyser in others]
    return list(dict.fromkeys(called))


def _together(
    span: Sequence[QueryWord], other_names: list[tuple[str, Analyser]], kin: Kin, analysers: list[Analyser]
) -> QueryWord:
    """One word for the span: its own words, those of another name, or its kin."""
    written = " ".join(word.written for word in span)
    read = [analyser.query_groups(name) for name, analyser in other_names]
    alternatives = [way for groups in read if groups for way in _ways(map(ways_of, groups))]
    prefixes = [prefix for groups in read for group in groups for prefix in group.prefixes]
    own = span[0].exact
    if len(span) > 1:
        own, alternatives = (), [*_ways([(word.whole,), *word.alternatives] for word in span), *alternatives]
    alternatives += kin.ways
    called_in = names().languages_of(written)
    is_foreign = called_in.isdisjoint(analyser.language for analyser in analysers) and bool(called_in or kin.names)
    names_to_rank_by = (*(name for name, _ in other_names), *kin.names) if is_foreign else ()
    if not is_foreign:
        alternatives = [*(span[0].alternatives if len(span) == 1 else ()), *alternatives]
        prefixes = [*(prefix for word in span for prefix in word.prefixes), *prefixes]
    return QueryWord(
        written=written,
        exact=own,
        prefixes=tuple(dict.fromkeys(prefixes)),
        alternatives=tuple(dict.fromkeys(alternatives)),
        kin=tuple(token for token in kin.tokens if token not in own),
        is_prefix=span[-1].is_prefix,
        names=names_to_rank_by,
        whole=span[0].whole if len(span) == 1 else (),
    )


def _ways(ways_of_words: Iterable[Iterable[tuple[tuple[str, ...], ...]]]) -> list[tuple[tuple[str, ...], ...]]:
    """The ways in which a text has all of several words: each word in one of its own."""
    together = islice(product(*ways_of_words), MOST_WAYS)
    return [tuple(group for way in ways for group in way) for ways in together]


def _kin(span: Sequence[QueryWord], analysers: list[Analyser]) -> Kin:
    """The span's family; for a compound of which one part alone tells something, that part's."""
    kin = kin_of(span, analysers)
    if kin or len(span) > 1:
        return kin
    sole = [way[0][0] for way in span[0].alternatives if len(way) == 1]
    return kin_of([QueryWord(sole[0], (sole[0],), whole=(sole[0],))], analysers) if sole else kin


def _in_common(known_names: Names, word: QueryWord, analysers: list[Analyser]) -> QueryWord:
    """The word with the tokens that most names which hold it share in another language."""
    shared = []
    for language in LANGUAGES[1:]:
        key = key_of(word.written, language)
        rows = known_names.containing(key[0], language) if len(key) == 1 else []
        for analyser in analysers:
            if analyser.language == language or not rows:
                continue
            others = (known_names.name(row, analyser.language) for row in rows)
            counts = Counter(token for name in others for token in _tokens_of(name, analyser))
            usual = sorted(counts, key=lambda token: (-counts[token], token))[:MOST_IN_COMMON]
            shared += [token for token in usual if counts[token] >= max(SHARE_IN_COMMON * len(rows), 1)]
    alternatives = tuple(((token,),) for token in dict.fromkeys(shared))
    return replace(word, alternatives=alternatives) if alternatives else word


def _tokens_of(name: str, analyser: Analyser) -> list[str]:
    """The tokens of a name, each once and in an order that is the same in every process."""
    return sorted({token for group in analyser.query_groups(name) for token in group.exact})
