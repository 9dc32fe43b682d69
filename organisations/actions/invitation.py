"""Invitations: sent, sent again, revoked, accepted."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from organisations import emails
from organisations.enums import InvitationStatus, OrganisationStatus
from organisations.models import Invitation, InvitationEvent, Membership, Organisation
from organisations.permissions import require
from organisations.roles import Verb
from portal.furniture.limits import Limit, allow_each
from portal.states import Act, TooLate, move, perform

SEND_AGAIN = Act("send-again", frozenset({InvitationStatus.SENT, InvitationStatus.EXPIRED}), InvitationStatus.SENT)
REVOKE = Act("revoke", frozenset({InvitationStatus.SENT, InvitationStatus.EXPIRED}), InvitationStatus.REVOKED)
ACCEPT = Act(
    "accept",
    frozenset({InvitationStatus.SENT}),
    InvitationStatus.ACCEPTED,
    in_time=lambda invitation: invitation.is_waiting,
)
# An organisation that sends this many invitations within an hour waits for one.
SENT = Limit("invitations", tries=20, within=timedelta(hours=1))
# No more by one person, in however many organisations: whoever registers several gets no more letters for it.
SENT_BY_PERSON = Limit("invitations by a person", tries=40, within=timedelta(days=1))
# Enough to bring the board along; more wait until staff have seen that the organisation is what it says.
MOST_BEFORE_VERIFICATION = 3
# A second click comes within this time; it sends no second mail, whose link would end the first one's.
DOUBLE_CLICK = timedelta(seconds=10)


class AlreadyMember(Exception):
    """The person with that address belongs to the organisation already."""


class TooManyInvitations(Exception):
    """The organisation has sent so many invitations that more would look like junk mail."""


class NotVerifiedYet(Exception):
    """The organisation waits to be verified and has sent as many invitations as it may before that."""


class WrongAddress(Exception):
    """The invitation was sent to another address than the signed-in person's."""


def invite(organisation: Organisation, email: str, role: str, *, by: User) -> Invitation:
    """Sends a link to an address. A second invitation to the same address replaces the first one's link."""
    email = email.strip().lower()
    if Membership.objects.filter(organisation=organisation, user__email__iexact=email).exists():
        raise AlreadyMember
    try:
        return _invite(organisation, email, role, by)
    except IntegrityError:
        # Somebody invited the same address at the same moment: theirs is renewed.
        return _invite(organisation, email, role, by)


@transaction.atomic
def _invite(organisation: Organisation, email: str, role: str, by: User) -> Invitation:
    organisation = Organisation.objects.locked(organisation.pk)
    require(by, Verb.MANAGE_MEMBERS, organisation)
    unanswered = Invitation.objects.unanswered().filter(organisation=organisation, email=email)
    invitation = unanswered.order_by("pk").first() or Invitation(organisation=organisation, email=email, role=role)
    if invitation.role == role and _is_double_click(invitation):
        return invitation
    invitation.role = role
    return _send(invitation, by)


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> Invitation:
    """A new link with 14 new days; the old link stops working."""
    require(by, Verb.MANAGE_MEMBERS, Organisation.objects.locked(invitation.organisation_id))
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    SEND_AGAIN.require(invitation)
    return invitation if _is_double_click(invitation) else _send(invitation, by)


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> None:
    """The link stops working. An accepted invitation is past revoking; a second click changes nothing."""
    require(by, Verb.MANAGE_MEMBERS, Organisation.objects.locked(invitation.organisation_id))
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.status != REVOKE.to:
        perform(invitation, REVOKE, by=by)


@transaction.atomic
def accept(invitation: Invitation, *, by: User) -> Membership:
    """Makes the invited person a member. A second click finds them a member already.

    Raises WrongAddress; TransitionNotAllowed and TooLate when the link works no more.
    """
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.email.lower() != by.email.lower():
        raise WrongAddress
    mine = Membership.objects.filter(user=by, organisation_id=invitation.organisation_id)
    if invitation.status == ACCEPT.to and mine.exists():
        return mine.get()
    ACCEPT.require(invitation)
    if invitation.organisation.status == OrganisationStatus.CLOSED:
        raise TooLate
    perform(invitation, ACCEPT, by=by)
    membership, _created = Membership.objects.get_or_create(
        user=by, organisation_id=invitation.organisation_id, defaults={"role": invitation.role}
    )
    return membership


def expire_invitations() -> int:
    """Writes into the state what the clock has made true already; returns how many invitations ran out."""
    return sum(_expire(pk) for pk in Invitation.objects.run_out().order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _expire(pk: int) -> bool:
    # One that was sent again or answered meanwhile is not among them any more.
    invitation = Invitation.objects.run_out().select_for_update(of=("self",)).filter(pk=pk).first()
    if invitation is None:
        return False
    move(invitation, InvitationStatus.EXPIRED, by=None)
    return True


def _is_double_click(invitation: Invitation) -> bool:
    return invitation.pk is not None and invitation.sent_at > timezone.now() - DOUBLE_CLICK


def _require_trust(organisation: Organisation) -> None:
    """Each mail counts, also one that was sent again or revoked: somebody has got it."""
    sent = InvitationEvent.objects.filter(invitation__organisation=organisation, to_status=InvitationStatus.SENT)
    if organisation.status == OrganisationStatus.PENDING and sent.count() >= MOST_BEFORE_VERIFICATION:
        raise NotVerifiedYet


def _send(invitation: Invitation, by: User) -> Invitation:
    _require_trust(invitation.organisation)
    if not allow_each([(SENT, str(invitation.organisation_id)), (SENT_BY_PERSON, str(by.pk))]):
        raise TooManyInvitations
    token = invitation.renew_token()
    invitation.invited_by = by
    invitation.sent_at = timezone.now()
    if invitation.pk is None:
        invitation.save()
        invitation.events.create(by=by, to_status=invitation.status)
    else:
        sent = {name: getattr(invitation, name) for name in ("role", "token_hash", "invited_by", "sent_at")}
        perform(invitation, SEND_AGAIN, by=by, **sent)
    emails.send_invitation(invitation, token)
    return invitation
