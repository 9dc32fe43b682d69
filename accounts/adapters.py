import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _


def _cipher():
    key = hashlib.sha256(f"second factor:{settings.FACTOR_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class MFAAdapter(DefaultMFAAdapter):
    """Second-factor secrets are encrypted at rest, and who needs a factor keeps the last one."""

    error_messages = {
        "add_email_blocked": _("You cannot add an address while a second step protects the account."),
        "cannot_delete_authenticator": _(
            "Your role needs a second step at sign-in. Add another one before you remove this."
        ),
        "cannot_generate_recovery_codes": _("Recovery codes come with a second step. Turn one on first."),
        "incorrect_code": _("The code is not right. Check it and write it again."),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def encrypt(self, text):
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user, type):  # noqa: A002
        count = user.authenticator_set.filter(type=type).count()
        return _("Passkey %(number)s") % {"number": count + 1}

    def can_delete_authenticator(self, authenticator):
        user = authenticator.user
        others = user.authenticator_set.exclude(pk=authenticator.pk).exclude(type="recovery_codes")
        return not user.needs_second_factor or others.exists()
