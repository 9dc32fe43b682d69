"""What is asked; the same for the database and for a search engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Self

from search.filters import Filters, Range
from search.query.parsing import Query

RELEVANCE = "relevance"
DISTANCE = "distance"
# A list in order of relevance goes on past the texts that have every word to those that resemble most, so that
# there is something to read; they are never counted among the hits.
LISTED_AT_LEAST = 100


class Similar(StrEnum):
    """Where texts that only resemble are listed: never, in the place of hits that are not there, or among them."""

    NEVER = "never"
    INSTEAD = "instead"
    BESIDE = "beside"


@dataclass(frozen=True)
class Variation:
    """The same request under other filters, and perhaps without its words."""

    filters: Filters
    has_words: bool = True


@dataclass(frozen=True)
class Request:
    """One search in one index.

    `order` names numbers, each ascending or with "-" descending; `relevance` and `distance` are names too.
    `facets` are the facets to count, `counted_ranges` names numbers and limits to count. `offset` and `limit` cut the
    page. `similar` says whether a list in order of relevance shows texts that only resemble; `relax` lets texts with
    any of the words count where none under the `base` filters, those that nobody chose, has all: so a limit that is
    chosen never adds hits. Without a base nobody chose any of the filters. `otherwise` are variations whose hits are
    counted when there are none.
    """

    kind: str
    query: Query
    filters: Filters = field(default_factory=Filters)
    base: Filters | None = None
    order: tuple[str, ...] = (RELEVANCE,)
    facets: tuple[str, ...] = ()
    counted_ranges: Mapping[str, tuple[str, Range]] = field(default_factory=dict)
    offset: int = 0
    limit: int = 20
    similar: Similar = Similar.BESIDE
    relax: bool = True
    listed_only: bool = True
    otherwise: tuple[Variation, ...] = ()

    @property
    def unchosen(self) -> Filters:
        """The filters that hold whatever somebody chooses."""
        return self.filters if self.base is None else self.base

    def varied(self, variation: Variation) -> Self:
        """The request that counts the hits of a variation, and asks for nothing else."""
        query = self.query if variation.has_words else Query()
        bare: dict[str, Any] = {"facets": (), "counted_ranges": {}, "limit": 0, "otherwise": ()}
        return replace(self, query=query, filters=variation.filters, base=self.unchosen, **bare)
