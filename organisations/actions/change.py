"""A verified organisation's change of what staff have checked: proposed, taken back, accepted, refused.

It is decided on its own row, which is never rewritten: who has the page of an earlier change decides nothing.
"""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from organisations import emails
from organisations.actions.announcing import announce
from organisations.enums import ChangeStatus
from organisations.models import DetailsChange, Organisation
from organisations.models.change import GUARDED
from organisations.permissions import require
from organisations.roles import Verb
from portal.states import Act, perform

WAITING = frozenset({ChangeStatus.WAITING})
WITHDRAW = Act("withdraw", WAITING, ChangeStatus.WITHDRAWN)
# What staff may decide.
ACTS = {
    act.name: act
    for act in (Act("accept", WAITING, ChangeStatus.ACCEPTED), Act("refuse", WAITING, ChangeStatus.REFUSED))
}


class NumbersDoNotFit(Exception):
    """Another organisation has got one of the numbers meanwhile, or the organisation would have none."""


def waiting_for(organisation: Organisation) -> DetailsChange | None:
    """The change of an organisation that waits for staff, with the organisation as it is stored."""
    return DetailsChange.objects.waiting().select_related("organisation").filter(organisation=organisation.pk).first()


def as_wanted(organisation: Organisation) -> Organisation:
    """The same organisation with what it wants to be: what its own people go on editing from."""
    if change := waiting_for(organisation):
        for name, value in change.wanted.items():
            setattr(organisation, name, value)
    return organisation


@transaction.atomic
def propose(organisation: Organisation, wanted: Mapping[str, Any], *, by: User) -> DetailsChange | None:
    """Lets what differs of the guarded answers wait for staff, in the place of what waited before.

    `wanted` has a value for each of GUARDED. None when nothing differs: that takes back what waited.
    """
    stored = Organisation.objects.locked(organisation.pk)
    require(by, Verb.EDIT_DETAILS, stored)
    differing = {name: wanted[name] for name in GUARDED if wanted[name] != getattr(stored, name)}
    before = waiting_for(stored)
    if before and before.wanted == differing:
        return before
    if before:
        withdraw(before, by=by)
    if not differing:
        return None
    change = DetailsChange.objects.create(organisation=stored, wanted=differing, proposed_by=by)
    change.events.create(by=by, to_status=change.status)
    return change


@transaction.atomic
def withdraw(change: DetailsChange, *, by: User) -> None:
    """The organisation wants something else by now, or is closed."""
    perform(_locked(change), WITHDRAW, by=by)


def accept(change: DetailsChange, *, by: User) -> None:
    """The wanted details are the organisation's from now on. Raises NumbersDoNotFit or TransitionNotAllowed."""
    try:
        with transaction.atomic():
            change = _locked(change)
            event = perform(change, ACTS["accept"], by=by)
            for name, value in change.wanted.items():
                setattr(change.organisation, name, value)
            change.organisation.save(update_fields=list(change.wanted))
            announce(change.organisation)
            emails.send_change_accepted(change, event)
    except IntegrityError as error:
        raise NumbersDoNotFit from error


@transaction.atomic
def refuse(change: DetailsChange, reason: str, *, by: User) -> None:
    """All stays as it was, and the administrators get the reason. Raises TransitionNotAllowed."""
    change = _locked(change)
    event = perform(change, ACTS["refuse"], by=by, note=reason)
    emails.send_change_refused(change, event)


def _locked(change: DetailsChange) -> DetailsChange:
    """The change as it is now, with its organisation's row held first."""
    organisation = Organisation.objects.locked(change.organisation_id)
    change = DetailsChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    change.organisation = organisation
    return change
