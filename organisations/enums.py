from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(models.TextChoices):
    ASSOCIATION = "ASSOCIATION", _("Association")
    FOUNDATION = "FOUNDATION", _("Foundation")
    RELIGIOUS_COMMUNITY = "RELIGIOUS_COMMUNITY", _("Religious community")
    COMPANY = "COMPANY", _("Company")
    MUNICIPALITY = "MUNICIPALITY", _("Municipality")
    OTHER = "OTHER", _("Other organisation")


class OrganisationStatus(models.TextChoices):
    PENDING = "PENDING", _("Waiting for verification")
    VERIFIED = "VERIFIED", _("Verified")
    PAUSED = "PAUSED", _("Paused")
    CLOSED = "CLOSED", _("Closed")


ORGANISATION_TRANSITIONS = {
    OrganisationStatus.PENDING: {OrganisationStatus.VERIFIED, OrganisationStatus.CLOSED},
    OrganisationStatus.VERIFIED: {OrganisationStatus.PAUSED, OrganisationStatus.CLOSED},
    OrganisationStatus.PAUSED: {OrganisationStatus.VERIFIED, OrganisationStatus.CLOSED},
    OrganisationStatus.CLOSED: set(),
}


class MembershipRole(models.TextChoices):
    MEMBER = "MEMBER", _("Member")
    ADMIN = "ADMIN", _("Administrator")


class InvitationStatus(models.TextChoices):
    SENT = "SENT", _("Sent")
    ACCEPTED = "ACCEPTED", _("Accepted")
    EXPIRED = "EXPIRED", _("Expired")
    REVOKED = "REVOKED", _("Revoked")


# An invitation that was sent again works for 14 new days, also after it had expired.
INVITATION_TRANSITIONS = {
    InvitationStatus.SENT: {
        InvitationStatus.SENT,
        InvitationStatus.ACCEPTED,
        InvitationStatus.EXPIRED,
        InvitationStatus.REVOKED,
    },
    InvitationStatus.EXPIRED: {InvitationStatus.SENT, InvitationStatus.REVOKED},
    InvitationStatus.ACCEPTED: set(),
    InvitationStatus.REVOKED: set(),
}


class ChangeStatus(models.TextChoices):
    """A change of what staff have verified. A later change withdraws the one before it."""

    WAITING = "WAITING", pgettext_lazy("a change of details", "Waits for our staff")
    ACCEPTED = "ACCEPTED", pgettext_lazy("a change of details", "Accepted")
    REFUSED = "REFUSED", pgettext_lazy("a change of details", "Refused")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("a change of details", "Taken back")


CHANGE_TRANSITIONS = {
    ChangeStatus.WAITING: {ChangeStatus.ACCEPTED, ChangeStatus.REFUSED, ChangeStatus.WITHDRAWN},
    ChangeStatus.ACCEPTED: set(),
    ChangeStatus.REFUSED: set(),
    ChangeStatus.WITHDRAWN: set(),
}


class Capability(models.TextChoices):
    """What only staff give to an organisation."""

    COACHING = "COACHING", _("gives coaching")
    EMPLOYER_SUPPORT = "EMPLOYER_SUPPORT", _("gives Koitto support")
    MUNICIPALITY = "MUNICIPALITY", _("speaks for a municipality")


class MandateStatus(models.TextChoices):
    IN_FORCE = "IN_FORCE", _("In force")
    REVOKED = "REVOKED", pgettext_lazy("a mandate", "Taken back")


MANDATE_TRANSITIONS = {MandateStatus.IN_FORCE: {MandateStatus.REVOKED}, MandateStatus.REVOKED: set()}


class RolloutState(models.TextChoices):
    """How far a municipality is in taking the service into use."""

    NOT_YET = "NOT_YET", _("Not yet in use")
    PILOT = "PILOT", _("Pilot")
    IN_USE = "IN_USE", _("In use")


# One municipality of these among those that a coach serves opens the job bank of the whole region.
OPEN_TO_COACHES = (RolloutState.PILOT, RolloutState.IN_USE)
