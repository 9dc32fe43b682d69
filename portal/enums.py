from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    WAITING = "WAITING", _("waiting")
    SENT = "SENT", _("sent")
    FAILED = "FAILED", _("failed")


class MailUrgency(models.IntegerChoices):
    """Who waits for it: what is asked for goes before what is told, and that before what can wait till the evening."""

    CODE = 10, _("somebody waits for it")
    NEWS = 20, _("news")
    DIGEST = 30, _("can wait")


class MailFault(models.TextChoices):
    """Why a mail was not sent, or not yet, in words for staff."""

    NO_ADDRESS = "NO_ADDRESS", _("The address is no e-mail address.")
    REFUSED = "REFUSED", _("The receiver's server does not take it: the address is wrong or closed.")
    LATER = "LATER", _("The receiver's server did not take it yet.")
    NO_SERVER = "NO_SERVER", _("Our own mail server could not be reached.")
    SECRETS_GONE = "SECRETS_GONE", _("Its link was lost when a backup was restored. The sender has to send a new one.")
