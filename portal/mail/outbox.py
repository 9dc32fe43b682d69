"""Mail as rows: written in the transaction that caused it, sent after it, never twice.

The row is the truth; the task only nudges. A worker claims a row with a lease, so a killed worker's rows are sent
by the next one, and the Message-ID stays the same whatever happens.
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from pathlib import Path
from smtplib import SMTPResponseException
from typing import Any

from css_inline import CSSInliner
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task

from portal.enums import MailState
from portal.models import OutgoingMail, PortalSettings
from portal.models.mail import OutgoingMailQuerySet

logger = logging.getLogger(__name__)

# Longer than the slowest talk with a mail server: a row whose lease is over has no worker any more.
LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 12
KEEP_DAYS = 30
CODE = re.compile(r"\d{6}")
BLANK_LINES = re.compile(r"\n\s*\n")

STYLES = (Path(__file__).parent / "mail.css").read_text("utf-8")
styles_into = CSSInliner(extra_css=STYLES, load_remote_stylesheets=False).inline


@dataclass(frozen=True)
class Letter:
    """One mail to be: as `post` takes it."""

    recipient: str
    template: str
    context: dict[str, Any]
    language: str = "fi"
    key: str | None = None


def post(
    recipient: str, template: str, context: dict[str, Any], *, language: str = "fi", key: str | None = None
) -> OutgoingMail:
    """Queues one mail. The template's first line is the subject, the rest the plain text; HTML is made from it.

    `key` names the cause: a second mail with the same key is not queued.
    """
    return post_each([Letter(recipient, template, context, language, key)])[0]


def post_each(letters: Sequence[Letter]) -> list[OutgoingMail]:
    """Queues the same news to several people with as few questions to the database as to one."""
    site = PortalSettings.objects.first() if letters else None
    return _queue([_written(letter, site) for letter in letters])


def _written(letter: Letter, site: PortalSettings | None) -> OutgoingMail:
    with translation.override(letter.language):
        subject, _separator, text = render_to_string(letter.template, letter.context).strip().partition("\n")
    return _mail(letter.recipient, subject, text, site, language=letter.language, key=letter.key)


def post_text(recipient: str, subject: str, text: str, *, language: str = "fi", key: str | None = None) -> OutgoingMail:
    """Queues one mail of ready words, with the site's signature and the funding line."""
    return _queue([_mail(recipient, subject, text, PortalSettings.objects.first(), language=language, key=key)])[0]


def _mail(
    recipient: str, subject: str, text: str, site: PortalSettings | None, *, language: str, key: str | None
) -> OutgoingMail:
    subject = " ".join(subject.split())[:200]
    plain, html = _framed(subject, text, language, site)
    row = {"recipient": recipient, "language": language, "subject": subject, "text": plain, "html": html}
    if not _is_address(recipient):
        row |= {"recipient": "", "state": MailState.FAILED, "error": "not an address"}
    return OutgoingMail(key=key, **row)


def _queue(mails: list[OutgoingMail]) -> list[OutgoingMail]:
    """One statement, whether or not mails with these keys are there already, and one nudge after the transaction."""
    OutgoingMail.objects.bulk_create(mails, ignore_conflicts=all(mail.key is not None for mail in mails))
    if mails and not any(deliver.enqueue in waiting for waiting in connection.run_on_commit):
        transaction.on_commit(deliver.enqueue, robust=True)
    return mails


def _is_address(recipient: str) -> bool:
    try:
        validate_email(recipient)
    except ValidationError:
        return False
    return True


def _framed(subject: str, text: str, language: str, site: PortalSettings | None) -> tuple[str, str]:
    """The plain and the HTML part, both with the frame in the receiver's language."""
    text = text.strip()
    paragraphs = [
        {"text": part.strip(), "is_code": bool(CODE.fullmatch(part.strip()))} for part in BLANK_LINES.split(text)
    ]
    frame: dict[str, Any] = {"subject": subject, "text": text, "paragraphs": paragraphs, "language": language}
    with translation.override(language):
        frame |= {"site": site, "public_url": settings.PUBLIC_URL}
        plain = render_to_string("emails/frame.txt", frame).strip() + "\n"
        return plain, styles_into(render_to_string("emails/frame.html", frame))


@task()
def deliver() -> None:
    """Sends what is due."""
    deliver_due()


def deliver_due(now: datetime | None = None) -> int:
    """Sends every mail that is due and returns how many went out. Stops when no mail server answers."""
    sent = 0
    while mail := _claim(now or timezone.now()):
        try:
            _message(mail).send()
        except Exception as error:  # whatever a mail server or its library raises, the row stays and is tried again
            logger.warning("Mail %s was not sent: %s", mail.pk, type(error).__name__)
            _postpone(mail, error)
            if isinstance(error, OSError) and not isinstance(error, SMTPResponseException):
                break
        else:
            sent += _is_sent(mail)
    return sent


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


def _is_sent(mail: OutgoingMail) -> int:
    return _ours(mail).update(state=MailState.SENT, sent_at=timezone.now(), leased_until=None, error="")


def _postpone(mail: OutgoingMail, error: Exception) -> None:
    """Tries again later, each time after twice as long: 1, 2, 4 … minutes, at most 6 hours."""
    wait = timedelta(minutes=min(2 ** (mail.attempts - 1), 360))
    _ours(mail).update(
        state=MailState.FAILED if mail.attempts >= MAX_ATTEMPTS else MailState.WAITING,
        leased_until=None,
        error=type(error).__name__,
        send_after=timezone.now() + wait,
    )


class QueuedBackend(BaseEmailBackend):
    """Django's way of sending mail, for libraries that know no other: Wagtail tells of reviews by it. Queues too."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        language = translation.get_language() or "fi"
        for message in email_messages:
            for recipient in message.recipients():
                post_text(recipient, str(message.subject), str(message.body), language=language)
        return len(email_messages)
