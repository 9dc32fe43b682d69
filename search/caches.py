"""What a process keeps because to make it anew takes time; all of it can be forgotten at once."""

import os
import time
from collections.abc import Callable, Hashable
from functools import lru_cache
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakSet

Value = TypeVar("Value")
Function = TypeVar("Function", bound=Callable[..., Any])


class ProcessCache(Generic[Value]):
    """Values by key, kept in this process alone: at most so many of them, each for so many seconds.

    What is kept must be the same whenever it is made: a process that was forked, and a test, begin with nothing.
    """

    _caches: "WeakSet[ProcessCache[Any]]" = WeakSet()
    _functions: "WeakSet[Any]" = WeakSet()

    def __init__(self, *, most: int | None = None, seconds: float | None = None) -> None:
        self._most, self._seconds = most, seconds
        self._values: dict[Hashable, tuple[float, Value]] = {}
        self._lock = Lock()
        self._caches.add(self)

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value kept, or a fresh one; two threads may both make it, and one of theirs is kept."""
        kept = self._values.get(key)
        if kept is None or (self._seconds is not None and time.monotonic() - kept[0] >= self._seconds):
            return self.put(key, make())
        return kept[1]

    def peek(self, key: Hashable) -> Value | None:
        """The value kept, however old; None where there is none."""
        kept = self._values.get(key)
        return kept[1] if kept else None

    def put(self, key: Hashable, value: Value) -> Value:
        """Keep a value; the one that was put first goes where there are too many."""
        with self._lock:
            self._values.pop(key, None)
            self._values[key] = (time.monotonic(), value)
            while self._most is not None and len(self._values) > self._most:
                self._values.pop(next(iter(self._values)))
        return value

    def values(self) -> list[Value]:
        """Everything kept, in the order in which it was put."""
        return [value for _, value in self._values.values()]

    def forget(self) -> None:
        """Make everything anew from now on."""
        with self._lock:
            self._values.clear()

    @classmethod
    def of_calls(cls, most: int) -> Callable[[Function], Function]:
        """Decorates a function of which the answers to the latest calls are kept."""

        def decorate(function: Function) -> Function:
            remembering: Any = lru_cache(maxsize=most)(function)
            cls._functions.add(remembering)
            return remembering

        return decorate

    @classmethod
    def forget_all(cls) -> None:
        """Forget what every cache of this process keeps."""
        for cache in list(cls._caches):
            cache._lock = Lock()  # another thread of the process that was forked may have held it
            cache.forget()
        for function in list(cls._functions):
            function.cache_clear()


os.register_at_fork(after_in_child=ProcessCache.forget_all)
