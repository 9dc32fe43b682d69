"""Code sets of applications."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicationStatus(models.TextChoices):
    NEW = "NEW", _("New")
    IN_CONTACT = "IN_CONTACT", _("In contact")
    INTERVIEW = "INTERVIEW", _("Meeting")
    AGREED = "AGREED", _("Agreed")
    DECLINED = "DECLINED", _("Declined")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn by the applicant")
    OBSOLETE = "OBSOLETE", _("The job was filled")


WAITING_APPLICATION = {ApplicationStatus.NEW, ApplicationStatus.IN_CONTACT, ApplicationStatus.INTERVIEW}
APPLICATION_TRANSITIONS = {
    ApplicationStatus.NEW: {
        ApplicationStatus.IN_CONTACT,
        ApplicationStatus.INTERVIEW,
        ApplicationStatus.AGREED,
        ApplicationStatus.DECLINED,
        ApplicationStatus.WITHDRAWN,
        ApplicationStatus.OBSOLETE,
    },
    ApplicationStatus.IN_CONTACT: {
        ApplicationStatus.INTERVIEW,
        ApplicationStatus.AGREED,
        ApplicationStatus.DECLINED,
        ApplicationStatus.WITHDRAWN,
        ApplicationStatus.OBSOLETE,
    },
    ApplicationStatus.INTERVIEW: {
        ApplicationStatus.AGREED,
        ApplicationStatus.DECLINED,
        ApplicationStatus.WITHDRAWN,
        ApplicationStatus.OBSOLETE,
    },
    ApplicationStatus.AGREED: {ApplicationStatus.DECLINED, ApplicationStatus.WITHDRAWN},
    ApplicationStatus.DECLINED: set(),
    ApplicationStatus.WITHDRAWN: set(),
    ApplicationStatus.OBSOLETE: {ApplicationStatus.IN_CONTACT},
}


class DeclineReason(models.TextChoices):
    CHOSE_ANOTHER = "CHOSE_ANOTHER", _("Another applicant was chosen")
    HOURS = "HOURS", _("The hours did not fit")
    SKILLS = "SKILLS", _("The job needs a skill or licence that is missing")
    NOT_REACHED = "NOT_REACHED", _("We could not reach the applicant")
    JOB_CHANGED = "JOB_CHANGED", _("The job changed or was called off")


class HoursWish(models.TextChoices):
    AS_POSTED = "AS_POSTED", _("The hours in the posting")
    FEWER = "FEWER", _("Fewer hours")
    UNSURE = "UNSURE", _("I do not know yet")


class StartWish(models.TextChoices):
    AS_POSTED = "AS_POSTED", _("When the work begins")
    DATE = "DATE", _("On a given day")
    UNSURE = "UNSURE", _("We can agree on it")
