"""What in a mail opens something, a link or a code: kept apart from the mail, and only until it is sent.

The rows of mail are read by staff, stand in backups and in what a person takes along; none of these opens anything.
"""

import re

from django.conf import settings

from portal.furniture.links import SECRET_IN_ADDRESS
from portal.models import MailSecrets, OutgoingMail

CODE = re.compile(r"\d{6}")
BLANK_LINES = re.compile(r"\n\s*\n")
PLACE = re.compile(r"⟦\d{1,3}⟧")
PARTS = ("subject", "text", "html")


class SecretsGone(Exception):
    """The mail waited in a backup, which holds no working link: what it opened cannot be sent any more."""


def taken_out(mail: OutgoingMail) -> MailSecrets | None:
    """Puts places instead of the mail's links and codes and returns these, unsaved; None if there are none."""
    values = _secrets_in(mail.text)
    for number, value in enumerate(values):
        for part in PARTS:
            setattr(mail, part, getattr(mail, part).replace(value, _place(number)))
    mail.has_secrets = bool(values)
    return MailSecrets(message_id=mail.message_id, values=values) if values else None


def put_back(mail: OutgoingMail) -> OutgoingMail:
    """The mail as it is sent, in memory alone. Raises SecretsGone."""
    if not mail.has_secrets:
        return mail
    kept = MailSecrets.objects.filter(pk=mail.message_id).first()
    if kept is None:
        raise SecretsGone
    for number, value in enumerate(kept.values):
        for part in PARTS:
            setattr(mail, part, getattr(mail, part).replace(_place(number), value))
    return mail


def hidden(text: str) -> str:
    """For people who read a row of mail: what opened something is left out."""
    return PLACE.sub("…", text)


def forget(mail: OutgoingMail) -> None:
    """Once it is sent. A machine for development keeps them, for the pages that show its mail."""
    if mail.has_secrets and not settings.SHOW_OUTBOX:
        MailSecrets.objects.filter(pk=mail.message_id).delete()


def _place(number: int) -> str:
    return f"⟦{number}⟧"


def _secrets_in(text: str) -> list[str]:
    codes = [part.strip() for part in BLANK_LINES.split(text) if CODE.fullmatch(part.strip())]
    return list(dict.fromkeys([*SECRET_IN_ADDRESS.findall(text), *codes]))
