"""Where a person stands outside the account: what is the person's own goes, the rest is listed for staff to decide.

Each app registers how it looks. Names are alike and telephones are shared, so nothing is deleted for a name alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.registry import Registry
from portal.phone_numbers import phone_key

TELEPHONE = re.compile(r"\+?\d[\d \-()/.]{4,}\d")


def plain(text: str) -> str:
    return " ".join(text.casefold().split())


@dataclass(frozen=True)
class Person:
    """What is known of the person who is looked for; empty is unknown."""

    email: str = ""
    name: str = ""
    phone: str = ""

    def has(self, *, name: str, email: str, phone: str) -> bool:
        """Whether these details are the person's own: the same address or telephone, and no other name."""
        is_same = self.email and plain(email) == plain(self.email)
        is_same = is_same or (self.phone and phone_key(phone) == phone_key(self.phone))
        return bool(is_same) and (not self.name or plain(name) == plain(self.name))

    def stands_in(self, value: Any) -> bool:
        """Whether a text, or one within lists and dictionaries, names the person, the telephone or the address."""
        if isinstance(value, dict):
            return any(self.stands_in(part) for part in value.values())
        if isinstance(value, list | tuple):
            return any(self.stands_in(part) for part in value)
        return isinstance(value, str) and bool(value) and self._is_named_in(value)

    def _is_named_in(self, text: str) -> bool:
        if self._words and self._words.search(plain(text)):
            return True
        return bool(self.phone) and phone_key(self.phone) in map(phone_key, TELEPHONE.findall(text))

    @cached_property
    def _words(self) -> re.Pattern[str] | None:
        """The name either way round, and the address, as whole words."""
        first, _blank, last = plain(self.name).rpartition(" ")
        names = {f"{first} {last}".strip(), f"{last} {first}".strip(), f"{last}, {first}" if first else ""}
        words = "|".join(map(re.escape, sorted((names | {plain(self.email)}) - {""})))
        return re.compile(rf"(?<![\w.+-])(?:{words})(?![\w-])") if words else None


@dataclass(frozen=True, order=True)
class Trace:
    """A field that names the person: the row's model and number, and the page to decide it. Never the words."""

    kind: str
    number: int
    field: str
    address: str


@dataclass(frozen=True)
class Tracer:
    """`look(person)` gives the traces; `erase(person)` deletes what is the person's own and tells how many rows."""

    name: str
    look: Callable[[Person], Iterable[Trace]]
    erase: Callable[[Person], int] | None = None


TRACERS: Registry[Tracer] = Registry()


def register(tracer: Tracer) -> Tracer:
    return TRACERS.register(tracer)


def page_of(name: str) -> Callable[[Any], str]:
    """The address of a row's page, from the key of the row."""
    return lambda pk: reverse(name, args=[pk])


def look_through(
    rows: QuerySet[Any], fields: Iterable[str], person: Person, address: Callable[[Any], str], page: str = "pk"
) -> Iterator[Trace]:
    """The traces in these fields of these rows; `page` names the field by which `address` knows its page."""
    names = list(fields)
    kind = rows.model._meta.label
    for pk, of_page, *values in rows.order_by("pk").values_list("pk", page, *names).iterator():
        for name, value in zip(names, values, strict=True):
            if person.stands_in(value):
                yield Trace(kind, pk, name, address(of_page))


def erase(person: Person) -> dict[str, int]:
    """Every app deletes what is the person's own; how many rows, where there were any."""
    counts = {tracer.name: tracer.erase(person) for tracer in TRACERS if tracer.erase}
    return {name: count for name, count in counts.items() if count}


def look(person: Person) -> list[Trace]:
    """What is left for staff to decide, each field once."""
    return sorted({trace for tracer in TRACERS for trace in tracer.look(person)})
