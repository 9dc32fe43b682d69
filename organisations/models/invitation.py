from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.enums import InvitationState, MembershipRole
from portal.furniture.links import HasToken, hash_token

VALID_FOR = timedelta(days=14)


class InvitationQuerySet(models.QuerySet):
    def waiting(self, now=None):
        return self.unanswered().filter(sent_at__gt=(now or timezone.now()) - VALID_FOR)

    def unanswered(self):
        """Sent and neither accepted nor revoked, whether the link still works or not."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def visible_to(self, user):
        """The invitations of the organisations that a person administers."""
        return self.filter(organisation__memberships__user=user, organisation__memberships__role=MembershipRole.ADMIN)

    def with_token(self, token):
        return self.filter(token_hash=hash_token(token))

    def expired(self, now=None):
        """Old enough to be deleted: 30 days after the link stopped working."""
        return self.filter(sent_at__lt=(now or timezone.now()) - VALID_FOR - timedelta(days=30))


class Invitation(HasToken):
    """A link in a mail that makes one person a member, for 14 days."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=10, choices=MembershipRole, default=MembershipRole.MEMBER)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="one_open_invitation_per_address",
            )
        ]

    def __str__(self):
        return f"{self.email}, {self.organisation}"

    @property
    def expires_at(self):
        return self.sent_at + VALID_FOR

    @property
    def state(self):
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.EXPIRED if self.expires_at <= timezone.now() else InvitationState.SENT

    @property
    def is_waiting(self):
        return self.state == InvitationState.SENT
