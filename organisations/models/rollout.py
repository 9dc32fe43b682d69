from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.enums import OPEN_TO_COACHES, RolloutState


class MunicipalityRolloutQuerySet(models.QuerySet):
    def on(self, day: date) -> Self:
        """The rows that say how things are on that day: one to a municipality at most."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)

    def open_to_coaches(self, day: date) -> Self:
        return self.on(day).filter(state__in=OPEN_TO_COACHES)


class MunicipalityRollout(models.Model):
    """How far a municipality is from one day to another. Going back is another row: nothing is deleted."""

    municipality = models.ForeignKey(
        "organisations.Municipality",
        on_delete=models.CASCADE,
        related_name="rollout_rows",
        verbose_name=_("municipality"),
    )
    state = models.CharField(_("rollout"), max_length=10, choices=RolloutState)
    valid_from = models.DateField(_("from"))
    # The last day; none while the row has no end.
    valid_until = models.DateField(_("until"), null=True, blank=True)
    note = models.TextField(_("why"), max_length=600)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = MunicipalityRolloutQuerySet.as_manager()

    class Meta:
        verbose_name = _("rollout of a municipality")
        verbose_name_plural = _("rollout of municipalities")
        ordering = ["valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "valid_from"], name="one_rollout_from_a_day"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="rollout_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.get_state_display()}, {self.valid_from:%d.%m.%Y}"

    def covers(self, day: date) -> bool:
        """The twin of MunicipalityRolloutQuerySet.on()."""
        return self.valid_from <= day and (self.valid_until is None or self.valid_until >= day)
