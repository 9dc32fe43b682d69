from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    JOBSEEKER = "JOBSEEKER", _("For jobseekers")
    ASSOCIATION = "ASSOCIATION", _("For associations")
    EMPLOYER = "EMPLOYER", _("For employers")
