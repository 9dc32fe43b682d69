from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.enums import MANDATE_TRANSITIONS, MandateStatus, OrganisationStatus
from organisations.roles import Verb, codes_giving
from portal.states import HasStates, StateEvent

if TYPE_CHECKING:
    from organisations.models.organisation import Organisation, OrganisationQuerySet


def _organisations() -> "OrganisationQuerySet":
    # Organisations ask mandates too: one of the two modules must be read later.
    from organisations.models.organisation import Organisation

    return Organisation.objects.all()


class MandateQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        return self.filter(status=MandateStatus.IN_FORCE)

    def revoked(self) -> Self:
        return self.filter(status=MandateStatus.REVOKED)

    def working(self) -> Self:
        """In force, between two verified organisations, while the receiver coaches or supports: see Mandate.works."""
        gives = Q(receiver__gives_coaching=True) | Q(receiver__gives_employer_support=True)
        verified = OrganisationStatus.VERIFIED
        return self.in_force().filter(gives, giver__status=verified, receiver__status=verified)

    def allowing(self, verb: Verb) -> Self:
        """Those that let the receiver do this. The list of codes is searched as text, which every database can."""
        rows = self.alias(codes=Cast("verbs", TextField()))
        condition = Q(pk__in=[])
        for code in codes_giving(verb):
            condition |= Q(codes__contains=f'"{code.value}"')
        return rows.filter(condition)

    def given_by_those_of(self, user: User | AnonymousUser) -> Self:
        """What the organisations gave whose mandates a person may take back."""
        return self.filter(giver__in=_organisations().where_may(user, Verb.REVOKE_MANDATES))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What a person's organisations gave, for their administrators; what they were given, for all their people."""
        received = self.filter(receiver__in=_organisations().where_may(user, Verb.SEE))
        return self.given_by_those_of(user) | received

    def revocable_by(self, user: User | AnonymousUser) -> Self:
        return self.given_by_those_of(user).in_force()

    def received_by(self, organisation: "Organisation") -> Self:
        """What works for this organisation now, the latest first, with the giver to get in touch with."""
        return self.working().filter(receiver=organisation).for_listing().order_by("-given_at", "pk")

    def between_it_and_others(self, organisation: "Organisation") -> Self:
        """Those that the organisation gave or was given."""
        return self.filter(Q(giver=organisation) | Q(receiver=organisation))

    def for_listing(self) -> Self:
        return self.select_related("giver", "receiver", "given_by", "revoked_by")


class Mandate(HasStates):
    """An organisation lets another do named things in its name, until it takes that back."""

    giver = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.CASCADE,
        related_name="mandates_given",
        verbose_name=_("given by the organisation"),
    )
    receiver = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.CASCADE,
        related_name="mandates_received",
        verbose_name=_("given to the organisation"),
    )
    verbs = models.JSONField(_("for what"))
    status = models.CharField(
        _("status"), max_length=10, choices=MandateStatus, default=MandateStatus.IN_FORCE, editable=False
    )
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("given by")
    )
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken back by"),
    )

    TRANSITIONS = MANDATE_TRANSITIONS
    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            models.UniqueConstraint(
                fields=["giver", "receiver"],
                condition=Q(status=MandateStatus.IN_FORCE),
                name="one_mandate_in_force_between_two",
            ),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="mandate_is_given_to_another"),
        ]
        indexes = [models.Index(fields=["receiver", "status"], name="mandate_of_receiver")]

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver}"

    @property
    def works(self) -> bool:
        """The twin of MandateQuerySet.working()."""
        verified = OrganisationStatus.VERIFIED
        return (
            self.status == MandateStatus.IN_FORCE
            and self.giver.status == verified
            and self.receiver.status == verified
            and self.receiver.may_receive_mandates
        )

    def gives(self, verb: Verb) -> bool:
        """The twin of MandateQuerySet.allowing()."""
        return any(code.value in self.verbs for code in codes_giving(verb))

    @property
    def labels(self) -> list[str]:
        """What the receiver may do, in words."""
        return [str(Verb(code).label) for code in self.verbs]


class MandateEvent(StateEvent):
    """Who gave a mandate and who took it back."""

    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="events")
    from_status = models.CharField(_("from"), max_length=20, choices=MandateStatus, blank=True)
    to_status = models.CharField(_("to"), max_length=20, choices=MandateStatus)

    class Meta(StateEvent.Meta):
        verbose_name = _("event of a mandate")
        verbose_name_plural = _("events of a mandate")

    def __str__(self) -> str:
        return f"{self.get_to_status_display()} {self.at:%d.%m.%Y}"
