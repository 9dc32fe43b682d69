"""What the list of jobs can be limited to, and how it can be ordered."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HoursBand(models.TextChoices):
    """How the list groups weekly hours; each band is from–to, both included."""

    UP_TO_15 = "-15", _("15 hours at most")
    FROM_16 = "16-20", _("16–20 hours")
    FROM_21 = "21-25", _("21–25 hours")
    OVER_25 = "26-", _("Over 25 hours")

    @property
    def limits(self):
        low, _separator, high = self.value.partition("-")
        return int(low or 0), int(high or 168)


class Extra(models.TextChoices):
    """What else the list can be limited to."""

    SUBSIDY = "palkkatuki", _("Pay subsidy possible")
    TAILORED = "raataloity", _("Can be tailored")
    EASY = "selko", pgettext_lazy("mark", "Easy Finnish")
    NEW = "uusi", _("Posted in the last 7 days")


class Offer(models.TextChoices):
    """What a posting offers that only words can ask for: the list has no choice for it."""

    REMOTE = "remote", _("Remote work")
    TRIAL = "trial", _("One may try the work first")
    NO_DRIVING = "no_driving", _("No driving licence needed")
    LITTLE_FINNISH = "little_finnish", _("A little Finnish is enough")
    OUTDOORS = "outdoors", _("Work outdoors")


class Order(models.TextChoices):
    CLOSING = "paattyvat", _("Closing soonest first")
    NEWEST = "uusimmat", _("Newest first")
    RELEVANCE = "osuvimmat", _("Best match first")
    NEAREST = "lahimmat", _("Nearest first")
