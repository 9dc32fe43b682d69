"""What an empty site needs: each app registers its steps, and all of them run again and again without harm."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from accounts.registry import Registry


@dataclass(frozen=True)
class SetUp:
    """One step. What exists already is left as it is. Steps with a lower `position` run first."""

    name: str
    run: Callable[[], None]
    position: int = 50


STEPS: Registry[SetUp] = Registry()
register = STEPS.register


def set_up_everything() -> None:
    # They tell of every page that is made.
    for name in ["wagtail", "django_tasks"]:
        logging.getLogger(name).setLevel(logging.WARNING)
    for step in STEPS:
        step.run()
