from django.db import transaction
from django.db.models import F


@transaction.atomic
def begin_new_session_series(user):
    """Every session of this person ends, save the one whose view keeps it."""
    type(user).objects.filter(pk=user.pk).update(session_series=F("session_series") + 1)
    user.refresh_from_db(fields=["session_series"])


@transaction.atomic
def drop_password(user):
    """The person signs in by code from now on."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
