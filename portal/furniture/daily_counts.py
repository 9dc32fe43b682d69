"""Counts of a day, kept in the process and written many at a time: reading a page writes no row.

A count that comes after enough time or enough others writes all of them; so does the end of the process. While the
database refuses, they stay here for the next time. What is counted names no person.
"""

import atexit
import logging
import threading
import time
from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db import Error, connection, transaction
from django.db.models import Sum
from django.utils import timezone

from portal.models import DailyCount

logger = logging.getLogger(__name__)

SECONDS = 15  # between two writings
MOST = 200  # counts that are not kept longer, whatever the time
ROWS = 1000  # of one statement

Key = tuple[str, str, date]


class Waiting:
    """What this process has counted and not written."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.counts: Counter[Key] = Counter()
        self.events = 0
        self.tried_at = time.monotonic()
        self.is_written_at_exit = False

    def add(self, key: Key, number: int) -> bool:
        """Whether it is time to write."""
        with self.lock:
            if not self.is_written_at_exit:
                self.is_written_at_exit = bool(atexit.register(write))
            self.counts[key] += number
            self.events += 1
            return self.events >= MOST or time.monotonic() - self.tried_at >= SECONDS

    def take(self) -> Counter[Key]:
        with self.lock:
            taken, self.counts, self.events, self.tried_at = self.counts, Counter(), 0, time.monotonic()
            return taken

    def put_back(self, counts: Counter[Key]) -> None:
        with self.lock:
            self.counts.update(counts)


waiting = Waiting()


def count(name: str, subject: object = "", number: int = 1) -> None:
    """It happened once more to this subject today, the day of Helsinki. Never fails, and seldom asks the database."""
    is_time = waiting.add((name, str(subject), timezone.localdate()), number)
    # What is written inside somebody's transaction would go with it.
    if is_time and not connection.in_atomic_block:
        write()


def write() -> None:
    """Writes what waits; what the database refuses waits on."""
    counts = waiting.take()
    if not counts:
        return
    try:
        with transaction.atomic():
            _add(sorted(counts.items()))
    except Error as error:
        waiting.put_back(counts)
        logger.warning("Daily counts wait: %s", type(error).__name__)


def _add(rows: list[tuple[Key, int]]) -> None:
    for start in range(0, len(rows), ROWS):
        some = rows[start : start + ROWS]
        places = ", ".join(["(%s, %s, %s, %s)"] * len(some))
        table, as_date = connection.ops.quote_name(DailyCount._meta.db_table), connection.ops.adapt_datefield_value
        with connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO {table} AS old (name, subject, day, "count") VALUES {places}'  # noqa: S608
                ' ON CONFLICT (name, subject, day) DO UPDATE SET "count" = old."count" + excluded."count"',
                [value for (name, subject, day), number in some for value in (name, subject, as_date(day), number)],
            )


def total(name: str, subjects: Iterable[object]) -> dict[str, int]:
    """The sum of all days by subject, 0 where nothing was counted. What still waits in a process is not in it."""
    wanted = [str(subject) for subject in subjects]
    rows = DailyCount.objects.filter(name=name, subject__in=wanted).values_list("subject").annotate(sum=Sum("count"))
    return dict.fromkeys(wanted, 0) | dict(rows.order_by("subject"))
