"""What a page without hits offers.

Every way on is counted, all of them together, and one that leads nowhere is left out.
"""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from jobs.discovery import meanings
from jobs.discovery.addresses import first_page, having, without
from jobs.discovery.forms import GROUPS
from jobs.discovery.places import RADII, neighbours_of
from jobs.discovery.search import Filters

MOST_VALUES = 3  # of one choice
MOST_REMOVALS = 4
MOST_NEARBY = 4


@dataclass(frozen=True)
class Way:
    """A search that differs in one choice; `has_words` says whether it keeps its words."""

    title: str
    url: str
    filters: Filters
    has_words: bool = True
    count: int = 0


@dataclass(frozen=True)
class WaysOn:
    """`removals` lack one choice, that which brings most first; `nearby` are neighbours, or wider circles."""

    removals: list[Way]
    nearby: list[Way]

    @classmethod
    def possible(cls, form, address):
        """All of them, not yet counted."""
        return cls(_removals(form, address), _nearby(form, address))

    @property
    def variations(self):
        """What the search counts when it finds nothing."""
        return [(way.filters, way.has_words) for way in (*self.removals, *self.nearby)]

    def counted(self, counts):
        """Those that lead somewhere, by the numbers of `variations`; none before anything was ever indexed."""
        if not counts:
            return WaysOn([], [])
        counted = [replace(way, count=count) for way, count in zip((*self.removals, *self.nearby), counts, strict=True)]
        removals, nearby = counted[: len(self.removals)], counted[len(self.removals) :]
        return WaysOn(
            removals=sorted(_leading_somewhere(removals), key=lambda way: -way.count)[:MOST_REMOVALS],
            nearby=_leading_somewhere(nearby)[:MOST_NEARBY],
        )


def without_words(form, address):
    """The address that keeps of the text what says a limit."""
    said = " ".join(written for written, _label in form.said_limits)
    return having(address, "q", said) if said else without(address, "q", None)


def _leading_somewhere(ways):
    return [way for way in ways if way.count]


def _removals(form, address):
    """The search without its words, and without each choice."""
    ways = []
    if form.text:
        words = _("Without the word “%(text)s”") % {"text": form.text}
        ways.append(Way(words, without_words(form, address), form.filters, has_words=False))
    for written, label in form.said_limits[:MOST_VALUES]:
        words = _("Without the limit %(limit)s") % {"limit": label}
        url = having(address, "q", meanings.without(form.written, written))
        ways.append(Way(words, url, form.filters.without_said(written)))
    for name, group in GROUPS.items():
        labels = dict(form.fields[name].choices)
        for value in form.cleaned_data[name][:MOST_VALUES]:
            words = _("Without the limit %(limit)s") % {"limit": labels[value]}
            ways.append(Way(words, without(address, name, value), form.filters.lacking(group, value)))
    return ways


def _nearby(form, address):
    """The same in wider circles around a place, or in each of the other municipalities, the nearest first."""
    if form.place:
        return [_within(form, address, radius) for radius in RADII if radius > form.radius]
    chosen, said = form.cleaned_data["kunta"], form.said_places
    if len({*chosen, *(limit.value for limit in said)}) != 1:
        return []
    code = chosen[0] if chosen else said[0].value
    return [_in(form, address, place, said) for place in neighbours_of(code, form.municipalities)]


def _in(form, address, place, said):
    """The same in another municipality, instead of those that were `said` too."""
    filters, text, query = form.filters, form.written, first_page(address)
    for limit in said:
        filters, text = filters.without_said(limit.written), meanings.without(text, limit.written)
    if said:
        query["q"] = text
    return Way(place.name, having(query, "kunta", place.code), replace(filters, municipalities=(place.code,)))


def _within(form, address, radius):
    words = _("%(place)s and %(km)s km around") % {"place": form.place.name, "km": radius}
    filters = replace(form.filters, near=form.place.within(radius))
    return Way(words, having(address, "sade", str(radius)), filters)
