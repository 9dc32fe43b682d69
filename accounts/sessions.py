"""What a session keeps of somebody who only reads."""

import logging

from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.db import Error

logger = logging.getLogger(__name__)


def note_while_reading(session: SessionBase, name: str, value: object) -> None:
    """Writes at once, unless the answer writes the session anyway: a database that refuses it keeps nobody from
    reading, and what was to be noted is forgotten with the request."""
    is_written_anyway = session.modified
    session[name] = value
    if is_written_anyway:
        return
    try:
        session.save()
    except (Error, UpdateError):
        logger.warning("%s was not written into a session", name)
    session.modified = False
