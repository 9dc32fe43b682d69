"""Lists of texts packed by token: which texts held it when the index was last rebuilt, four bytes a text.

They never change while their generation lives, so a process keeps those it has read. What changed since is asked of
the database's own text index, which then is small.
"""

from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from threading import Lock

import numpy as np

from search.storage.entries import Entry

PACKED = np.dtype(np.uint32)
# Keys gathered before a part is written: 16 megabytes, and as much again for each quarter of a million tokens.
MOST_GATHERED_KEYS = 4_000_000
# Keys kept in a process, all lists together: 32 megabytes.
MOST_KEPT_KEYS = 8_000_000


class Filling:
    """The lists of a generation while it is being filled: gathered as far as memory may go, and written in parts."""

    def __init__(self) -> None:
        self._keys: defaultdict[str, array] = defaultdict(lambda: array("I"))
        self._size = self._part = 0

    def add(self, entries: Iterable[Entry]) -> None:
        keys = self._keys
        for entry in entries:
            pk, tokens = entry.pk, set(entry.tokens.split())
            self._size += len(tokens)
            for token in tokens:
                keys[token].append(pk)

    @property
    def is_full(self) -> bool:
        """Whether so much is gathered that it should be written."""
        return self._size >= MOST_GATHERED_KEYS

    def take(self) -> Iterator[tuple[str, int, bytes]]:
        """What is gathered, which then is forgotten: each token with the number of this part and its list as bytes."""
        keys, part = self._keys, self._part
        self._keys = defaultdict(self._keys.default_factory)
        self._size, self._part = 0, part + 1
        for token in sorted(keys):
            yield token, part, keys.pop(token).tobytes()


class KeptLists:
    """Lists that this process has read, the least recently used forgotten first."""

    def __init__(self) -> None:
        self._lists: OrderedDict[tuple[str, str], np.ndarray] = OrderedDict()
        self._keys = 0
        self._lock = Lock()

    def read(
        self, table: str, tokens: list[str], read: Callable[[list[str]], Iterable[tuple[str, bytes]]]
    ) -> dict[str, np.ndarray]:
        """The list of each token that has one; `read(tokens)` gives (token, bytes) of those not kept, part by part."""
        lists = {}
        with self._lock:
            for token in tokens:
                if (table, token) in self._lists:
                    self._lists.move_to_end((table, token))
                    lists[token] = self._lists[table, token]
        missing = [token for token in tokens if token not in lists]
        for token, parts in groupby(read(missing) if missing else (), itemgetter(0)):
            lists[token] = np.frombuffer(b"".join(part for _, part in parts), PACKED)
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
