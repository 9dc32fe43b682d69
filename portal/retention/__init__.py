"""The rules by which personal data are deleted. Each app adds its own; one command runs them all.

A rule is a name, the model and the fields it covers, in words how long they are kept (for docs/data-retention.md), and
a function that deletes what is over its date and returns how many rows went.

People's rights to their data run over the same registry: an app adds what it knows of a person (`Share`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class RetentionRule:
    name: str
    model: str
    fields: tuple[str, ...]
    kept: str
    delete: Callable[[bool], int] | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Share:
    """What one app knows of a person: `export(user)` gives plain data, `erase(user)` runs before the account goes."""

    name: str
    export: Callable[[Any], Any]
    erase: Callable[[Any], None] | None = None


RULES: dict[str, RetentionRule] = {}
SHARES: dict[str, Share] = {}


def register(rule: RetentionRule) -> RetentionRule:
    """Adds a rule. `delete(dry_run)` returns the number of rows; None means kept as long as the row's owner."""
    RULES[rule.name] = rule
    return rule


def register_share(share: Share) -> Share:
    SHARES[share.name] = share
    return share


def purge(*, dry_run: bool = False) -> dict[str, int]:
    """Deletes everything that is over its date and returns how many rows each rule took, or would take."""
    return {rule.name: rule.delete(dry_run) for rule in RULES.values() if rule.delete}


def delete_rows(queryset, dry_run: bool) -> int:
    """What most rules do: the number of these rows, which are gone afterwards unless it is a dry run."""
    count = queryset.count()
    if not dry_run:
        queryset.delete()
    return count
