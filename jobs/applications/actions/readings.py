"""Who has opened an applicant's contact data: the administrators see it on the application's page."""

import logging

from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import User
from jobs.applications.models import Application, ApplicationReading

logger = logging.getLogger(__name__)


def note(application: Application, *, by: User) -> None:
    """Writes a reading down, once a day for each person.

    Who needs to call an applicant can do so while the database takes no writes: the log then says what is missing.
    """
    reading = ApplicationReading(application=application, reader=by, day=timezone.localdate())
    if application.readings.filter(reader=by, day=reading.day).exists():
        return
    try:
        with transaction.atomic():
            ApplicationReading.objects.bulk_create([reading], ignore_conflicts=True)
    except DatabaseError:
        logger.warning("A reading of application %s by account %s could not be written down", application.pk, by.pk)
