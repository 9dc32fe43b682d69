"""An organisation lets another do named things, and takes that back: each an event, each by an administrator of it."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from organisations.enums import MandateStatus
from organisations.models import Mandate, Organisation
from organisations.permissions import require
from organisations.roles import Verb, may_be_given
from portal.states import Act, perform

REVOKE = Act("revoke", frozenset({MandateStatus.IN_FORCE}), MandateStatus.REVOKED)


class AlreadyGiven(Exception):
    """The receiver has a mandate from the same giver: it is taken back first."""


class CannotReceive(Exception):
    """The receiver is not verified, gives neither coaching nor support, or is the giver itself."""


class CannotBeGiven(Exception):
    """Nothing was named, or something that nobody can give away."""


@transaction.atomic
def give(giver: Organisation, receiver: Organisation, verbs: Iterable[str], *, by: User) -> Mandate:
    """Raises NotAllowed, CannotReceive, CannotBeGiven or AlreadyGiven."""
    giver = Organisation.objects.locked(giver.pk)
    require(by, Verb.GIVE_MANDATES, giver)
    if not Organisation.objects.receivers_for(giver).filter(pk=receiver.pk).exists():
        raise CannotReceive
    codes = sorted({str(verb) for verb in verbs})
    if not codes or not set(codes) <= {verb.value for verb in may_be_given(giver)}:
        raise CannotBeGiven
    if Mandate.objects.in_force().filter(giver=giver, receiver=receiver).exists():
        raise AlreadyGiven
    mandate = Mandate.objects.create(giver=giver, receiver=receiver, verbs=codes, given_by=by)
    mandate.events.create(by=by, to_status=mandate.status)
    return mandate


@transaction.atomic
def revoke(mandate: Mandate, *, by: User) -> None:
    """Raises NotAllowed, and TransitionNotAllowed when it was taken back already."""
    require(by, Verb.REVOKE_MANDATES, Organisation.objects.locked(mandate.giver_id))
    mandate = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
    perform(mandate, REVOKE, by=by, revoked_at=timezone.now(), revoked_by=by)
