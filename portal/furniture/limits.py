"""The one limiter: so many tries within so much time, counted in the database, so that a dead cache lets nobody in.

The time begins with the first try and ends: tries after it begin a new one, and nobody is locked for ever by going on.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.crypto import salted_hmac

from portal.models import AttemptCounter


@dataclass(frozen=True)
class Limit:
    """`tries` within `within` for each key; the name tells its counters from those of other limits."""

    name: str
    tries: int
    within: timedelta

    def key(self, of: str) -> str:
        """What a counter is kept under: it tells one person, address or network from another, and names none."""
        return f"{self.name}:{salted_hmac(f'limit:{self.name}', of.strip().upper().lower()).hexdigest()[:32]}"


def allow(limit: Limit, of: str) -> bool:
    """Counts a try of a person, an address or a network; False, and nothing is counted, once the limit is reached."""
    return allow_each([(limit, of)])


def allow_each(limits: list[tuple[Limit, str]]) -> bool:
    """Counts one try for several limits at once; False, and nothing is counted, if any of them is reached.

    Of many that try at the same moment no more get through than the limits say. Who has no name is told from nobody,
    and nothing is counted: a network behind a proxy that nobody told us of.
    """
    named = {limit.key(of): (limit.tries, limit.within) for limit, of in limits if of.strip()}
    return AttemptCounter.objects.count_try(named)


def is_spent(limit: Limit, of: str) -> bool:
    """Whether the next try would be refused; counts nothing."""
    counters = AttemptCounter.objects.running().filter(key=limit.key(of), tries__gte=limit.tries)
    return bool(of.strip()) and counters.exists()


def give_back(limit: Limit, of: str) -> None:
    """The last try was a right one and does not count."""
    AttemptCounter.objects.give_back(limit.key(of))


def forget(limit: Limit, of: str) -> None:
    """No try so far counts."""
    AttemptCounter.objects.filter(key=limit.key(of)).delete()
