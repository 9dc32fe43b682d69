"""Finding one's own application without an account. Guessing is counted in the database, before the guess is judged."""

from datetime import timedelta

from django.db import transaction

from jobs.applications.actions.errors import TooManyTries
from jobs.applications.models import Application
from portal.furniture.limits import Limit, allow_each, forget, give_back

OF_CODE = Limit("application code", tries=5, within=timedelta(hours=1))
OF_BROWSER = Limit("application lookups of a browser", tries=5, within=timedelta(hours=1))
# A whole library may ask from one network.
OF_NETWORK = Limit("application lookups", tries=100, within=timedelta(hours=1))
LAST_DIGITS = 4


@transaction.atomic
def find_by_code(reference: str, digits: str, *, sender: str, browser: str) -> Application | None:
    """The application with this code and these last digits of the phone, or None after a counted wrong try.

    `sender` names the network that asks, and `browser` the browser in it. Raises TooManyTries, whether the guess would
    be right or wrong.
    """
    of_place = [(OF_BROWSER, browser), (OF_NETWORK, sender)]
    if not allow_each([(OF_CODE, reference), *of_place]):
        raise TooManyTries
    rows = Application.objects.filter(reference=reference).exclude(phone_key="").select_related("posting")
    application = rows.first()
    if application and application.phone_key[-LAST_DIGITS:] == digits:
        forget(OF_CODE, reference)
        for limit, of in of_place:
            give_back(limit, of)
        return application
    return None
