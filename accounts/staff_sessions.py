"""The sessions of whoever may enter the admin: they end after half an hour without a step, and after twelve hours."""

import time
from typing import Any

from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from accounts.sessions import note_while_reading

BEGAN, SEEN = "staff_began", "staff_seen"
IDLE = 30 * 60  # seconds
LONGEST = 12 * 3600
WRITTEN_EVERY = 60


def begin(session: SessionBase) -> None:
    session[BEGAN] = session[SEEN] = time.time()
    session.set_expiry(IDLE)  # so that the row goes too


def person(request: HttpRequest) -> Any:
    """Who is signed in; nobody once a session of staff is over, of which nothing is left then."""
    session = request.session
    if BEGAN not in session:
        return get_user(request)
    now = time.time()
    if now - session[SEEN] > IDLE or now - session[BEGAN] > LONGEST:
        session.flush()
        return AnonymousUser()
    if now - session[SEEN] > WRITTEN_EVERY:
        note_while_reading(session, SEEN, now)
    return get_user(request)
