"""Who may do what in an organisation: one table of verbs.

A right is a line of TABLE and never that a membership exists: the person's role, the organisation's kind and state, and
what staff have given the organisation decide together. Other apps ask `may(membership, verb, organisation)` of one
organisation and filter by `Organisation.objects.where_may(user, verb)`, its twin in SQL.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.enums import MembershipRole, OrganisationKind, OrganisationStatus

if TYPE_CHECKING:
    from accounts.models import User
    from organisations.models import Membership, Organisation


class Verb(models.TextChoices):
    """What a person can do in the name of an organisation."""

    SEE = "SEE", _("See the organisation's desk")
    EDIT_DETAILS = "EDIT_DETAILS", _("Edit the organisation's details")
    MANAGE_MEMBERS = "MANAGE_MEMBERS", _("Invite people and change their roles")
    SEE_POSTINGS = "SEE_POSTINGS", _("See the organisation's jobs, drafts too")
    WRITE_POSTINGS = "WRITE_POSTINGS", _("Write the organisation's jobs")
    SEE_APPLICATIONS = "SEE_APPLICATIONS", _("See how many applications there are and in which state")
    READ_APPLICANTS = "READ_APPLICANTS", _("Read what applicants have written")
    ANSWER_APPLICATIONS = "ANSWER_APPLICATIONS", _("Answer applications")
    SEE_READERS = "SEE_READERS", _("See who has read an applicant's contact data")
    SEE_PROCESSES = "SEE_PROCESSES", _("See how a job is being carved")
    WORK_ON_PROCESSES = "WORK_ON_PROCESSES", _("Work on the carving of a job")
    ACCEPT_AGREEMENTS = "ACCEPT_AGREEMENTS", _("Accept agreements")
    GIVE_MANDATES = "GIVE_MANDATES", _("Give mandates")
    REVOKE_MANDATES = "REVOKE_MANDATES", _("Take mandates back")
    COACH = "COACH", _("Work as a job coach")
    SUPPORT_EMPLOYERS = "SUPPORT_EMPLOYERS", _("Support employers in Koitto")
    SPEAK_FOR_MUNICIPALITY = "SPEAK_FOR_MUNICIPALITY", _("Speak for the municipality")


ANYBODY = frozenset(MembershipRole)
ADMINS = frozenset({MembershipRole.ADMIN})

ALWAYS = frozenset(OrganisationStatus)
VERIFIED = frozenset({OrganisationStatus.VERIFIED})
# A paused or closed organisation writes nothing; one that waits prepares what verification will publish.
WRITING = frozenset({OrganisationStatus.PENDING, OrganisationStatus.VERIFIED})

EVERY_KIND = frozenset(OrganisationKind)
ASSOCIATIONS = frozenset(
    {OrganisationKind.ASSOCIATION, OrganisationKind.FOUNDATION, OrganisationKind.RELIGIOUS_COMMUNITY}
)

# What only staff give to an organisation, each with its condition in SQL.
CAPABILITIES: dict[str, tuple[str, bool]] = {
    "gives_coaching": ("gives_coaching", True),
    "gives_employer_support": ("gives_employer_support", True),
    "represents_id": ("represents__isnull", False),
}


@dataclass(frozen=True)
class Grant:
    """Which roles may, in organisations of which kinds, in which states, with which capability."""

    roles: frozenset[MembershipRole]
    statuses: frozenset[OrganisationStatus]
    kinds: frozenset[OrganisationKind] = EVERY_KIND
    capability: str = ""

    def holds(self, role: str, organisation: "Organisation") -> bool:
        return (
            role in self.roles
            and organisation.status in self.statuses
            and organisation.kind in self.kinds
            and (not self.capability or bool(getattr(organisation, self.capability)))
        )

    def condition(self, prefix: str = "") -> Q:
        """What it asks of the organisation, for a filter; the role is asked of the membership."""
        asked: dict[str, object] = {"status__in": self.statuses, "kind__in": self.kinds}
        if self.capability:
            lookup, value = CAPABILITIES[self.capability]
            asked[lookup] = value
        return Q(**{f"{prefix}{lookup}": value for lookup, value in asked.items()})


TABLE: dict[Verb, Grant] = {
    Verb.SEE: Grant(ANYBODY, ALWAYS),
    Verb.EDIT_DETAILS: Grant(ADMINS, WRITING),
    Verb.MANAGE_MEMBERS: Grant(ADMINS, WRITING),
    Verb.SEE_POSTINGS: Grant(ANYBODY, ALWAYS),
    Verb.WRITE_POSTINGS: Grant(ANYBODY, WRITING),
    Verb.SEE_APPLICATIONS: Grant(ANYBODY, VERIFIED | {OrganisationStatus.PAUSED}),
    Verb.READ_APPLICANTS: Grant(ANYBODY, VERIFIED),
    Verb.ANSWER_APPLICATIONS: Grant(ANYBODY, VERIFIED),
    Verb.SEE_READERS: Grant(ADMINS, VERIFIED | {OrganisationStatus.PAUSED}),
    Verb.SEE_PROCESSES: Grant(ANYBODY, ALWAYS, ASSOCIATIONS | {OrganisationKind.COMPANY}),
    Verb.WORK_ON_PROCESSES: Grant(ANYBODY, WRITING, ASSOCIATIONS | {OrganisationKind.COMPANY}),
    Verb.ACCEPT_AGREEMENTS: Grant(ADMINS, VERIFIED, ASSOCIATIONS | {OrganisationKind.MUNICIPALITY}),
    Verb.GIVE_MANDATES: Grant(ADMINS, VERIFIED),
    # Taking trust back waits for nobody: a paused organisation's mandates would work again the day it is opened.
    Verb.REVOKE_MANDATES: Grant(ADMINS, WRITING | {OrganisationStatus.PAUSED}),
    Verb.COACH: Grant(ANYBODY, VERIFIED, capability="gives_coaching"),
    Verb.SUPPORT_EMPLOYERS: Grant(ANYBODY, VERIFIED, capability="gives_employer_support"),
    Verb.SPEAK_FOR_MUNICIPALITY: Grant(
        ADMINS, VERIFIED, frozenset({OrganisationKind.MUNICIPALITY}), capability="represents_id"
    ),
}


def verbs_of(role: str, organisation: "Organisation") -> frozenset[Verb]:
    """Everything that a person with this role may do in the organisation."""
    return frozenset(verb for verb, grant in TABLE.items() if grant.holds(role, organisation))


# What an organisation can let another do, and what each brings along.
MANDATED: dict[Verb, frozenset[Verb]] = {
    Verb.WRITE_POSTINGS: frozenset({Verb.WRITE_POSTINGS, Verb.SEE_POSTINGS}),
    Verb.SEE_PROCESSES: frozenset({Verb.SEE_PROCESSES}),
    Verb.WORK_ON_PROCESSES: frozenset({Verb.WORK_ON_PROCESSES, Verb.SEE_PROCESSES}),
}


def codes_giving(verb: Verb) -> list[Verb]:
    """The verbs of a mandate that let its receiver do this."""
    return [code for code, brought in MANDATED.items() if verb in brought]


def may_be_given(giver: "Organisation") -> list[Verb]:
    """What this organisation can let another do: nobody gives away what the own kind does not do."""
    return [verb for verb in MANDATED if giver.kind in TABLE[verb].kinds]


def may(who: "User | AnonymousUser | Membership", verb: Verb, organisation: "Organisation") -> bool:
    """Whether a person, or the person of a membership, may do this. See also OrganisationQuerySet.where_may()."""
    memberships = _memberships_of(who)
    grant = TABLE[verb]
    if any(mine.organisation_id == organisation.pk and grant.holds(mine.role, organisation) for mine in memberships):
        return True
    others = {mine.organisation_id for mine in memberships} - {organisation.pk}
    return bool(others) and organisation.kind in grant.kinds and _is_mandated(others, verb, organisation)


def _memberships_of(who: "User | AnonymousUser | Membership") -> list["Membership"]:
    if hasattr(who, "memberships"):
        return list(cast("User", who).memberships.all())
    return [cast("Membership", who)] if hasattr(who, "organisation_id") else []


def _is_mandated(receivers: set[int], verb: Verb, giver: "Organisation") -> bool:
    if not codes_giving(verb):
        return False
    mandates = giver.mandates_given.filter(receiver__in=receivers).select_related("giver", "receiver")
    return any(mandate.works and mandate.gives(verb) for mandate in mandates)
