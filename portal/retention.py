"""The rules by which personal data are deleted. Each app adds its own; one command runs them all.

A rule is a name, the models and fields it covers in words for docs/data-retention.md, and a function that deletes what
is over its date and returns how many rows went.
"""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class RetentionRule:
    name: str
    model: str
    fields: tuple[str, ...]
    kept: str
    delete: Callable[[bool], int] | None = field(default=None, compare=False)


RULES: dict[str, RetentionRule] = {}


def register(rule):
    """Adds a rule. `delete(dry_run)` returns the number of rows it deletes or would delete; None means kept with its owner."""
    RULES[rule.name] = rule
    return rule
