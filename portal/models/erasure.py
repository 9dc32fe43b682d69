from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def remember(self, account: int, joined_at: datetime, erased_at: datetime | None = None) -> None:
        """Written once: the first time an account goes is the time it went."""
        self.get_or_create(account=account, joined_at=joined_at, defaults={"erased_at": erased_at or timezone.now()})

    def expired(self, now: datetime | None = None) -> Self:
        return self.filter(erased_at__lt=(now or timezone.now()) - Erasure.KEPT)


class Erasure(models.Model):
    """That an account went, told by its number and the moment it was made: after a restore it goes again.

    Both together belong to one account for ever, even where a restored database gives a number a second time; they
    name nobody, and hold when the person's address or the site's SECRET_KEY changes.
    """

    # An older backup is not restored: nobody would know any more who has to be erased from it.
    KEPT = timedelta(days=3 * 365)

    account = models.PositiveBigIntegerField()
    joined_at = models.DateTimeField()
    erased_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = "erasure"
        verbose_name_plural = "erasures"
        constraints = [models.UniqueConstraint(fields=["account", "joined_at"], name="one_erasure_per_account")]

    def __str__(self) -> str:
        return f"{self.account}, {self.erased_at:%Y-%m-%d}"
