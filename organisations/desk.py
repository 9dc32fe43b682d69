"""What apps add to the organisation's desk: its tabs, and what waits today. They register in their `ready()`.

    tabs.register(Tab("postings", _("Jobs"), "jobs:desk_postings", position=20))
    today.register(TodayRows("postings", position=20, rows=rows_of_today))

A view of a tab passes its name as `tab`, so that the desk shows where the reader is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.registry import Registry
from organisations.models import Membership
from organisations.roles import Verb

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def everybody(membership: Membership) -> bool:
    return True


def having(verb: Verb) -> Callable[[Membership], bool]:
    """Those memberships that may do this in their own organisation."""
    return lambda membership: verb in membership.verbs


def nothing(membership: Membership) -> list[int]:
    return []


def organisation_key(membership: Membership) -> list[int]:
    return [membership.organisation_id]


@dataclass(frozen=True)
class Tab:
    """A part of the desk, shown to the memberships that it is for. `arguments` are those of its address."""

    name: str
    label: "str | _StrPromise"
    url_name: str
    position: int = 0
    is_for: Callable[[Membership], bool] = everybody
    arguments: Callable[[Membership], list[int]] = nothing


@dataclass(frozen=True)
class TodayRow:
    """One thing that waits: what it is, where it is done, a line under it, words at the end."""

    title: str
    url: str
    text: str = ""
    end: str = ""
    icon: str = "clock"


@dataclass(frozen=True)
class TodayRows:
    """What an app says of today for a membership."""

    name: str
    position: int
    rows: Callable[[Membership], Iterable[TodayRow]]


tabs: Registry[Tab] = Registry()
today: Registry[TodayRows] = Registry()


def tabs_of(membership: Membership) -> list[Tab]:
    return [tab for tab in tabs if tab.is_for(membership)]


def rows_of_today(membership: Membership) -> list[TodayRow]:
    return [row for source in today for row in source.rows(membership)]


def unnamed_municipalities(membership: Membership) -> list[TodayRow]:
    """A coach for whom nobody has named the municipalities waits for the job bank without knowing why."""
    if Verb.COACH not in membership.verbs or membership.municipalities.exists():
        return []
    title, text = _("Your municipalities are not named yet"), _("The job bank opens by the municipalities you serve.")
    return [TodayRow(title, reverse("organisations:coaching"), text)]
