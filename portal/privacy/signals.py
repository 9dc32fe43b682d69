"""What the portal hears of accounts, which lie below it."""

from django.contrib.auth import get_user_model
from django.db.models.signals import pre_delete

from portal.models import Erasure


def remember_erasures():
    pre_delete.connect(remember_erasure, sender=get_user_model(), dispatch_uid="portal.remember_erasure")


def remember_erasure(instance, **signal):
    """However an account goes, by the command, the admin or its date, a restored backup must not bring it back."""
    Erasure.objects.remember(instance.pk, instance.date_joined)
