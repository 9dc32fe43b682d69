"""States as data: which state leads to which, the one mover, the one event, the one refusal.

A model with states names its table in `TRANSITIONS` and keeps its events under `events`. What a page offers and what an
action does ask the same `Act`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TransitionNotAllowed(Exception):
    """The thing is in another state than the change expects: somebody else was faster, or a page is old."""

    def __init__(self, thing: Any, wanted: str) -> None:
        super().__init__(f"{thing.pk}: {thing.status} → {wanted}")
        self.thing = thing
        self.wanted = wanted

    @property
    def is_done_already(self) -> bool:
        """Whether the wanted state is reached: a double click, or a second person with the same wish."""
        return self.thing.status == self.wanted


class TooLate(Exception):
    """The time in which this could be done has passed."""


class HasStates(models.Model):
    """A row whose `status` nobody but `move` writes."""

    TRANSITIONS: ClassVar[Mapping[Any, Collection[Any]]] = {}

    class Meta:
        abstract = True

    def allows(self, to: str) -> bool:
        """Whether the present state leads there."""
        return to in self.TRANSITIONS[self.status]  # type: ignore[attr-defined]


class StateEvent(models.Model):
    """What happened to a row: when, by whom, from which state to which, and why. No person means the clock."""

    STATES: ClassVar[type[models.TextChoices]]

    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    from_status = models.CharField(_("from"), max_length=20, blank=True)
    to_status = models.CharField(_("to"), max_length=20, blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    @property
    def label(self) -> str:
        """The state that was reached, in words."""
        return str(self.STATES(self.to_status).label) if self.to_status else ""


@dataclass(frozen=True)
class Act:
    """Something that can be done with a row: from which states, to which state, and while what holds.

    An act without `to` leaves the state as it is. `in_time` is asked once the state is right.
    """

    name: str
    sources: frozenset[str]
    to: str = ""
    in_time: Callable[[Any], bool] = lambda row: True

    def is_possible(self, row: Any) -> bool:
        return row.status in self.sources and self.in_time(row)

    def require(self, row: Any) -> None:
        """Raises TransitionNotAllowed in the wrong state, TooLate when the time is over."""
        if row.status not in self.sources:
            raise TransitionNotAllowed(row, self.to or row.status)
        if not self.in_time(row):
            raise TooLate


def move(row: Any, to: str, *, by: Any, note: str = "", event: Mapping[str, Any] | None = None, **fields: Any) -> Any:
    """Takes a locked row to another state together with the given fields, and returns the event that tells of it.

    `event` holds further fields of the event. Raises TransitionNotAllowed when the present state does not lead there.
    """
    if not row.allows(to):
        raise TransitionNotAllowed(row, to)
    before, row.status = row.status, to
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=["status", *fields])
    return row.events.create(by=by, from_status=before, to_status=to, note=note, **(event or {}))


def perform(
    row: Any, act: Act, *, by: Any, note: str = "", event: Mapping[str, Any] | None = None, **fields: Any
) -> Any:
    """Does an act that leads to another state, on a locked row: as `move`, once the act itself allows it.

    Two acts may lead to one state from different ones. Raises TransitionNotAllowed or TooLate.
    """
    act.require(row)
    return move(row, act.to, by=by, note=note, event=event, **fields)
