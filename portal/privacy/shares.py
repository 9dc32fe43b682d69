"""A person's right to see and to erase: each app registers what it knows of a person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.registry import Registry


@dataclass(frozen=True)
class Share:
    """What one app knows of a person: `export(user)` gives plain data, `erase(user)` runs before the account goes."""

    name: str
    export: Callable[[Any], Any]
    erase: Callable[[Any], None] | None = None


SHARES: Registry[Share] = Registry()


def register(share: Share) -> Share:
    return SHARES.register(share)


def export(user: Any) -> dict[str, Any]:
    """Everything that the service knows of a person, by the name of each share."""
    return {share.name: share.export(user) for share in SHARES}


def erase(user: Any) -> None:
    """Every app forgets the person; the account itself is the caller's."""
    for share in SHARES:
        if share.erase:
            share.erase(user)
