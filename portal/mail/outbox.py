"""Mail as rows: written in the transaction that caused it, sent after it by portal.mail.delivery, never twice.

The row is the truth; the task only nudges.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from css_inline import CSSInliner
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import translation

from portal.enums import MailFault, MailState, MailUrgency
from portal.mail import secrets
from portal.mail.delivery import deliver
from portal.models import MailSecrets, OutgoingMail, PortalSettings

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
    urgency: MailUrgency = MailUrgency.NEWS


def post(
    recipient: str,
    template: str,
    context: dict[str, Any],
    *,
    language: str = "fi",
    key: str | None = None,
    urgency: MailUrgency = MailUrgency.NEWS,
) -> OutgoingMail:
    """Queues one mail. The template's first line is the subject, the rest the plain text; HTML is made from it.

    `key` names the cause: a second mail with the same key is not queued.
    """
    return post_each([Letter(recipient, template, context, language, key, urgency)])[0]


def post_each(letters: Sequence[Letter]) -> list[OutgoingMail]:
    """Queues the same news to several people with as few questions to the database as to one."""
    site = PortalSettings.objects.first() if letters else None
    return _queue([_written(letter, site) for letter in letters])


def _written(letter: Letter, site: PortalSettings | None) -> OutgoingMail:
    with translation.override(letter.language):
        subject, _separator, text = render_to_string(letter.template, letter.context).strip().partition("\n")
    mail = _mail(letter.recipient, subject, text, site, language=letter.language, key=letter.key)
    mail.urgency = letter.urgency
    return mail


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
        row |= {"recipient": "", "state": MailState.FAILED, "fault": MailFault.NO_ADDRESS}
    return OutgoingMail(key=key, **row)


def _queue(mails: list[OutgoingMail]) -> list[OutgoingMail]:
    """One statement, whether or not mails with these keys are there already, and one nudge after the transaction.

    What opens something is kept apart from the mail until it is sent.
    """
    if kept := [row for row in map(secrets.taken_out, mails) if row]:
        MailSecrets.objects.bulk_create(kept)
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
        {"text": part.strip(), "is_code": bool(secrets.CODE.fullmatch(part.strip()))}
        for part in secrets.BLANK_LINES.split(text)
    ]
    frame: dict[str, Any] = {"subject": subject, "text": text, "paragraphs": paragraphs, "language": language}
    with translation.override(language):
        frame |= {"site": site, "public_url": settings.PUBLIC_URL}
        plain = render_to_string("emails/frame.txt", frame).strip() + "\n"
        return plain, styles_into(render_to_string("emails/frame.html", frame))


class QueuedBackend(BaseEmailBackend):
    """Django's way of sending mail, for libraries that know no other: Wagtail tells of reviews by it. Queues too."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        language = translation.get_language() or "fi"
        for message in email_messages:
            for recipient in message.recipients():
                post_text(recipient, str(message.subject), str(message.body), language=language)
        return len(email_messages)
