"""What has to be done again and again: every app registers its work, `manage.py run_due` does what is due.

All of it may be done twice without harm. A row remembers when each was done last, so that one cron line is enough.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.registry import Registry
from portal.models import TimedWork

logger = logging.getLogger(__name__)

# Once a calendar day, after midnight in Helsinki.
DAILY = "daily"


@dataclass(frozen=True)
class Work:
    """`run()` returns what it did, in a number or a few words."""

    name: str
    run: Callable[[], Any]
    every: timedelta | str = DAILY


WORKS: Registry[Work] = Registry()


def register(work: Work) -> Work:
    return WORKS.register(work)


def run_due(now: datetime | None = None) -> Iterator[tuple[str, Any, Exception | None]]:
    """Does what is due and yields (name, result, error) for each; an error leaves the work due."""
    for work in WORKS:
        since = TimedWork.objects.claim(work.name, work.every, now)
        if since is False:
            continue
        try:
            yield work.name, work.run(), None
        except Exception as error:  # one broken work must not keep the others from being done
            logger.exception("Timed work %r failed", work.name)
            TimedWork.objects.give_back(work.name, since)
            yield work.name, None, error
