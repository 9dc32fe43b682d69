"""Lists of texts packed by token: which texts held it when the index was last rebuilt, four bytes a text.

They never change while their generation lives, so a process keeps those it has read. What changed since is asked of
the database's own text index, which then is small.
"""

from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator
from threading import Lock

import numpy as np

from search.storage.entries import Entry

PACKED = np.dtype(np.uint32)
# Keys kept in a process, all lists together: 32 megabytes.
MOST_KEPT_KEYS = 8_000_000


class Filling:
    """The lists of a generation while it is being filled."""

    def __init__(self) -> None:
        self._keys: defaultdict[str, array] = defaultdict(lambda: array("I"))

    def add(self, entries: Iterable[Entry]) -> None:
        keys = self._keys
        for entry in entries:
            pk = entry.pk
            for token in set(entry.tokens.split()):
                keys[token].append(pk)

    def counts(self) -> Iterator[tuple[str, int]]:
        """Each token with the number of texts that hold it."""
        return ((token, len(self._keys[token])) for token in sorted(self._keys))

    def packed(self) -> Iterator[tuple[str, bytes]]:
        """Each token with its list as bytes, in the order of the tokens."""
        return ((token, self._keys[token].tobytes()) for token in sorted(self._keys))


class KeptLists:
    """Lists that this process has read, the least recently used forgotten first."""

    def __init__(self) -> None:
        self._lists: OrderedDict[tuple[str, str], np.ndarray] = OrderedDict()
        self._keys = 0
        self._lock = Lock()

    def read(
        self, table: str, tokens: list[str], read: Callable[[list[str]], Iterable[tuple[str, bytes]]]
    ) -> dict[str, np.ndarray]:
        """The list of each token that has one; `read(tokens)` gives (token, bytes) of those not kept."""
        lists = {}
        with self._lock:
            for token in tokens:
                if (table, token) in self._lists:
                    self._lists.move_to_end((table, token))
                    lists[token] = self._lists[table, token]
        missing = [token for token in tokens if token not in lists]
        for token, packed in read(missing) if missing else ():
            lists[token] = np.frombuffer(packed, PACKED)
            self._keep((table, token), lists[token])
        return lists

    def _keep(self, name: tuple[str, str], keys: np.ndarray) -> None:
        with self._lock:
            if name in self._lists:
                return
            self._lists[name] = keys
            self._keys += len(keys)
            while self._keys > MOST_KEPT_KEYS:
                _, oldest = self._lists.popitem(last=False)
                self._keys -= len(oldest)
