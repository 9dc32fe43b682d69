"""The names of occupations in three languages: ESCO's, once `load_esco` has read them, and a small list of our own."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from django.db.models import Count, Max

from search.analysis import LANGUAGES, analyser_for
from search.caches import ProcessCache
from search.models import Concept

OWN_WORDS = Path(__file__).with_name("own_words.csv")
MOST_NAMES = 12
MOST_PARTIAL_NAMES = 60
MOST_MEMBERS = 80
GROUP_ADDRESS = "/isco/"
SECONDS_BETWEEN_LOOKS = 60


class Names:
    """Names of occupations by language, found by the stems of their words."""

    def __init__(self, rows: Iterable[tuple[str, str, str]], tree: Iterable[tuple[str, str]] = ()) -> None:
        """`rows` are names in the three languages, `tree` the address of each row and of the group it belongs to."""
        self._rows = list(rows)
        self._is_finnish_read = False
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

    def _add(self, language: str, name: str, at: int) -> None:
        key = key_of(name, language)
        if key:
            self._whole[language][key].append(at)
            for stem in set(key):
                self._parts[language][stem].append(at)

    def _read_finnish(self) -> None:
        self._is_finnish_read = True
        for at, row in enumerate(self._rows):
            self._add("fi", row[0], at)

    def called(self, key: tuple[str, ...], language: str) -> list[int]:
        """The rows that have exactly this name."""
        if language == "fi" and not self._is_finnish_read:
            self._read_finnish()
        return self._whole[language].get(key, [])[:MOST_NAMES]

    def languages_of(self, written: str) -> set[str]:
        """The languages in which this is the name of some work."""
        return {language for language in LANGUAGES if self.called(key_of(written, language), language)}

    def same_work(self, row: int, language: str) -> list[int]:
        """The row itself, and those that both other languages call by the same name."""
        first, second = (other for other in LANGUAGES if other != language)
        twins = [set(self.called(key_of(self.name(row, other), other), other)) for other in (first, second)]
        return list(dict.fromkeys([row, *sorted(twins[0] & twins[1])]))[:MOST_NAMES]

    def is_group(self, row: int) -> bool:
        """Whether it names an ISCO group, and no single occupation."""
        return GROUP_ADDRESS in self._addresses.get(row, "")

    def members(self, row: int) -> list[int]:
        """The rows of the work under this group, down to the single occupations."""
        members: list[int] = []
        waiting = [row]
        while waiting and len(members) < MOST_MEMBERS:
            under = self._under.get(self._addresses.get(waiting.pop(), ""), ())
            members += under
            waiting += under
        return members[:MOST_MEMBERS]

    def containing(self, stem: str, language: str) -> list[int]:
        """The rows whose name has this word among others."""
        rows = self._parts[language].get(stem, [])
        return rows if len(rows) <= MOST_PARTIAL_NAMES else []

    def all_in(self, language: str) -> list[str]:
        """Every name in a language, once, our own first."""
        at = LANGUAGES.index(language)
        return list(dict.fromkeys(row[at] for row in self._rows if row[at]))

    def name(self, row: int, language: str) -> str:
        return self._rows[row][LANGUAGES.index(language)]


def key_of(name: str, language: str) -> tuple[str, ...]:
    """The stems of the words of a name, in order."""
    read = analyser_for(language)
    return tuple(group.exact[0] for group in read.query_groups(name))


# Which occupations are loaded, looked for once a minute, and the names of those.
_seen: ProcessCache[tuple[int, int | None]] = ProcessCache(seconds=SECONDS_BETWEEN_LOOKS)
_names: ProcessCache[Names] = ProcessCache(most=1)


def names() -> Names:
    """All names: ESCO's and our own. Once a minute it is looked whether other occupations were loaded."""
    return _names.get(_seen.get("occupations", _number_and_newest), _read_names)


def forget_names() -> None:
    """Read the names anew at the next search."""
    _seen.forget()
    _names.forget()


def _number_and_newest() -> tuple[int, int | None]:
    """Other occupations have other keys, even where there are as many of them."""
    seen = Concept.objects.aggregate(number=Count("pk"), newest=Max("pk"))
    return seen["number"], seen["newest"]


def _read_names() -> Names:
    with OWN_WORDS.open(encoding="utf-8", newline="") as lines:
        own = [(row["fi"], row["sv"], row["en"]) for row in csv.DictReader(lines)]
    loaded = list(Concept.objects.order_by("pk").values_list("label_fi", "label_sv", "label_en", "uri", "broader"))
    tree = [*(("", "") for _ in own), *(row[3:] for row in loaded)]
    return Names([*own, *(row[:3] for row in loaded)], tree)
