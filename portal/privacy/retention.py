"""The rules by which personal data are deleted. Each app registers its own; one command runs them all.

A rule is a name, the model and the fields it covers, in words how long they are kept (for docs/data-retention.md), and
a function that deletes what is over its date and returns how many rows went.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from accounts.registry import Registry


@dataclass(frozen=True)
class RetentionRule:
    """`delete(dry_run)` returns the number of rows; None means kept as long as the row's owner."""

    name: str
    model: str
    fields: tuple[str, ...]
    kept: str
    delete: Callable[[bool], int] | None = field(default=None, compare=False)


RULES: Registry[RetentionRule] = Registry()


def register(rule: RetentionRule) -> RetentionRule:
    return RULES.register(rule)


def purge(*, dry_run: bool = False) -> dict[str, int]:
    """Deletes everything that is over its date and returns how many rows each rule took, or would take."""
    return {rule.name: rule.delete(dry_run) for rule in RULES if rule.delete}


def delete_rows(queryset: QuerySet[Any], dry_run: bool) -> int:
    """What most rules do: the number of these rows, which are gone afterwards unless it is a dry run."""
    count = queryset.count()
    if not dry_run:
        queryset.delete()
    return count
