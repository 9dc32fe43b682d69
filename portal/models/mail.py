import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.enums import MailFault, MailState, MailUrgency


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due(self, now: datetime | None = None) -> Self:
        """Waiting, its time has come, and no worker holds it: what somebody waits for first."""
        now = now or timezone.now()
        free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
        return self.filter(free, state=MailState.WAITING, send_after__lte=now).order_by("urgency", "send_after", "pk")

    def failed(self) -> Self:
        return self.filter(state=MailState.FAILED)

    def unsent(self) -> Self:
        return self.exclude(state=MailState.SENT)

    def expired(self, days: int, now: datetime | None = None) -> Self:
        """Older than the retention rule lets a message be kept."""
        now = now or timezone.now()
        return self.exclude(state=MailState.WAITING).filter(created_at__lt=now - timedelta(days=days))


class OutgoingMail(models.Model):
    """A message to be sent once: written in the transaction that caused it, sent after it by a worker."""

    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(_("key"), max_length=120, unique=True, null=True, blank=True)
    recipient = models.EmailField(_("recipient"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"))
    state = models.CharField(_("state"), max_length=10, choices=MailState, default=MailState.WAITING)
    has_secrets = models.BooleanField(default=False, editable=False)
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=MailUrgency, default=MailUrgency.NEWS)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    send_after = models.DateTimeField(_("send after"), default=timezone.now)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    fault = models.CharField(_("why not"), max_length=15, choices=MailFault, blank=True)
    error = models.CharField(_("error"), max_length=200, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        indexes = [models.Index(fields=["state", "urgency", "send_after"], name="mail_due")]

    def __str__(self) -> str:
        return self.subject


class MailSecretsQuerySet(models.QuerySet["MailSecrets"]):
    def expired(self, now: datetime | None = None) -> Self:
        """Sent or never queued, or older than any link that is worth sending."""
        waiting = OutgoingMail.objects.unsent().values("message_id")
        old = Q(created_at__lt=(now or timezone.now()) - MailSecrets.KEPT)
        return self.filter(old | ~Q(message_id__in=waiting))


class MailSecrets(models.Model):
    """The links and codes of a mail until it is sent: they stand in no row of mail and in no backup."""

    KEPT = timedelta(days=14)

    message_id = models.UUIDField(primary_key=True, editable=False)
    values = models.JSONField(editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MailSecretsQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("links and codes of a mail")
        verbose_name_plural = _("links and codes of mails")

    def __str__(self) -> str:
        return str(self.message_id)
