"""The secret of a link: only the mail ever holds it in clear, the database keeps what cannot be turned back."""

import hashlib
import secrets

from django.db import models

BYTES = 24  # 192 bits: nobody guesses it


def hash_token(token):
    """What the database keeps of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


class HasToken(models.Model):
    """Something that a link in a mail opens, by a secret of its own."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        abstract = True

    def renew_token(self):
        """Puts a new secret in place and returns it; the caller saves and mails it."""
        token = secrets.token_urlsafe(BYTES)
        self.token_hash = hash_token(token)
        return token
