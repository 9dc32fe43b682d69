from datetime import datetime, timedelta
from typing import Literal

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TimedWorkQuerySet(models.QuerySet["TimedWork"]):
    def claim(self, name: str, every: object, now: datetime | None = None) -> datetime | Literal[False] | None:
        """Marks the work as done now. Returns when it was done before (None: never), or False if it is not due.

        Of two that ask at once, one gets it."""
        now = now or timezone.now()
        row, _created = self.get_or_create(name=name)
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        latest = now - every if isinstance(every, timedelta) else midnight - timedelta(microseconds=1)
        is_ours = self.filter(Q(done_at=None) | Q(done_at__lte=latest), pk=row.pk).update(done_at=now)
        return row.done_at if is_ours else False

    def give_back(self, name: str, done_at: datetime | None) -> None:
        self.filter(name=name).update(done_at=done_at)


class TimedWork(models.Model):
    """When a work of `manage.py run_due` was done last."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = TimedWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("timed work")
        verbose_name_plural = _("timed works")

    def __str__(self) -> str:
        return self.name
