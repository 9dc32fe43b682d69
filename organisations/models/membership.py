from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.enums import MembershipRole, OrganisationStatus
from organisations.models.organisation import Organisation
from organisations.roles import TABLE, Verb, verbs_of


class MembershipQuerySet(models.QuerySet):
    def coaches(self) -> Self:
        """The people of organisations that give coaching, by the table of roles."""
        return self.filter(TABLE[Verb.COACH].condition(prefix="organisation__"), role__in=TABLE[Verb.COACH].roles)

    def with_capability(self) -> Self:
        """Coaches and advisers: in organisations to which staff gave coaching or support, until those are closed."""
        gives = Q(organisation__gives_coaching=True) | Q(organisation__gives_employer_support=True)
        return self.filter(gives).exclude(organisation__status=OrganisationStatus.CLOSED)

    def admins(self) -> Self:
        return self.filter(role=MembershipRole.ADMIN)

    def for_listing(self) -> Self:
        """People in the order in which they came, each with the municipalities served."""
        return self.select_related("user").prefetch_related("municipalities").order_by("created_at", "pk")

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The people of the organisations whose members a person manages."""
        return self.filter(organisation__in=Organisation.objects.where_may(user, Verb.MANAGE_MEMBERS))


class Membership(models.Model):
    """A person's place in an organisation."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=MembershipRole, default=MembershipRole.MEMBER)
    # A coach's: the municipalities that the person serves.
    municipalities = models.ManyToManyField(
        "organisations.Municipality", related_name="coaches", blank=True, verbose_name=_("municipalities served")
    )
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="one_membership_per_organisation")]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"

    @property
    def verbs(self) -> frozenset[Verb]:
        """What the person may do in the organisation."""
        return verbs_of(self.role, self.organisation)

    @property
    def municipality_names(self) -> str:
        return ", ".join(municipality.name for municipality in self.municipalities.all())

    @property
    def is_admin(self) -> bool:
        return self.role == MembershipRole.ADMIN
