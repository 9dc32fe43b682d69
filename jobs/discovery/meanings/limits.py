"""Limits that were said in words: what they are called, and what they leave of a search."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from jobs.discovery.enums import Extra, Offer
from jobs.discovery.index import TENTHS
from jobs.postings.enums import DayPart, Demand
from jobs.postings.json_ld import FULL_TIME_HOURS
from search.filters import Filters, Range

PLACES = "municipalities"
HOURS = "hours"
OPPOSITES = {"part": "full", "full": "part"}
LABELS = {"extras": Extra, "offers": Offer, "times": DayPart, "without": Demand, "free_of": Demand}
GROUPS = {*LABELS, HOURS, PLACES}


@dataclass(frozen=True)
class Limit:
    """One limit, with the words that said it; several of the same words come and go together.

    `group` and `value` are those of the index. `numbers` are hours, in tenths. One that is denied leaves out what has
    the value.
    """

    written: str
    group: str
    value: str
    is_denied: bool = False
    numbers: tuple[int, ...] = ()

    def label(self, places: Mapping[str, str]) -> str:
        """The limit as the page calls it; `places` are the names of municipalities by their codes."""
        if self.group == HOURS:
            return _label_of_hours(self)
        name = places.get(self.value, self.value) if self.group == PLACES else str(LABELS[self.group](self.value).label)
        if self.is_denied:
            return _("Not: %(limit)s") % {"limit": name}
        return _("Not needed: %(demand)s") % {"demand": name} if LABELS.get(self.group) is Demand else name

    @property
    def ranges(self) -> dict[str, Range]:
        """The hours a week that a posting must have."""
        full = FULL_TIME_HOURS * TENTHS
        low, high = self.numbers[0] if self.numbers else 0, self.numbers[-1] if self.numbers else 0
        return {
            # The same line as in what a posting tells machines.
            "part": {"hours_max": Range(at_most=full - 1)},
            "full": {"hours_max": Range(at_least=full)},
            "at_most": {"hours_max": Range(at_most=high)},
            "under": {"hours_max": Range(at_most=high - 1)},
            "at_least": {"hours_max": Range(at_least=low)},
            "over": {"hours_max": Range(at_least=low + 1)},
            "between": {"hours_max": Range(at_least=low), "hours_min": Range(at_most=high)},
        }[self.value]


def said_together(limits: Iterable[Limit]) -> list[tuple[str, list[Limit]]]:
    """The limits by the words that said them, in their order."""
    return [(written, list(said)) for written, said in groupby(limits, key=lambda limit: limit.written)]


def narrowed(filters: Filters, limits: Iterable[Limit]) -> Filters:
    """The filters with these limits too: places widen each other, all others narrow, and none widens the filters."""
    within, all_of, none_of = (_sets(sets) for sets in (filters.within, filters.all_of, filters.none_of))
    ranges = dict(filters.ranges)
    for limit in limits:
        if limit.group == HOURS:
            for name, said in limit.ranges.items():
                ranges[name] = _both(ranges.get(name, Range()), said)
        elif limit.is_denied:
            none_of[limit.group].add(limit.value)
        else:
            (within if limit.group == PLACES else all_of)[limit.group].add(limit.value)
    return replace(filters, within=_frozen(within), all_of=_frozen(all_of), none_of=_frozen(none_of), ranges=ranges)


def _sets(values: Mapping[str, frozenset[str]]) -> defaultdict[str, set[str]]:
    return defaultdict(set, {name: set(some) for name, some in values.items()})


def _frozen(values: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(some) for name, some in values.items()}


def _both(some: Range, other: Range) -> Range:
    lows = [end for end in (some.at_least, other.at_least) if end is not None]
    highs = [end for end in (some.at_most, other.at_most) if end is not None]
    return Range(max(lows, default=None), min(highs, default=None))


def _label_of_hours(limit: Limit) -> str:
    hours = [number_format(number / TENTHS if number % TENTHS else number // TENTHS) for number in limit.numbers]
    words = {
        "part": _("Part time"),
        "full": _("Full time"),
        "at_most": _("%(hours)s h a week at most"),
        "under": _("Under %(hours)s h a week"),
        "at_least": _("%(hours)s h a week at least"),
        "over": _("Over %(hours)s h a week"),
        "between": _("%(hours)s hours a week"),
    }[limit.value]
    return words % {"hours": "–".join(hours)}
