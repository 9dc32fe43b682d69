"""Places in a lower floor's pages that upper floors fill: the page names the place, and nobody who fills it.

A filling is a template with a context of its own, which a function makes of the page's and of what the place hands on.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from accounts.registry import Registry


@dataclass(frozen=True)
class Filling:
    """What one app shows in a place: `place` is the slot's name, `name` the filling's own.

    `context(page, *things)` gives the template's variables, or None when there is nothing to show; `page` is the
    context of the page around it.
    """

    name: str
    place: str
    template: str
    context: Callable[..., Mapping[str, Any] | None]
    position: int = 50


# What every filling knows of the page around it.
SHARED = ("request", "csrf_token", "saved_keys", "LANGUAGE_CODE")

FILLINGS: Registry[Filling] = Registry()
register = FILLINGS.register


def fill(fillings: Iterable[Filling]) -> None:
    """Registers all that an app shows in other apps' pages."""
    for filling in fillings:
        register(filling)


def fillings_of(place: str) -> list[Filling]:
    return [filling for filling in FILLINGS if filling.place == place]


def render(place: str, page: Mapping[str, Any], *things: Any) -> list[str]:
    """The fillings of a place as HTML, in the order of their positions."""
    # No context processors, which would ask the database again: the page's own answers come along.
    shared = {name: page[name] for name in SHARED if name in page}
    rendered: list[str] = []
    for filling in fillings_of(place):
        context = filling.context(page, *things)
        if context is not None:
            rendered.append(render_to_string(filling.template, {**shared, **context}))
    return rendered
