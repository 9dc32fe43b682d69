"""Mail as rows: written in the transaction that caused it, sent after it, never twice.

The row is the truth; the task only nudges. A worker claims a row with a lease, so a killed worker's rows are sent
by the next one, and the Message-ID stays the same whatever happens.
"""

import logging
from datetime import timedelta
from email.utils import parseaddr

from css_inline import inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task

from portal.enums import MailState
from portal.models import OutgoingMail, PortalSettings

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 12
KEEP_DAYS = 30


def post(recipient, template, context, *, language="fi", key=None):
    """Queues one mail. The template's first line is the subject, the rest the plain text; HTML is made from it.

    `key` names the cause: a second mail with the same key is not queued.
    """
    with translation.override(language):
        subject, _separator, text = render_to_string(template, context).strip().partition("\n")
    return post_text(recipient, subject, text, language=language, key=key)


def post_text(recipient, subject, text, *, language="fi", key=None):
    """Queues one mail of ready words, with the site's signature and the funding line."""
    with translation.override(language):
        frame = {"text": text.strip(), "subject": subject.strip(), "site": PortalSettings.objects.first()}
        frame |= {"public_url": settings.PUBLIC_URL, "language": language}
        plain = render_to_string("emails/frame.txt", frame)
        html = inline(render_to_string("emails/frame.html", frame))
    row = {"recipient": recipient, "language": language, "subject": subject.strip()[:200], "text": plain, "html": html}
    if key is None:
        mail, is_new = OutgoingMail.objects.create(**row), True
    else:
        mail, is_new = OutgoingMail.objects.get_or_create(key=key, defaults=row)
    if is_new:
        transaction.on_commit(lambda: deliver.enqueue())
    return mail


@task()
def deliver():
    """Sends what is due."""
    deliver_due()


def deliver_due(now=None):
    """Sends every mail that is due and returns how many went out."""
    sent = 0
    while mail := _claim(now or timezone.now()):
        sent += _send(mail)
    return sent


def _claim(now):
    """One due mail, leased to this worker, or None."""
    with transaction.atomic():
        mail = OutgoingMail.objects.due(now).select_for_update(skip_locked=True).first()
        if mail:
            mail.leased_until = now + LEASE
            mail.attempts += 1
            mail.save(update_fields=["leased_until", "attempts"])
    return mail


def _send(mail):
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        settings.DEFAULT_FROM_EMAIL,
        [mail.recipient],
        headers={"Message-ID": f"<{mail.message_id}@{domain}>", "Content-Language": mail.language},
    )
    message.attach_alternative(mail.html, "text/html")
    try:
        message.send()
    except Exception as error:  # whatever a mail server or its library raises, the row stays and is tried again
        logger.warning("Mail %s was not sent: %s", mail.pk, type(error).__name__)
        _postpone(mail, error)
        return 0
    mail.state, mail.sent_at, mail.leased_until, mail.error = MailState.SENT, timezone.now(), None, ""
    mail.save(update_fields=["state", "sent_at", "leased_until", "error"])
    return 1


def _postpone(mail, error):
    """Tries again later, each time after twice as long: 1, 2, 4 … minutes."""
    mail.leased_until = None
    mail.error = type(error).__name__[:200]
    mail.send_after = timezone.now() + timedelta(minutes=min(2 ** (mail.attempts - 1), 360))
    if mail.attempts >= MAX_ATTEMPTS:
        mail.state = MailState.FAILED
    mail.save(update_fields=["leased_until", "error", "send_after", "state"])
