"""Figures of the report: each room registers what it counts, and the report knows no room."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Period:
    """From the beginning of the first day to the end of the last, as days are counted in Helsinki."""

    first: date
    last: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The first moment, and the first that lies after the period."""
        return _midnight(self.first), _midnight(self.last + timedelta(days=1))


@dataclass(frozen=True)
class Figure:
    """`count(period)` names nobody; `definition` says in one line what is counted, and what is not."""

    name: str
    label: "str | _StrPromise"
    definition: "str | _StrPromise"
    count: Callable[[Period], int]
    position: int = 50


FIGURES: Registry[Figure] = Registry()


def register(figure: Figure) -> Figure:
    return FIGURES.register(figure)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
