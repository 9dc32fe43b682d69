"""The answer to a search, the same class from the engine's or the database's answer to the page."""

from dataclasses import dataclass, field
from typing import Any

from search.query.parsing import Query


@dataclass(frozen=True)
class Results:
    """The answer to a search.

    `pks` are the keys of this page in order, `objects` what the caller loaded of them. `total` counts the texts that
    match; `listed` is how long the list is: it may go on to texts that only resemble. `facets` count every value under
    all other filters. `relaxed` says that no text at all has every word, whatever was chosen, and that those with any
    of them count. `degraded` says that the search engine did not answer and the database did, `at_least` that `total`
    is a lower bound. `otherwise` are the totals of the request's variations, when it has no hits. `query` is what was
    understood, and marks its words in a text.
    """

    query: Query = field(default_factory=Query)
    pks: list[int] = field(default_factory=list)
    total: int = 0
    listed: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    range_counts: dict[str, int] = field(default_factory=dict)
    scores: dict[int, float] = field(default_factory=dict)
    relaxed: bool = False
    degraded: bool = False
    at_least: bool = False
    otherwise: tuple[int, ...] = ()
    objects: list[Any] = field(default_factory=list)

    @property
    def replaced(self) -> dict[str, tuple[str, ...]]:
        """The words that no text has, each with the nearest ones looked for instead, as the texts write them."""
        return self.query.replaced
