from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AttemptCounterQuerySet(models.QuerySet):
    def is_locked(self, key, now=None):
        return self.filter(key=key, locked_until__gt=now or timezone.now()).exists()

    @transaction.atomic
    def count_try(self, key, *, limit, lock, now=None):
        """Counts one wrong try. After `limit` tries the key is locked for `lock` (a timedelta)."""
        now = now or timezone.now()
        counter, _created = self.select_for_update().get_or_create(key=key)
        if counter.updated_at < now - timedelta(hours=1):
            counter.tries = 0
        counter.tries += 1
        counter.updated_at = now
        if counter.tries >= limit:
            counter.tries, counter.locked_until = 0, now + lock
        counter.save()

    def forget(self, key):
        self.filter(key=key).delete()

    def expired(self, now=None):
        return self.filter(updated_at__lt=(now or timezone.now()) - timedelta(days=1))


class AttemptCounter(models.Model):
    """Wrong tries at something guessable, counted in the database so that a dead cache lets nobody in."""

    key = models.CharField(_("key"), max_length=120, unique=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    updated_at = models.DateTimeField(_("updated"), default=timezone.now)
    locked_until = models.DateTimeField(_("locked until"), null=True, blank=True)

    objects = AttemptCounterQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt counter")
        verbose_name_plural = _("attempt counters")

    def __str__(self):
        return self.key
