"""A municipality takes the service into use, or goes back: each change is a row from a day on, and none is deleted."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from organisations.enums import RolloutState
from organisations.models import Municipality, MunicipalityRollout


class DayHasPassed(Exception):
    """A change begins today or later: what was, was."""


class ChangesThatDay(Exception):
    """Another change begins on the same day."""


class NothingChanges(Exception):
    """The municipality is in that state on that day already."""


@transaction.atomic
def change_rollout(municipality: Municipality, state: str, *, day: date, note: str, by: User) -> MunicipalityRollout:
    """From `day` on the municipality is in `state`, until a change that is planned for later.

    Raises DayHasPassed, ChangesThatDay or NothingChanges.
    """
    Municipality.objects.select_for_update(of=("self",)).get(pk=municipality.pk)
    if day < timezone.localdate():
        raise DayHasPassed
    rows = list(MunicipalityRollout.objects.filter(municipality=municipality).order_by("valid_from"))
    if any(row.valid_from == day for row in rows):
        raise ChangesThatDay
    ends = next((row for row in rows if row.covers(day)), None)
    if (ends.state if ends else RolloutState.NOT_YET) == state:
        raise NothingChanges
    if ends:
        ends.valid_until = day - timedelta(days=1)
        ends.save(update_fields=["valid_until"])
    follows = next((row for row in rows if row.valid_from > day), None)
    return MunicipalityRollout.objects.create(
        municipality=municipality,
        state=state,
        valid_from=day,
        valid_until=follows.valid_from - timedelta(days=1) if follows else None,
        note=note,
        by=by,
    )
