"""How many pages a network reads in a minute, counted in the process: reading writes nothing, and needs no cache.

Where several processes serve the site, each counts what it serves itself, so a little more gets through.
"""

import re
import threading
import time
from collections import Counter

from django.conf import settings
from django.http import HttpRequest

MINUTE = 60
# Whoever reads for others, by the name in the user agent. It can be made up, therefore not without end.
SEARCH_ENGINES = re.compile(
    r"applebot|baiduspider|bingbot|duckduckbot|googlebot|google-inspectiontool|mojeekbot|qwant|seznambot|slurp|yandexbot",
    re.IGNORECASE,
)
TIMES_AS_MANY = 10


class Pages:
    """The counts of the present minute of the clock; with the minute they are gone."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.minute = 0
        self.counts: Counter[str] = Counter()

    def count(self, network: str) -> int:
        """How many these are, this one included."""
        minute = int(time.time()) // MINUTE
        with self.lock:
            if minute != self.minute:
                self.minute, self.counts = minute, Counter()
            self.counts[network] += 1
            return self.counts[network]


pages = Pages()


def most(request: HttpRequest) -> int:
    """How many pages a minute whoever asks may read."""
    is_search_engine = SEARCH_ENGINES.search(request.headers.get("User-Agent", ""))
    return settings.READING_LIMIT * (TIMES_AS_MANY if is_search_engine else 1)


def seconds_left() -> int:
    """Until the next minute begins."""
    return MINUTE - int(time.time()) % MINUTE
