"""The site-wide search: the same words looked for among jobs, guides, pages and organisations, group by group."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest

from accounts.registry import Registry
from search.filters import Filters
from search.query.parsing import Query
from search.query.requests import Similar
from search.results import Results
from search.searching import search
from search.site.highlights import excerpt, highlight

MOST_OF_A_GROUP = 5


@dataclass(frozen=True)
class Group:
    """One group of the page. Apps above this one add theirs.

    `public(pks)` gives those of the objects that anybody may see. `url(obj, request)` and `text(obj)` say where a
    result leads and what stands under it. `more(text)` is the address of all results of the group, if it has a page.
    `position` is its place on the page, the smallest first.
    """

    name: str
    label: Any
    kind: str
    public: Callable[[list[int]], Iterable[Any]]
    url: Callable[[Any, Any], str] = lambda obj, request: obj.get_absolute_url()
    text: Callable[[Any], str] = lambda obj: ""
    language: Callable[[Any], str] = lambda obj: "fi"
    filters: Callable[[], Filters] = Filters
    more: Callable[[str], str] | None = None
    position: int = 50


@dataclass(frozen=True)
class Line:
    """One line of the page: the title and a piece of the text, each in pieces that answer and pieces that do not."""

    title: list[tuple[str, bool]]
    url: str
    text: list[tuple[str, bool]]
    language: str


GROUPS: Registry[Group] = Registry()


def register(group: Group) -> Group:
    return GROUPS.register(group)


def search_groups(
    text: str,
    request: HttpRequest | None = None,
    *,
    language: str | None = None,
    limit: int = MOST_OF_A_GROUP,
    literal: bool = False,
) -> list[tuple[Group, Results]]:
    """Each group in which something was found with the `Results`, whose objects are the first lines.

    A group shows what has every word; only when no group has anything, what has any of them.
    """
    wishes = {"language": language, "limit": limit, "literal": literal, "similar": Similar.NEVER}
    strict = _answered(text, request, relax=False, guess=False, **wishes)
    return strict or _answered(text, request, relax=True, guess=True, **wishes)


def _answered(text: str, request: HttpRequest | None, **wishes: Any) -> list[tuple[Group, Results]]:
    answered = []
    for group in GROUPS:
        results = search(group.kind, text, group.filters(), **wishes)
        by_key = {obj.pk: obj for obj in group.public(results.pks)} if results.pks else {}
        lines = [_line(group, by_key[pk], results.query, request) for pk in results.pks if pk in by_key]
        if lines:
            answered.append((group, replace(results, objects=lines)))
    return answered


def _line(group: Group, obj: Any, query: Query, request: HttpRequest | None) -> Line:
    language = group.language(obj)
    return Line(
        title=highlight(str(obj), query, language),
        url=group.url(obj, request),
        text=excerpt(group.text(obj) or "", query, language),
        language=language,
    )
