from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AttemptCounterQuerySet(models.QuerySet["AttemptCounter"]):
    def running(self, now: datetime | None = None) -> "AttemptCounterQuerySet":
        """Those whose time has not ended."""
        return self.filter(ends_at__gt=now or timezone.now())

    def expired(self, now: datetime | None = None) -> "AttemptCounterQuerySet":
        return self.filter(ends_at__lte=now or timezone.now())

    @transaction.atomic
    def count_try(self, limits: Mapping[str, tuple[int, timedelta]]) -> bool:
        """One more try for each key of `limits`, unless one of them has had as many as it may within its time.

        The rows are held in one order, so that tries at the same moment are counted one after the other.
        """
        now = timezone.now()
        counters = [self._held(key, now + limits[key][1]) for key in sorted(limits)]
        for counter in counters:
            if counter.ends_at <= now:
                counter.tries, counter.ends_at = 0, now + limits[counter.key][1]
        if any(counter.tries >= limits[counter.key][0] for counter in counters):
            return False
        for counter in counters:
            counter.tries += 1
            counter.save(update_fields=["tries", "ends_at"])
        return True

    def _held(self, key: str, ends_at: datetime) -> "AttemptCounter":
        return self.select_for_update().get_or_create(key=key, defaults={"ends_at": ends_at})[0]

    def give_back(self, key: str) -> None:
        self.filter(key=key, tries__gt=0).update(tries=F("tries") - 1)


class AttemptCounter(models.Model):
    """Tries of one key at something that is limited; portal.furniture.limits counts them."""

    key = models.CharField(_("key"), max_length=120, unique=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    ends_at = models.DateTimeField(_("ends"), db_index=True)

    objects = AttemptCounterQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt counter")
        verbose_name_plural = _("attempt counters")

    def __str__(self) -> str:
        return self.key
