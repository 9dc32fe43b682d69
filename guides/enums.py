from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    JOBSEEKER = "JOBSEEKER", _("For jobseekers")
    ASSOCIATION = "ASSOCIATION", _("For associations")
    EMPLOYER = "EMPLOYER", _("For employers")


# How a list tells that a page is in another language than the list: "in Finnish".
WRITTEN_IN = {"fi": _("in Finnish"), "sv": _("in Swedish"), "en": _("in English")}
