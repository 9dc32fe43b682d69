"""What the portal hears of accounts, which lie below it."""

from typing import Any

from django.db.models.signals import pre_delete

from accounts.models import User
from portal.models import Erasure


def remember_erasures() -> None:
    pre_delete.connect(remember_erasure, sender=User, dispatch_uid="portal.remember_erasure")


def remember_erasure(instance: User, **signal: Any) -> None:
    """However an account goes, by the command, the admin or its date, a restored backup must not bring it back."""
    Erasure.objects.remember(instance.pk, instance.date_joined)
