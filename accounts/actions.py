import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as app_codes
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.db.models import F

from accounts.models import User

PERIOD = 30  # seconds that the app shows one code
TOLERANCE = 1  # periods that a phone's clock may be wrong by


@transaction.atomic
def begin_new_session_series(user: User) -> None:
    """Every session of this person ends, save the one whose view keeps it."""
    User.objects.filter(pk=user.pk).update(session_series=F("session_series") + 1)
    user.refresh_from_db(fields=["session_series"])


@transaction.atomic
def drop_password(user: User) -> None:
    """The person signs in by code from now on."""
    user.set_unusable_password()
    user.save(update_fields=["password"])


@transaction.atomic
def use_app_code(authenticator: Authenticator, code: str, now: float | None = None) -> bool:
    """Takes a right code of the app once and for all; False if it, or a later one, has been used before.

    The account library remembers used codes in the cache, which may be away, and for less time than a code is right.
    """
    locked = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    period = _period_of(decrypt(locked.data["secret"]), code, int(now or time.time()) // PERIOD)
    if period is None:
        return True  # the code for development
    if period <= locked.data.get("last_period", 0):
        return False
    locked.data["last_period"] = period
    locked.save(update_fields=["data"])
    return True


def _period_of(secret: str, code: str, present: int) -> int | None:
    for period in range(present - TOLERANCE, present + TOLERANCE + 1):
        if app_codes.format_hotp_value(app_codes.hotp_value(secret, period)) == code:
            return period
    return None
