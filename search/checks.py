"""What Django's checks say of the search on this machine."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DatabaseError

from search.analysis import fingerprint


def register_checks() -> None:
    checks.register(index_is_read_as_it_was_written, checks.Tags.database)


def index_is_read_as_it_was_written(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """An index that another analyser made is read by that one, or by a stand-in, until it is rebuilt."""
    from search.models import SearchIndex

    if not databases or "default" not in databases:
        return []
    try:
        others = list(SearchIndex.objects.exclude(analysis=fingerprint()).values_list("kind", "analysis"))
    except DatabaseError:  # not migrated yet
        return []
    return [
        checks.Warning(
            f"The search index of {kind} was made by {analysis}, this machine has {fingerprint()}.",
            hint="The timed work (`manage.py run_due`) rebuilds it; `manage.py reindex` does so at once.",
            id="search.W001",
        )
        for kind, analysis in others
    ]
