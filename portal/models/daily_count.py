from django.db import models
from django.utils.translation import gettext_lazy as _


class DailyCount(models.Model):
    """How often something happened to a subject on a day; portal.furniture.daily_counts counts. It names no person."""

    name = models.CharField(_("name"), max_length=60)
    subject = models.CharField(_("subject"), max_length=60, blank=True)
    day = models.DateField(_("day"))
    count = models.PositiveBigIntegerField(_("count"), default=0)

    class Meta:
        verbose_name = _("daily count")
        verbose_name_plural = _("daily counts")
        constraints = [models.UniqueConstraint(fields=["name", "subject", "day"], name="one_count_a_day")]

    def __str__(self) -> str:
        return f"{self.name} {self.subject} {self.day}: {self.count}"
