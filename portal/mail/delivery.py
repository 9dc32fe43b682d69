"""Sending what waits. A worker claims a row with a lease, so a killed worker's rows are sent by the next one, and the
Message-ID stays the same whatever happens."""

import logging
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from portal.enums import MailFault, MailState
from portal.mail import secrets
from portal.mail.refusals import fault_of, in_short
from portal.models import OutgoingMail
from portal.models.mail import OutgoingMailQuerySet

logger = logging.getLogger(__name__)

# Longer than the slowest talk with a mail server: a row whose lease is over has no worker any more.
LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 12
FINAL = {MailFault.REFUSED, MailFault.SECRETS_GONE}


@task()
def deliver() -> None:
    """Sends what is due."""
    deliver_due()


def deliver_due(now: datetime | None = None) -> int:
    """Sends every mail that is due, what somebody waits for first, and returns how many went out.

    Stops when the mail server cannot be reached or hangs up; a mail that is refused holds up no other.
    """
    sent = 0
    while mail := _claim(now or timezone.now()):
        fault = _send(mail)
        sent += not fault
        if fault == MailFault.NO_SERVER:
            break
    return sent


def _send(mail: OutgoingMail) -> MailFault | None:
    try:
        _message(secrets.put_back(mail)).send()
    except secrets.SecretsGone as error:
        fault, told = MailFault.SECRETS_GONE, type(error).__name__
    except Exception as error:  # whatever a mail server or its library raises, the row stays
        fault, told = fault_of(error), in_short(error)
    else:
        _is_sent(mail)
        return None
    logger.warning("Mail %s was not sent: %s", mail.pk, told)
    _postpone(mail, fault, told)
    return fault


def _claim(now: datetime) -> OutgoingMail | None:
    """One due mail, leased to this worker, or None."""
    with transaction.atomic():
        mail = OutgoingMail.objects.due(now).select_for_update(skip_locked=True).first()
        if mail:
            mail.leased_until = now + LEASE
            mail.attempts += 1
            mail.save(update_fields=["leased_until", "attempts"])
    return mail


def _message(mail: OutgoingMail) -> EmailMultiAlternatives:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        settings.DEFAULT_FROM_EMAIL,
        [mail.recipient],
        headers={
            "Message-ID": f"<{mail.message_id}@{domain}>",
            "Content-Language": mail.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(mail.html, "text/html")
    message.connection = get_connection(settings.MAIL_TRANSPORT)
    return message


def _ours(mail: OutgoingMail) -> OutgoingMailQuerySet:
    """The row, as long as this worker's lease holds: after it, another one's word counts."""
    return OutgoingMail.objects.filter(pk=mail.pk, state=MailState.WAITING, leased_until=mail.leased_until)


def _is_sent(mail: OutgoingMail) -> None:
    if _ours(mail).update(state=MailState.SENT, sent_at=timezone.now(), leased_until=None, fault="", error=""):
        secrets.forget(mail)


def _postpone(mail: OutgoingMail, fault: MailFault, told: str) -> None:
    """Gives up what is final; tries the rest after 1, 2, 4 … minutes, at most 6 hours."""
    is_over = fault in FINAL or mail.attempts >= MAX_ATTEMPTS
    wait = timedelta(minutes=min(2 ** (mail.attempts - 1), 360))
    _ours(mail).update(
        state=MailState.FAILED if is_over else MailState.WAITING,
        leased_until=None,
        fault=fault,
        error=told,
        send_after=timezone.now() + wait,
    )


def send_again(mail: OutgoingMail) -> bool:
    """Staff let a mail that was given up go once more; False if it waits or is sent already."""
    again = {"state": MailState.WAITING, "attempts": 0, "send_after": timezone.now(), "fault": "", "error": ""}
    is_waiting = bool(OutgoingMail.objects.failed().filter(pk=mail.pk).exclude(recipient="").update(**again))
    if is_waiting:
        transaction.on_commit(deliver.enqueue, robust=True)
    return is_waiting
