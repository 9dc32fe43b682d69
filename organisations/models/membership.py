from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.enums import MembershipRole
from organisations.models.organisation import Organisation
from organisations.roles import Verb, verbs_of


class MembershipQuerySet(models.QuerySet):
    def admins(self):
        return self.filter(role=MembershipRole.ADMIN)

    def visible_to(self, user):
        """The people of the organisations whose members a person manages."""
        return self.filter(organisation__in=Organisation.objects.where_may(user, Verb.MANAGE_MEMBERS))


class Membership(models.Model):
    """A person's place in an organisation."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=MembershipRole, default=MembershipRole.MEMBER)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="one_membership_per_organisation")]

    def __str__(self):
        return f"{self.user}, {self.organisation}"

    @property
    def verbs(self):
        """What the person may do in the organisation."""
        return verbs_of(self.role, self.organisation)

    @property
    def is_admin(self):
        return self.role == MembershipRole.ADMIN
