from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from organisations.enums import RolloutState


class Municipality(models.Model):
    """One of the region's 13 municipalities, by Statistics Finland's three-digit code."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name_fi = models.CharField(_("name in Finnish"), max_length=40)
    name_sv = models.CharField(_("name in Swedish"), max_length=40)
    latitude = models.FloatField(_("latitude of the centre"))
    longitude = models.FloatField(_("longitude of the centre"))
    point_source = models.CharField(_("source of the centre point"), max_length=80)
    rollout = models.CharField(_("rollout"), max_length=10, choices=RolloutState, default=RolloutState.PLANNED)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name_fi"]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return self.name_sv if get_language() == "sv" else self.name_fi
