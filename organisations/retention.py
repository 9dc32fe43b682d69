"""How long the personal data of organisations are kept: see docs/data-retention.md."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from organisations.models import Invitation, Membership, Organisation
from portal.retention import RetentionRule, register

AFTER_CLOSING = timedelta(days=365)
CONTACT = ("contact_name", "contact_email", "contact_phone")


def closed_long_ago():
    return Organisation.objects.closed_before(timezone.now() - AFTER_CLOSING)


def clear_contacts(dry_run):
    written = Q()
    for name in CONTACT:
        written |= ~Q(**{name: ""})
    rows = closed_long_ago().filter(written)
    return rows.count() if dry_run else rows.update(**dict.fromkeys(CONTACT, ""))


def delete_memberships(dry_run):
    return _delete(Membership.objects.filter(organisation__in=closed_long_ago()), dry_run)


def delete_invitations(dry_run):
    return _delete(Invitation.objects.expired(), dry_run)


def _delete(rows, dry_run):
    count = rows.count()
    if not dry_run:
        rows.delete()
    return count


def register_rules():
    register(
        RetentionRule(
            name="organisations: contact of a closed organisation",
            model="organisations.Organisation",
            fields=CONTACT,
            kept="while the organisation is in the service; emptied 365 days after it was closed",
            delete=clear_contacts,
        )
    )
    register(
        RetentionRule(
            name="organisations: organisation",
            model="organisations.Organisation",
            fields=("*",),
            kept="as the employer of record of its postings; these are facts about an organisation, not a person",
        )
    )
    register(
        RetentionRule(
            name="organisations: membership",
            model="organisations.Membership",
            fields=("user",),
            kept="while the person belongs to the organisation; 365 days after the organisation was closed",
            delete=delete_memberships,
        )
    )
    register(
        RetentionRule(
            name="organisations: invitation",
            model="organisations.Invitation",
            fields=("email", "token_hash", "invited_by"),
            kept="30 days after the link has expired, whether it was used or not",
            delete=delete_invitations,
        )
    )
    register(
        RetentionRule(
            name="organisations: event",
            model="organisations.OrganisationEvent",
            fields=("by", "reason"),
            kept="with the organisation; the name of who decided goes with that person's account",
        )
    )
