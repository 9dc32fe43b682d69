"""How long the personal data of organisations are kept: see docs/data-retention.md."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from organisations.actions.membership import leave_to_next
from organisations.models import (
    DetailsChange,
    DetailsChangeEvent,
    Invitation,
    InvitationEvent,
    MandateEvent,
    Membership,
    MunicipalityRollout,
    Organisation,
    OrganisationEvent,
)
from portal.privacy import retention, shares, traces
from portal.privacy.retention import RetentionRule, delete_rows
from portal.privacy.shares import Share
from portal.privacy.traces import Tracer, look_through, page_of

AFTER_CLOSING = timedelta(days=365)
AFTER_DECISION = timedelta(days=365)
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
    return delete_rows(Membership.objects.filter(organisation__in=closed_long_ago()), dry_run)


def delete_invitations(dry_run):
    return delete_rows(Invitation.objects.long_over(), dry_run)


def delete_changes(dry_run):
    decided = DetailsChange.objects.decided_before(timezone.now() - AFTER_DECISION)
    return delete_rows(decided, dry_run)


def export_person(user):
    """The organisations of a person, the invitations, and the pages on which the person is the contact."""
    mine = user.memberships.select_related("organisation").order_by("pk")
    invitations = Invitation.objects.filter(email__iexact=user.email).select_related("organisation").order_by("pk")
    contacts = Organisation.objects.filter(contact_email__iexact=user.email).order_by("pk")
    return {
        "memberships": [
            {"organisation": membership.organisation.name, "role": membership.role, "since": membership.created_at}
            for membership in mine
        ],
        "invitations": [
            {
                "organisation": invitation.organisation.name,
                "sent_at": invitation.sent_at,
                "status": invitation.status,
            }
            for invitation in invitations
        ],
        "contact_of": list(contacts.values("name", *CONTACT)),
    }


def erase_person(user):
    """Before an account goes, somebody else becomes the administrator where nobody else was, if there is anybody."""
    for membership in user.memberships.order_by("pk"):
        leave_to_next(membership, by=user)
    erase_by_address(user)


def erase_by_address(person):
    """Invitations to the person, and the contact of organisations that bears the address."""
    if not person.email:
        return 0
    invitations = Invitation.objects.filter(email__iexact=person.email)
    contacts = Organisation.objects.filter(contact_email__iexact=person.email)
    return delete_rows(invitations, dry_run=False) + contacts.update(**dict.fromkeys(CONTACT, ""))


def look_for(person):
    """Where an organisation, or what was noted about it, names the person."""
    organisation, note = page_of("organisation:inspect"), ["note"]
    texts = [*CONTACT, "description", "easy_description"]
    yield from look_through(Organisation.objects.all(), texts, person, organisation)
    yield from look_through(OrganisationEvent.objects.all(), note, person, organisation, "organisation")
    yield from look_through(InvitationEvent.objects.all(), note, person, organisation, "invitation__organisation")
    yield from look_through(DetailsChange.objects.all(), ["wanted"], person, organisation, "organisation")
    yield from look_through(DetailsChangeEvent.objects.all(), note, person, organisation, "change__organisation")
    yield from look_through(MandateEvent.objects.all(), note, person, organisation, "mandate__giver")
    rollout = page_of("municipality:rollout")
    yield from look_through(MunicipalityRollout.objects.all(), note, person, rollout, "municipality")


RULES = (
    RetentionRule(
        name="organisations: contact of a closed organisation",
        model="organisations.Organisation",
        fields=CONTACT,
        kept="while the organisation is in the service; emptied 365 days after it was closed",
        delete=clear_contacts,
    ),
    RetentionRule(
        name="organisations: organisation",
        model="organisations.Organisation",
        fields=("*",),
        kept="as the employer of record of its postings; these are facts about an organisation, not a person",
    ),
    RetentionRule(
        name="organisations: membership",
        model="organisations.Membership",
        fields=("user",),
        kept="while the person belongs to the organisation; 365 days after the organisation was closed",
        delete=delete_memberships,
    ),
    RetentionRule(
        name="organisations: invitation",
        model="organisations.Invitation",
        fields=("email", "token_hash", "invited_by"),
        kept="30 days after the link has expired, whether it was used or not",
        delete=delete_invitations,
    ),
    RetentionRule(
        name="organisations: event of an invitation",
        model="organisations.InvitationEvent",
        fields=("by", "note"),
        kept="with the invitation",
    ),
    RetentionRule(
        name="organisations: change of details",
        model="organisations.DetailsChange",
        fields=("wanted", "proposed_by"),
        kept="while it waits, and 365 days after it was accepted, refused or taken back",
        delete=delete_changes,
    ),
    RetentionRule(
        name="organisations: event of a change of details",
        model="organisations.DetailsChangeEvent",
        fields=("by", "note"),
        kept="with the change; the name of who decided goes with that person's account",
    ),
    RetentionRule(
        name="organisations: mandate",
        model="organisations.Mandate",
        fields=("verbs", "given_by", "revoked_by"),
        kept="as the record of who was allowed what; the names of people go with their accounts",
    ),
    RetentionRule(
        name="organisations: event of a mandate",
        model="organisations.MandateEvent",
        fields=("by", "note"),
        kept="with the mandate; the name of who decided goes with that person's account",
    ),
    RetentionRule(
        name="organisations: rollout of a municipality",
        model="organisations.MunicipalityRollout",
        fields=("by", "note"),
        kept="as the history of the municipality; the name of who decided goes with that person's account",
    ),
    RetentionRule(
        name="organisations: event",
        model="organisations.OrganisationEvent",
        fields=("by", "note"),
        kept="with the organisation; the name of who decided goes with that person's account",
    ),
)


def register_rules():
    for rule in RULES:
        retention.register(rule)
    shares.register(Share("organisations", export_person, erase_person))
    traces.register(Tracer("organisations", look_for, erase_by_address))
