"""What a server process reads before its first request, so that nobody waits for it. Each app adds its own."""

import logging
from collections.abc import Callable

from django.db import Error, connections

logger = logging.getLogger(__name__)

STEPS: list[Callable[[], None]] = []


def register(step: Callable[[], None]) -> None:
    """Adds a step; it may be slow, and is left out when the database does not answer."""
    STEPS.append(step)


def warm_up():
    """Takes every step. What fails now is done by the first request that needs it."""
    for step in STEPS:
        try:
            step()
        except Error:
            logger.warning("A process began without %s", step.__name__)
    connections.close_all()
