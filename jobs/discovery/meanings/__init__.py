"""What words mean before what they resemble: places, hours, times and other limits that somebody wrote as words."""

from jobs.discovery.meanings.limits import PLACES, Limit, narrowed, said_together
from jobs.discovery.meanings.reading import Understood, read, without

__all__ = ["PLACES", "Limit", "Understood", "narrowed", "read", "said_together", "without"]
