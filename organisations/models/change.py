from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.enums import CHANGE_TRANSITIONS, ChangeStatus
from organisations.models.organisation import Organisation
from portal.furniture.edits import Difference, Version
from portal.states import HasStates, StateEvent

# What staff have compared with the registers when they verified an organisation.
GUARDED = ("kind", "name", "business_id", "association_register_no", "website")


def _label(name: str) -> str:
    return str(Organisation._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


class DetailsChangeQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(status=ChangeStatus.WAITING)

    def decided_before(self, moment: Any) -> Self:
        """Accepted, refused or withdrawn, and not since that moment."""
        later = DetailsChangeEvent.objects.filter(change=OuterRef("pk"), at__gte=moment)
        return self.filter(~Exists(later)).exclude(status=ChangeStatus.WAITING)


class DetailsChange(HasStates):
    """What a verified organisation wants to be known by from now on: it waits for staff, and the old is shown."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="changes")
    # Only what differs from the organisation's row: a field's name and the wanted value.
    wanted = models.JSONField(_("wanted details"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    status = models.CharField(
        _("status"), max_length=10, choices=ChangeStatus, default=ChangeStatus.WAITING, editable=False
    )

    TRANSITIONS = CHANGE_TRANSITIONS
    objects = DetailsChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of details")
        verbose_name_plural = _("changes of details")
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(status=ChangeStatus.WAITING), name="one_waiting_change"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.get_status_display()}"

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What is shown now beside what is wanted, by the labels of the fields."""
        return self._wanted_version.differences(Version(self.organisation, GUARDED))

    @property
    def wanted_in_words(self) -> list[tuple[str, str]]:
        """The label of each wanted answer with the answer, in the language of whoever reads it."""
        return [(_label(name), self._wanted_version.words(name)) for name in GUARDED if name in self.wanted]

    @property
    def labels(self) -> str:
        """What would change, in words for a sentence."""
        return ", ".join(_label(name) for name in GUARDED if name in self.wanted)

    @property
    def _wanted_version(self) -> Version:
        stored = {name: getattr(self.organisation, name) for name in GUARDED}
        return Version(Organisation(**stored | self.wanted), GUARDED)


class DetailsChangeEvent(StateEvent):
    """Who proposed a change, took it back, accepted or refused it, when and why."""

    change = models.ForeignKey(DetailsChange, on_delete=models.CASCADE, related_name="events")
    from_status = models.CharField(_("from"), max_length=20, choices=ChangeStatus, blank=True)
    to_status = models.CharField(_("to"), max_length=20, choices=ChangeStatus)

    class Meta(StateEvent.Meta):
        verbose_name = _("event of a change of details")
        verbose_name_plural = _("events of a change of details")

    def __str__(self) -> str:
        return f"{self.get_to_status_display()} {self.at:%d.%m.%Y}"
