"""What the pausing or closing of an organisation touches: staff see it before they decide. Apps register in `ready()`.

closing.register(Consequence("open-jobs", position=10, count=open_jobs_of, words=open_jobs_in_words))
"""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.registry import Registry
from organisations.models import Organisation


@dataclass(frozen=True)
class Consequence:
    """How many things of one sort are touched, and how that is said: "3 open jobs are no longer shown"."""

    name: str
    position: int
    count: Callable[[Organisation], int]
    words: Callable[[int], str]


consequences: Registry[Consequence] = Registry()


def register(consequence: Consequence) -> Consequence:
    return consequences.register(consequence)


def consequences_for(organisation: Organisation) -> list[str]:
    """In words, without what there is none of."""
    counted = [(consequence, consequence.count(organisation)) for consequence in consequences]
    return [consequence.words(count) for consequence, count in counted if count]
