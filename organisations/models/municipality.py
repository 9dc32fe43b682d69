from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from organisations.enums import OPEN_TO_COACHES, RolloutState
from organisations.models.rollout import MunicipalityRollout


class MunicipalityQuerySet(models.QuerySet):
    def with_rollout(self) -> Self:
        """What `rollout` and its history read, for all rows at once."""
        return self.prefetch_related(
            models.Prefetch("rollout_rows", MunicipalityRollout.objects.select_related("by").order_by("valid_from"))
        )

    def open_to_coaches(self, day: date | None = None) -> Self:
        """Pilot or in use, by the clock. See also Municipality.is_open_to_coaches."""
        rows = MunicipalityRollout.objects.open_to_coaches(day or timezone.localdate())
        return self.filter(pk__in=rows.values("municipality"))


class Municipality(models.Model):
    """One of the region's 13 municipalities, by Statistics Finland's three-digit code."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name_fi = models.CharField(_("name in Finnish"), max_length=40)
    name_sv = models.CharField(_("name in Swedish"), max_length=40)
    latitude = models.FloatField(_("latitude of the centre"))
    longitude = models.FloatField(_("longitude of the centre"))
    point_source = models.CharField(_("source of the centre point"), max_length=80)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name_fi"]
        permissions = [("change_rollout", _("Can change the rollout of a municipality"))]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_sv if get_language() == "sv" else self.name_fi

    @property
    def rollout_row(self) -> MunicipalityRollout | None:
        """The row in force today, or None. A list asks with_rollout() first."""
        today = timezone.localdate()
        return next((row for row in self.rollout_rows.all() if row.covers(today)), None)

    @property
    def rollout(self) -> RolloutState:
        row = self.rollout_row
        return RolloutState(row.state) if row else RolloutState.NOT_YET

    @property
    def next_rollout_row(self) -> MunicipalityRollout | None:
        """The change that is planned next, or None."""
        today = timezone.localdate()
        return min(
            (row for row in self.rollout_rows.all() if row.valid_from > today),
            key=lambda row: row.valid_from,
            default=None,
        )

    @property
    def first_opening_row(self) -> MunicipalityRollout | None:
        """The first planned change that opens the job bank to its coaches, or None."""
        today = timezone.localdate()
        planned = (row for row in self.rollout_rows.all() if row.valid_from > today and row.state in OPEN_TO_COACHES)
        return min(planned, key=lambda row: row.valid_from, default=None)

    @property
    def is_open_to_coaches(self) -> bool:
        return self.rollout in OPEN_TO_COACHES
