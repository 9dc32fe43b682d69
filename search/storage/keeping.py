"""The columns that a process keeps. After a rebuild the new ones are read beside the old, and no visitor waits."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock, Thread

import numpy as np
from django.db import connections

from search.models import SearchIndex
from search.storage.columns import Columns

logger = logging.getLogger(__name__)
# Whoever began with the old columns is done by then.
SECONDS_TO_END_WITH_THE_OLD = 10


@dataclass(frozen=True)
class Kept:
    """Columns with the generation and the number of change that they show, and the analyser that read the texts."""

    generation: int
    sequence: int
    analysis: str
    columns: Columns


class KeptColumns:
    """Of each index the newest columns, and for a moment those of the generation before.

    `read(state)` reads them whole, `changed(state, sequence)` gives the records of what changed after a number.
    """

    def __init__(
        self, read: Callable[[SearchIndex], Columns], changed: Callable[[SearchIndex, int], Sequence[tuple]]
    ) -> None:
        self._read, self._changed = read, changed
        # By kind, the newest last.
        self._kept: dict[str, tuple[Kept, ...]] = {}
        self._being_read: set[str] = set()
        self._lock = Lock()

    def of(self, state: SearchIndex) -> Columns:
        """The columns as of this state, brought up to date by what changed since they were read."""
        kept = self._of_generation(state)
        if kept and kept.sequence >= state.sequence:
            return kept.columns
        with self._lock:
            kept = self._of_generation(state)
            if kept and kept.sequence >= state.sequence:
                return kept.columns
            columns = kept.columns.updated(self._changed(state, kept.sequence)) if kept else self._read(state)
            if columns.is_worn:
                columns = columns.of_rows(np.flatnonzero(columns.alive))
            self._keep(state, columns)
        return columns

    def readable(self, state: SearchIndex) -> SearchIndex:
        """The state to answer from: of a new generation only once it is read, which begins here; until then the old."""
        newest = self._kept.get(state.kind, ())[-1:]
        if not newest or newest[0].generation >= state.generation or newest[0].analysis != state.analysis:
            return state
        with self._lock:
            is_begun = state.kind in self._being_read
            self._being_read.add(state.kind)
        if not is_begun:
            fresh = SearchIndex(kind=state.kind, generation=state.generation, sequence=state.sequence)
            fresh.pk, fresh.analysis = state.pk, state.analysis
            Thread(target=self._read_beside, args=[fresh], name="search-columns", daemon=True).start()
        state.generation, state.sequence = newest[0].generation, newest[0].sequence
        return state

    def forget(self, kind: str) -> None:
        """Answer from nothing that was read: its tables may be gone."""
        self._kept.pop(kind, None)

    def _of_generation(self, state: SearchIndex) -> Kept | None:
        return next((kept for kept in self._kept.get(state.kind, ()) if kept.generation == state.generation), None)

    def _keep(self, state: SearchIndex, columns: Columns) -> None:
        others = [kept for kept in self._kept.get(state.kind, ()) if kept.generation != state.generation]
        new = Kept(state.generation, state.sequence, state.analysis, columns)
        self._kept[state.kind] = tuple(sorted([*others, new], key=lambda kept: kept.generation)[-2:])

    def _read_beside(self, state: SearchIndex) -> None:
        try:
            columns = self._read(state)
            with self._lock:
                self._keep(state, columns)
        except Exception:
            logger.exception("The columns of %s could not be read; the old ones answer", state.kind)
        finally:
            connections.close_all()
            with self._lock:
                self._being_read.discard(state.kind)
        time.sleep(SECONDS_TO_END_WITH_THE_OLD)
        with self._lock:
            self._kept[state.kind] = self._kept.get(state.kind, ())[-1:]
