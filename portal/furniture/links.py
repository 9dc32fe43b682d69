"""Links that open something by a secret of their own: once or until a day, and until they are taken back.

Only the mail or the paper ever holds the secret in clear; the database keeps what cannot be turned back.
"""

import hashlib
import re
import secrets
from datetime import datetime
from typing import Any, TypeVar

import segno
from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

BYTES = 24  # 192 bits: nobody guesses it
SECRET_IN_ADDRESS = re.compile(r"(?<=/)[A-Za-z0-9_-]{32}(?![A-Za-z0-9_-])")
Row = TypeVar("Row", bound=models.Model)


def hash_token(token: str) -> str:
    """What the database keeps of a link's secret."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


class HasToken(models.Model):
    """Something that a link in a mail opens, by a secret of its own."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        abstract = True

    def renew_token(self) -> str:
        """Puts a new secret in place and returns it; the caller saves and mails it. The old link opens nothing."""
        token = secrets.token_urlsafe(BYTES)
        self.token_hash = hash_token(token)
        return token


class LinkQuerySet(models.QuerySet[Any]):
    def with_token(self, token: str) -> "LinkQuerySet":
        return self.filter(token_hash=hash_token(token))

    def working(self, now: datetime | None = None) -> "LinkQuerySet":
        """Neither over their time, nor used up, nor taken back."""
        now = now or timezone.now()
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now), used_at=None, revoked_at=None)


class HasLink(HasToken):
    """A link that ends: at its time if it has one, when it is used up, or when it is taken back."""

    expires_at = models.DateTimeField(_("ends"), null=True, blank=True)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        abstract = True

    def use_up(self) -> bool:
        """For a link that opens once: True for the first who comes, however many come at the same moment."""
        now = timezone.now()
        return bool(type(self).objects.working(now).filter(pk=self.pk).update(used_at=now))

    def revoke(self) -> None:
        type(self).objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=timezone.now())


def opened(rows: "QuerySet[Row]", token: str) -> Row:
    """The row among `rows` that this secret opens.

    Raises Http404, the same and after the same one question, for a secret that is unknown, changed, over, or of a row
    that is not among them: the answer tells nothing of which it was.
    """
    row = rows.filter(token_hash=hash_token(token)).first()
    if row is None:
        raise Http404
    return row


def qr_svg(address: str, *, label: str) -> SafeString:
    """The address as a picture to point a phone at; `label` says what it opens, for those who do not see it."""
    drawing = segno.make(address, error="m", micro=False)
    return mark_safe(drawing.svg_inline(scale=4, border=2, svgclass="qr", lineclass=None, omitsize=True, title=label))
