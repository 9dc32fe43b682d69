from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.enums import INVITATION_TRANSITIONS, InvitationStatus, MembershipRole
from organisations.models.organisation import Organisation
from organisations.roles import Verb
from portal.furniture.links import HasToken
from portal.states import HasStates, StateEvent

VALID_FOR = timedelta(days=14)
# Neither accepted nor revoked, whether the link still works or not.
UNANSWERED = (InvitationStatus.SENT, InvitationStatus.EXPIRED)


class InvitationQuerySet(models.QuerySet):
    def waiting(self, now: datetime | None = None) -> Self:
        """The link works, by the clock. See also Invitation.is_waiting."""
        return self.filter(status=InvitationStatus.SENT, sent_at__gt=(now or timezone.now()) - VALID_FOR)

    def run_out(self, now: datetime | None = None) -> Self:
        """The link works no more, and the state does not say so yet."""
        return self.filter(status=InvitationStatus.SENT, sent_at__lte=(now or timezone.now()) - VALID_FOR)

    def unanswered(self) -> Self:
        return self.filter(status__in=UNANSWERED)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The invitations of the organisations whose members a person manages."""
        return self.filter(organisation__in=Organisation.objects.where_may(user, Verb.MANAGE_MEMBERS))

    def long_over(self, now: datetime | None = None) -> Self:
        """Old enough to be deleted: 30 days after the link stopped working."""
        return self.filter(sent_at__lt=(now or timezone.now()) - VALID_FOR - timedelta(days=30))


class Invitation(HasToken, HasStates):
    """A link in a mail that makes one person a member, for 14 days."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=10, choices=MembershipRole, default=MembershipRole.MEMBER)
    status = models.CharField(
        _("status"), max_length=10, choices=InvitationStatus, default=InvitationStatus.SENT, editable=False
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)

    TRANSITIONS = INVITATION_TRANSITIONS
    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(status__in=UNANSWERED),
                name="one_open_invitation_per_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.organisation}"

    @property
    def expires_at(self) -> datetime:
        return self.sent_at + VALID_FOR

    @property
    def is_waiting(self) -> bool:
        """The twin of InvitationQuerySet.waiting(): the daily job only writes what the clock has made true."""
        return self.status == InvitationStatus.SENT and self.expires_at > timezone.now()


class InvitationEvent(StateEvent):
    """Who sent, accepted or revoked an invitation, and when it ran out."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="events")
    from_status = models.CharField(_("from"), max_length=20, choices=InvitationStatus, blank=True)
    to_status = models.CharField(_("to"), max_length=20, choices=InvitationStatus)

    class Meta(StateEvent.Meta):
        verbose_name = _("event of an invitation")
        verbose_name_plural = _("events of an invitation")

    def __str__(self) -> str:
        return f"{self.get_to_status_display()} {self.at:%d.%m.%Y}"
