"""Demonstration content: each app registers what it writes. Every name, number and address in it is made up."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.registry import Registry


@dataclass(frozen=True)
class Demonstration:
    """What one app shows the site with. `write` makes what is missing; a lower `position` is written first.

    `multiply(count)` tops its generated rows up to a number and returns how many were made.
    """

    name: str
    write: Callable[[], None]
    position: int = 50
    multiply: Callable[[int], int] | None = None


CONTENTS: Registry[Demonstration] = Registry()
register = CONTENTS.register


def write_demonstration() -> None:
    for content in CONTENTS:
        content.write()


def multiply(count: int) -> int:
    """Tops generated rows up to `count`; returns how many were made."""
    return sum(content.multiply(count) for content in CONTENTS if content.multiply)
