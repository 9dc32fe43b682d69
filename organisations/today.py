"""What waits for an organisation's people: each app registers its rows for the first page of the desk."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.registry import Registry


@dataclass(frozen=True)
class TodayRows:
    """Rows of one app, the most urgent first: `rows(membership)` gives icon, title, url, text and end of each."""

    name: str
    rows: Callable[[Any], list[dict]]
    position: int = 50


TODAY: Registry[TodayRows] = Registry()
register = TODAY.register


def rows_for(membership: Any) -> list[dict]:
    return [row for entry in TODAY for row in entry.rows(membership)]
