"""Who must end the sign-in with a second factor. Each app registers the rule of its own people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.registry import Registry


@dataclass(frozen=True)
class Rule:
    """`applies(user)` says whether this person needs a second factor."""

    name: str
    applies: Callable[[Any], bool]


RULES: Registry[Rule] = Registry()


def register(rule: Rule) -> Rule:
    return RULES.register(rule)


def is_needed(user: Any) -> bool:
    """Whether any rule asks for it."""
    return any(rule.applies(user) for rule in RULES)


def is_staff(user: Any) -> bool:
    """Whoever has a right in the Wagtail admin."""
    return user.is_staff or user.is_superuser or user.has_perm("wagtailadmin.access_admin")
