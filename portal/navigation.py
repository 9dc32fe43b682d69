"""The links of the header and the footer. Each app registers its own; the pages of the tree join them by themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from accounts.registry import Registry


class Menu(Enum):
    """The header's one row and the footer's three columns."""

    HEADER = "header"
    JOBSEEKERS = "jobseekers"
    ASSOCIATIONS = "associations"
    SITE = "site"


# Where the pages under the front page stand among the others.
PAGES = 20


def signed_in(request: HttpRequest) -> bool:
    return getattr(request, "user", None) is not None and request.user.is_authenticated


def signed_out(request: HttpRequest) -> bool:
    return not signed_in(request)


def everybody(request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True)
class Entry:
    """`url` is a name of an address, or a function of the request that gives one, empty for "not now".

    `section` is the part of the site whose pages mark the link as the present one. `number` counts what waits behind
    the link; a count of nothing shows as nothing.
    """

    name: str
    label: Any
    url: str | Callable[[HttpRequest], str]
    menu: Menu
    position: int
    section: str = ""
    icon: str = ""
    shown: Callable[[HttpRequest], bool] = everybody
    number: Callable[[HttpRequest], int] | None = None


@dataclass(frozen=True)
class Link:
    """An entry as one request shows it. `number` is None where nothing is counted."""

    label: Any
    url: str
    position: int = PAGES
    name: str = ""
    icon: str = ""
    is_current: bool = False
    number: int | None = None


ENTRIES: Registry[Entry] = Registry()


def register(entry: Entry) -> Entry:
    return ENTRIES.register(entry)


def links(request: HttpRequest, menu: Menu, *, section: str = "") -> list[Link]:
    """What a menu shows to this reader, in order; `section` is where the reader is."""
    entries = [entry for entry in ENTRIES if entry.menu == menu and entry.shown(request)]
    return [_link(entry, url, request, section) for entry in entries if (url := _address(entry, request))]


def _address(entry: Entry, request: HttpRequest) -> str:
    """Empty where the app that has the address is left out."""
    if not isinstance(entry.url, str):
        return entry.url(request)
    try:
        return reverse(entry.url)
    except NoReverseMatch:
        return ""


def _link(entry: Entry, url: str, request: HttpRequest, section: str) -> Link:
    return Link(
        label=entry.label,
        url=url,
        position=entry.position,
        name=entry.name,
        icon=entry.icon,
        is_current=bool(entry.section) and entry.section == section,
        number=entry.number(request) if entry.number else None,
    )
