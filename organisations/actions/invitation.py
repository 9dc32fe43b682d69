"""Invitations: sent, sent again, revoked, accepted."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from organisations import emails
from organisations.enums import InvitationState, OrganisationStatus
from organisations.models import Invitation, Membership, Organisation
from portal.furniture.limits import Limit, allow

# Of one organisation.
SENT = Limit("invitations", tries=20, within=timedelta(hours=1))
# A second click comes within this time; it sends no second mail, whose link would end the first one's.
DOUBLE_CLICK = timedelta(seconds=10)


class AlreadyMember(Exception):
    """The person with that address belongs to the organisation already."""


class InvitationNotValid(Exception):
    """The invitation has expired, was revoked, or was used by somebody."""


class TooManyInvitations(Exception):
    """The organisation has sent so many invitations that more would look like junk mail."""


class WrongAddress(Exception):
    """The invitation was sent to another address than the signed-in person's."""


def invite(organisation, email, role, *, by):
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
def _invite(organisation, email, role, by):
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    unanswered = Invitation.objects.unanswered().filter(organisation=organisation, email=email)
    invitation = unanswered.order_by("pk").first() or Invitation(organisation=organisation, email=email, role=role)
    if invitation.role == role and _is_double_click(invitation):
        return invitation
    invitation.role = role
    return _send(invitation, by)


@transaction.atomic
def resend(invitation, *, by):
    """A new link with 14 new days; the old link stops working."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.state not in {InvitationState.SENT, InvitationState.EXPIRED}:
        raise InvitationNotValid
    return invitation if _is_double_click(invitation) else _send(invitation, by)


@transaction.atomic
def revoke(invitation, *, by):
    """The link stops working. An accepted invitation is past revoking."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.state == InvitationState.ACCEPTED:
        raise InvitationNotValid
    if not invitation.revoked_at:
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])


@transaction.atomic
def accept(invitation, *, by):
    """Makes the invited person a member. A second click finds them a member already."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.email.lower() != by.email.lower():
        raise WrongAddress
    mine = Membership.objects.filter(user=by, organisation_id=invitation.organisation_id)
    if invitation.state == InvitationState.ACCEPTED and mine.exists():
        return mine.get()
    if not invitation.is_waiting or invitation.organisation.status == OrganisationStatus.CLOSED:
        raise InvitationNotValid
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    membership, _created = Membership.objects.get_or_create(
        user=by, organisation_id=invitation.organisation_id, defaults={"role": invitation.role}
    )
    return membership


def _is_double_click(invitation):
    return invitation.pk is not None and invitation.sent_at > timezone.now() - DOUBLE_CLICK


def _send(invitation, by):
    if not allow(SENT, str(invitation.organisation_id)):
        raise TooManyInvitations
    token = invitation.renew_token()
    invitation.invited_by = by
    invitation.sent_at = timezone.now()
    invitation.save()
    emails.send_invitation(invitation, token)
    return invitation
