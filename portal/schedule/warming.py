"""What a server process reads before its first request, so that nobody waits for it. Each app registers its own."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import Error, connections

from accounts.registry import Registry

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Step:
    """`take()` may be slow; it is left out when the database does not answer."""

    name: str
    take: Callable[[], object]


STEPS: Registry[Step] = Registry()


def register(step: Step) -> Step:
    return STEPS.register(step)


def warm_up() -> None:
    """Takes every step. What fails now is done by the first request that needs it."""
    for step in STEPS:
        try:
            step.take()
        except Error:
            logger.warning("A process began without %s", step.name)
    connections.close_all()
