"""How long people wait for the engine, and when it is left alone."""

import time
from threading import Lock
from typing import Any

from asgiref.local import Local
from django.core.signals import request_finished, request_started

# All round trips of a page together still leave the database time to step in.
SECONDS_FOR_ALL = 1.8
FAILURES_BEFORE_REST = 3
SECONDS_OF_REST = 20


class CircuitBreaker:
    """After three failures in a row the engine is left alone for a while; then one request tries again."""

    def __init__(self) -> None:
        self._failures, self._resting_until, self._lock = 0, 0.0, Lock()

    def allows(self) -> bool:
        with self._lock:
            now = time.monotonic()
            if now < self._resting_until:
                return False
            if self._failures >= FAILURES_BEFORE_REST:
                self._resting_until = now + SECONDS_OF_REST  # this request is the one that tries
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures, self._resting_until = 0, 0.0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES_BEFORE_REST:
                self._resting_until = time.monotonic() + SECONDS_OF_REST


breaker = CircuitBreaker()


class TimeBudget:
    """How long the page being made may yet wait for the engine: a page asks several times, a person waits once."""

    def __init__(self) -> None:
        self._kept = Local()

    def begin(self, **signal: Any) -> None:
        self._kept.seconds = SECONDS_FOR_ALL

    def end(self, **signal: Any) -> None:
        self._kept.seconds = None

    @property
    def seconds(self) -> float:
        """What is left; outside of a page each search has all of it."""
        left = getattr(self._kept, "seconds", None)
        return SECONDS_FOR_ALL if left is None else left

    def spend(self, seconds: float) -> None:
        if getattr(self._kept, "seconds", None) is not None:
            self._kept.seconds = max(self._kept.seconds - seconds, 0)


time_budget = TimeBudget()


def keep_pages_from_waiting() -> None:
    """Let every request have a time budget of its own."""
    request_started.connect(time_budget.begin)
    request_finished.connect(time_budget.end)
