from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.enums import OPEN_TO_COACHES, RolloutState
from portal.furniture.dated_rows import DatedRow, DatedRowQuerySet


class MunicipalityRolloutQuerySet(DatedRowQuerySet):
    def open_to_coaches(self, day: date) -> Self:
        return self.on(day).filter(state__in=OPEN_TO_COACHES)


class MunicipalityRollout(DatedRow):
    """How far a municipality is from one day to another. Going back is another row: nothing is deleted."""

    GROUP: ClassVar[tuple[str, ...]] = ("municipality",)

    municipality = models.ForeignKey(
        "organisations.Municipality",
        on_delete=models.CASCADE,
        related_name="rollout_rows",
        verbose_name=_("municipality"),
    )
    state = models.CharField(_("rollout"), max_length=10, choices=RolloutState)
    note = models.TextField(_("why"), max_length=600)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects: ClassVar[Any] = MunicipalityRolloutQuerySet.as_manager()

    class Meta(DatedRow.Meta):
        verbose_name = _("rollout of a municipality")
        verbose_name_plural = _("rollout of municipalities")
        ordering = ["valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.get_state_display()}, {self.valid_from:%d.%m.%Y}"

    def covers(self, day: date) -> bool:
        """The twin of DatedRowQuerySet.on()."""
        return self.valid_from <= day and (self.valid_until is None or self.valid_until >= day)
