"""Finding one's own application without an account. Guessing is counted in the database, before the guess is judged."""

from datetime import timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from jobs.applications.actions.errors import TooManyTries
from jobs.applications.models import Application
from portal.models import AttemptCounter

TRIES, LOCKED_FOR = 5, timedelta(hours=1)
LAST_DIGITS = 4


@transaction.atomic
def find_by_code(reference, digits, *, sender):
    """The application with this code and these last digits of the phone, or None after a counted wrong try.

    `sender` names the network that asks. Raises TooManyTries, whether the guess would be right or wrong.
    """
    keys = [f"application-code:{salted_hmac('application-code', reference).hexdigest()[:32]}", sender]
    for key in keys:
        # The row is held, so that many tries at once are counted one after the other.
        AttemptCounter.objects.select_for_update().get_or_create(key=key)
    if any(AttemptCounter.objects.is_locked(key) for key in keys):
        raise TooManyTries
    found = Application.objects.filter(reference=reference).exclude(phone_key="").select_related("posting").first()
    if found and found.phone_key[-LAST_DIGITS:] == digits:
        AttemptCounter.objects.forget(keys[0])
        return found
    for key in keys:
        AttemptCounter.objects.count_try(key, limit=TRIES, lock=LOCKED_FOR)
    return None
