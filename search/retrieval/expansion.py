"""Widening a query through the names of occupations in three languages: "cleaner" also finds "siivooja".

The names are ESCO's, once `load_esco` has read them, and a small list of our own fields of work. A span of the query
that is a name stands for the names of the same work in the languages of the texts. A single foreign word that is only
part of names stands for what most of those names have in common in the other language.
"""

import csv
import time
from collections import Counter, defaultdict
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from search.analysis import LANGUAGES, analyser_for
from search.models import Concept
from search.retrieval.parsing import QueryWord

OWN_WORDS = Path(__file__).with_name("own_words.csv")
LONGEST_NAME = 6
MOST_NAMES = 12
MOST_PARTIAL_NAMES = 60
SHARE_IN_COMMON = 0.5
MOST_MEMBERS = 80
GROUP_ADDRESS = "/isco/"
SECONDS_BETWEEN_LOOKS = 60


class Names:
    """Names of occupations by language, found by the stems of their words."""

    def __init__(self, rows, tree=()):
        """`rows` are names in the three languages, `tree` the address of each row and of the group it belongs to."""
        self._rows = list(rows)
        self._addresses: dict[int, str] = {}
        self._under: defaultdict[str, list[int]] = defaultdict(list)
        for at, (address, group) in enumerate(tree):
            self._addresses[at] = address
            if group:
                self._under[group].append(at)
        self._whole: dict[str, defaultdict[tuple[str, ...], list[int]]] = {
            language: defaultdict(list) for language in LANGUAGES
        }
        self._parts: dict[str, defaultdict[str, list[int]]] = {language: defaultdict(list) for language in LANGUAGES}
        for at, row in enumerate(self._rows):
            for language, name in zip(LANGUAGES, row, strict=True):
                # Finnish names are read only when asked for: the dictionary is slower than a stemmer.
                if language != "fi":
                    self._add(language, name, at)

    def _add(self, language, name, at):
        key = key_of(name, language)
        if key:
            self._whole[language][key].append(at)
            for stem in set(key):
                self._parts[language][stem].append(at)

    @lru_cache(maxsize=1)  # noqa: B019 - one object for the process
    def _read_finnish(self):
        for at, row in enumerate(self._rows):
            self._add("fi", row[0], at)

    def called(self, key, language):
        """The rows that have exactly this name."""
        if language == "fi":
            self._read_finnish()
        return self._whole[language].get(key, [])[:MOST_NAMES]

    def same_work(self, row, language):
        """The row itself, and those that another language calls by the same name: siivooja, cleaner, siistijä."""
        others = [other for other in LANGUAGES if other != language]
        found = [twin for other in others for twin in self.called(key_of(self.name(row, other), other), other)]
        return list(dict.fromkeys([row, *found]))[:MOST_NAMES]

    def is_group(self, row):
        """Whether it names an ISCO group, and no single occupation."""
        return GROUP_ADDRESS in self._addresses.get(row, "")

    def members(self, row):
        """The rows of the work under this group, down to the single occupations."""
        found: list[int] = []
        waiting = [row]
        while waiting and len(found) < MOST_MEMBERS:
            under = self._under.get(self._addresses.get(waiting.pop(), ""), ())
            found += under
            waiting += under
        return found[:MOST_MEMBERS]

    def holding(self, stem, language):
        """The rows whose name has this word among others."""
        found = self._parts[language].get(stem, [])
        return found if len(found) <= MOST_PARTIAL_NAMES else []

    def all_in(self, language):
        """Every name in a language, once, our own first."""
        at = LANGUAGES.index(language)
        return list(dict.fromkeys(row[at] for row in self._rows if row[at]))

    def name(self, row, language):
        return self._rows[row][LANGUAGES.index(language)]


def key_of(name, language):
    """The stems of the words of a name, in order."""
    read = analyser_for(language)
    return tuple(group.exact[0] for group in read.query_groups(name))


_kept: list[tuple[float, int, Names]] = []


def names():
    """All names: ESCO's and our own. Once a minute it is looked whether other occupations were loaded."""
    if _kept and time.monotonic() < _kept[0][0]:
        return _kept[0][2]
    count, until = Concept.objects.count(), time.monotonic() + SECONDS_BETWEEN_LOOKS
    found = _kept[0][2] if _kept and _kept[0][1] == count else _read_names()
    _kept[:] = [(until, count, found)]
    return found


def forget_names():
    """Read the names anew at the next search."""
    _kept.clear()


