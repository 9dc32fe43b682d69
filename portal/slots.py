"""Places of a page that apps above fill: the lower page names the slot and knows nobody who fills it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from accounts.registry import Registry


@dataclass(frozen=True)
class Slot:
    """One filling: `name` is the place, `key` tells this filling from others.

    `context(request, *args)` gives what the template shows, args being what the page hands to the slot; None leaves
    the filling out.
    """

    name: str
    key: str
    template: str
    context: Callable[..., dict[str, Any] | None]
    position: int = 0


FILLINGS: dict[str, Registry["_Filling"]] = {}


@dataclass(frozen=True)
class _Filling:
    """A filling as its slot's registry keeps it, by its key."""

    slot: Slot

    @property
    def name(self) -> str:
        return self.slot.key

    @property
    def position(self) -> int:
        return self.slot.position


def register(slot: Slot) -> Slot:
    FILLINGS.setdefault(slot.name, Registry()).register(_Filling(slot))
    return slot


def render(name: str, request: HttpRequest, *args: Any) -> list[str]:
    """The HTML of every filling of a slot, in order; an empty list where nobody fills it."""
    return list(_rendered(name, request, args))


def _rendered(name: str, request: HttpRequest, args: tuple[Any, ...]) -> Iterator[str]:
    for filling in FILLINGS.get(name, ()):
        context = filling.slot.context(request, *args)
        if context is not None:
            # The request alone comes along: no context processors, which would ask the database again.
            yield render_to_string(filling.slot.template, {**context, "request": request})
