"""The one way to look for postings: the list, its counts, tags and feeds ask `search`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from jobs.discovery.enums import Extra, Order
from jobs.discovery.index import KIND, seconds_of
from jobs.discovery.meanings import Limit, narrowed
from jobs.postings.models import JobPosting
from jobs.postings.models.posting import NEW_FOR
from search import filters as search_filters
from search import searching
from search.query.requests import DISTANCE, RELEVANCE, Similar, Variation
from search.results import Results

PAGE_SIZE = 20
ORDERS = {
    Order.CLOSING: ("closes", "published"),
    Order.NEWEST: ("-published",),
    Order.RELEVANCE: (RELEVANCE,),
    Order.NEAREST: (DISTANCE, "closes"),
}


@dataclass(frozen=True)
class Filters:
    """What a search is limited to. Of a group that widens any value will do; of one that narrows each must be true.

    `said` are limits from the words of the search: they hold beside all that is chosen.
    """

    municipalities: tuple[str, ...] = ()
    task_fields: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    near: search_filters.Near | None = None
    said: tuple[Limit, ...] = ()

    WIDENING = ("municipalities", "task_fields", "hours")
    NARROWING = ("without", "extras")
    GROUPS = WIDENING + NARROWING

    def __len__(self) -> int:
        """How much is chosen."""
        return sum(len(getattr(self, group)) for group in self.GROUPS) + (self.near is not None)

    def lacking(self, group: str, value: str) -> "Filters":
        """The same without one value of a group."""
        left: Any = tuple(chosen for chosen in getattr(self, group) if chosen != value)
        return replace(self, **{group: left})

    def without_said(self, written: str) -> "Filters":
        """The same without the limits that these words said."""
        return replace(self, said=tuple(limit for limit in self.said if limit.written != written))


def search(
    filters: Filters,
    text: str = "",
    *,
    order: Order | None = None,
    offset: int = 0,
    limit: int = PAGE_SIZE,
    with_counts: bool = False,
    literal: bool = False,
    otherwise: Iterable[tuple[Filters, bool]] = (),
) -> Results:
    """The open postings that match, as `Results` with the postings of a page as objects, ready for cards.

    They come in their usual order unless one is given. With counts each group is a facet, whether or not it has hits.
    `literal` looks for the words as they are written, without nearest words. `otherwise` are pairs: other filters, and
    whether the words are kept; when nothing is found, the answer tells how many each of them would find.
    """
    order = order or usual_order(filters, text)
    results = searching.search(
        KIND,
        text,
        search_filters_of(filters),
        base=search_filters_of(Filters()),
        similar=Similar.INSTEAD,
        order=ORDERS[order],
        facets=Filters.GROUPS if with_counts else (),
        counted_ranges={Extra.NEW.value: ("published", _new())} if with_counts else {},
        offset=offset,
        limit=limit,
        literal=literal,
        otherwise=tuple(Variation(search_filters_of(others), has_words) for others, has_words in otherwise),
    )
    return replace(results, objects=_load(results.pks, text), facets=_counts(results) if with_counts else {})


def usual_order(filters: Filters, text: str) -> Order:
    """The order that a search has by itself."""
    if text:
        return Order.RELEVANCE
    return Order.NEAREST if filters.near else Order.CLOSING


def search_filters_of(filters: Filters) -> search_filters.Filters:
    """Our filters in the search's words. Openness is the clock's: today is rounded to the day, so that answers keep."""
    ranges = {"closes": search_filters.Range(at_least=seconds_of(timezone.localdate()))}
    if Extra.NEW in filters.extras:
        ranges["published"] = _new()
    any_of = {group: frozenset(getattr(filters, group)) for group in Filters.WIDENING}
    # What is new is a range of time, and no value in the index.
    all_of = {group: frozenset(getattr(filters, group)) - {Extra.NEW.value} for group in Filters.NARROWING}
    chosen = search_filters.Filters(
        any_of={name: values for name, values in any_of.items() if values},
        all_of={name: values for name, values in all_of.items() if values},
        ranges=ranges,
        near=filters.near,
    )
    return narrowed(chosen, filters.said)


def _new() -> search_filters.Range:
    return search_filters.Range(at_least=seconds_of(timezone.localdate() - NEW_FOR))


def _counts(results: Results) -> dict[str, dict[str, int]]:
    counts = {group: dict(results.facets.get(group, {})) for group in Filters.GROUPS}
    counts["extras"] |= results.range_counts
    return counts


def _load(pks: list[int], text: str) -> list[JobPosting]:
    """The postings in the search's order; one that closed a moment ago is left out, whatever the index says."""
    listed = JobPosting.objects.open().for_listing()
    postings = (listed.with_task_titles() if text else listed).in_bulk(pks) if pks else {}
    return [postings[pk] for pk in pks if pk in postings]