def _read_names():
    with OWN_WORDS.open(encoding="utf-8", newline="") as lines:
        own = [(row["fi"], row["sv"], row["en"]) for row in csv.DictReader(lines)]
    loaded = list(Concept.objects.values_list("label_fi", "label_sv", "label_en", "uri", "broader"))
    tree = [*(("", "") for _ in own), *(row[3:] for row in loaded)]
    return Names([*own, *(row[:3] for row in loaded)], tree)


def expand(query, analysers, is_known, *, hierarchy=True):
    """The query with other names for the same work beside its words.

    `is_known(word)` says whether any text holds the word as it stands. With `hierarchy` a query that names a group
    of occupations ranks by the names of those occupations too.
    """
    known_names, found, at = names(), [], 0
    targets = [analyser.language for analyser in analysers]
    if hierarchy:
        query = replace(query, related=_under_the_group(known_names, query.words, targets))
    while at < len(query.words):
        length = min(LONGEST_NAME, len(query.words) - at)
        while length:
            span = query.words[at : at + length]
            if others := _whole_names(known_names, span, targets):
                found.append(_together(span, others, targets))
                break
            length -= 1
        if not length:
            word, length = query.words[at], 1
            found.append(word if is_known(word) else _in_common(known_names, word, targets))
        at += length
    return query.with_words(found)


def _under_the_group(known_names, query_words, targets):
    """The tokens of the names of all work under the ISCO group that the query names; none for any other query."""
    written = " ".join(word.written for word in query_words)
    rows = [row for language in LANGUAGES for row in known_names.called(key_of(written, language), language)]
    groups = [row for row in rows if known_names.is_group(row)]
    members = dict.fromkeys(member for row in groups for member in known_names.members(row))
    tokens = (_tokens_of(known_names.name(member, target), target) for member in members for target in targets)
    return tuple(dict.fromkeys(token for some in tokens for token in sorted(some)))


def _whole_names(known_names, span, targets):
    """The names in the target languages of what the span is called and of what other languages do not tell from it."""
    written = " ".join(word.written for word in span)
    found = []
    for language in LANGUAGES:
        for row in known_names.called(key_of(written, language), language):
            for twin in known_names.same_work(row, language):
                wanted = [target for target in targets if target != language or twin != row]
                found += [(known_names.name(twin, target), target) for target in wanted]
    return list(dict.fromkeys(found))


def _together(span, names_found, targets):
    """One word for the span: its own words, or those of another name."""
    written = " ".join(word.written for word in span)
    read = [analyser_for(target).query_groups(name) for name, target in names_found]
    alternatives = [tuple(group.exact for group in groups) for groups in read if groups]
    prefixes = [prefix for groups in read for group in groups for prefix in group.prefixes]
    own = span[0].exact
    if len(span) > 1:
        own, alternatives = (), [tuple(word.exact for word in span), *alternatives]
    is_foreign = _languages_of(written).isdisjoint(targets)
    names_to_rank_by = tuple(name for name, _ in names_found) if is_foreign else ()
    if not is_foreign:
        prefixes = [*(prefix for word in span for prefix in word.prefixes), *prefixes]
    return QueryWord(
        written=written,
        exact=own,
        prefixes=tuple(dict.fromkeys(prefixes)),
        alternatives=tuple(dict.fromkeys(alternatives)),
        is_prefix=span[-1].is_prefix,
        names=names_to_rank_by,
        whole=span[0].whole if len(span) == 1 else (),
    )


def _languages_of(written):
    """The languages in which this is the name of some work."""
    return {language for language in LANGUAGES if names().called(key_of(written, language), language)}


def _in_common(known_names, word, targets):
    """The word with the tokens that most names which hold it share in another language."""
    shared = []
    for language in LANGUAGES[1:]:
        key = key_of(word.written, language)
        rows = known_names.holding(key[0], language) if len(key) == 1 else []
        for target in targets:
            if target == language or not rows:
                continue
            counts = Counter(token for row in rows for token in _tokens_of(known_names.name(row, target), target))
            shared += [(token,) for token, n in counts.most_common(3) if n >= max(SHARE_IN_COMMON * len(rows), 1)]
    alternatives = tuple(((token[0],),) for token in dict.fromkeys(shared))
    return replace(word, alternatives=alternatives) if alternatives else word


def _tokens_of(name, language):
    return {token for group in analyser_for(language).query_groups(name) for token in group.exact}
