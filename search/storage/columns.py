"""The narrow columns of an index in memory: filters, counts and orders are answered from them, not from wide rows."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Self

import numpy as np

from search.filters import EARTH_RADIUS_KM, Filters, Range

MISSING = np.iinfo(np.int64).min
SHARE_OF_DEAD_ROWS = 0.2


@dataclass(frozen=True)
class FacetColumn:
    """Which rows have which value: two arrays side by side, one pair for each value of each row."""

    values: list[str]
    owners: np.ndarray
    ids: np.ndarray

    def having(self, wanted: Collection[str], size: int) -> np.ndarray:
        """Rows that have any of the wanted values."""
        is_wanted = np.fromiter((value in wanted for value in self.values), dtype=bool, count=len(self.values))
        rows = np.zeros(size, dtype=bool)
        if len(self.ids):
            rows[self.owners[is_wanted[self.ids]]] = True
        return rows

    def moved(self, places: np.ndarray) -> Self:
        """The same with each row at its place of these; those without a place, -1, are left out."""
        owners = places[self.owners]
        return type(self)(self.values, owners[owners >= 0], self.ids[owners >= 0])

    def counts(self, rows: np.ndarray) -> dict[str, int]:
        """How many of the rows have each value, values of none left out."""
        numbers = np.bincount(self.ids[rows[self.owners]], minlength=len(self.values))
        return {value: int(n) for value, n in zip(self.values, numbers, strict=True) if n}


class Columns:
    """The columns of all rows of one index. Never changed once made: an update gives new columns."""

    def __init__(
        self,
        pks: np.ndarray,
        alive: np.ndarray,
        *,
        sequences: np.ndarray,
        lengths: np.ndarray,
        gram_lengths: np.ndarray,
        numbers: dict[str, np.ndarray],
        places: np.ndarray,
        facets: dict[str, FacetColumn],
    ) -> None:
        self.pks, self.alive, self.sequences = pks, alive, sequences
        self.lengths, self.gram_lengths = lengths, gram_lengths
        self.numbers, self.places, self.facets = numbers, places, facets
        self._made: dict[Callable[[np.ndarray], np.ndarray], np.ndarray] = {}
        self.size = len(pks)
        self.count = int(alive.sum())
        self.mean_length = float(lengths[alive].mean()) if self.count else 0.0
        self.mean_gram_length = float(gram_lengths[alive].mean()) if self.count else 0.0
        # The last place belongs to no key: whatever lies beyond is cut down to it.
        self._rows = np.full(int(pks.max()) + 2 if len(pks) else 1, -1, dtype=np.int32)
        self._rows[pks[alive]] = np.flatnonzero(alive)

    @classmethod
    def of_records(cls, records: Sequence[tuple]) -> Self:
        """Columns of (pk, removed, facets, numbers, latitude, longitude, length, gram_length, sequence) records."""
        size = len(records)
        pks = np.fromiter((r[0] for r in records), np.int64, size)
        alive = np.fromiter((not r[1] for r in records), bool, size)
        numbers: dict[str, np.ndarray] = {}
        owners: dict[str, tuple[dict, list, list]] = {}
        for row, record in enumerate(records):
            for name, value in record[3].items():
                if name not in numbers:
                    numbers[name] = np.full(size, MISSING, np.int64)
                numbers[name][row] = value
            for name, values in record[2].items():
                ids, rows, held = owners.setdefault(name, ({}, [], []))
                for value in values:
                    rows.append(row)
                    held.append(ids.setdefault(value, len(ids)))
        places = np.array([(np.nan if r[4] is None else r[4], np.nan if r[5] is None else r[5]) for r in records])
        facets = {
            name: FacetColumn(list(ids), np.array(rows, np.int32), np.array(held, np.int32))
            for name, (ids, rows, held) in owners.items()
        }
        lengths = np.fromiter((r[6] for r in records), np.float32, size)
        gram_lengths = np.fromiter((r[7] for r in records), np.float32, size)
        return cls(
            pks,
            alive,
            sequences=np.fromiter((r[8] for r in records), np.int64, size),
            lengths=lengths,
            gram_lengths=gram_lengths,
            numbers=numbers,
            places=places.reshape(size, 2),
            facets=facets,
        )

    @classmethod
    def joined(cls, parts: "Sequence[Columns]", alive: np.ndarray | None = None) -> Self:
        """The rows of several columns one after the other; `alive` says of all of them which count."""
        starts = list(accumulate((part.size for part in parts), initial=0))
        numbers = {
            name: np.concatenate([part.numbers.get(name, np.full(part.size, MISSING, np.int64)) for part in parts])
            for name in dict.fromkeys(name for part in parts for name in part.numbers)
        }
        facets = {
            name: _joined(
                [(part.facets[name], at) for part, at in zip(parts, starts, strict=False) if name in part.facets]
            )
            for name in dict.fromkeys(name for part in parts for name in part.facets)
        }
        return cls(
            np.concatenate([part.pks for part in parts]),
            np.concatenate([part.alive for part in parts]) if alive is None else alive,
            sequences=np.concatenate([part.sequences for part in parts]),
            lengths=np.concatenate([part.lengths for part in parts]),
            gram_lengths=np.concatenate([part.gram_lengths for part in parts]),
            numbers=numbers,
            places=np.concatenate([part.places for part in parts]),
            facets=facets,
        )

    def updated(self, records: Sequence[tuple]) -> Self:
        """Columns in which these records stand for older ones of the same key."""
        newer = type(self).of_records(records)
        alive = self.alive.copy()
        stale = self.rows_of(newer.pks)
        alive[stale[stale >= 0]] = False
        return type(self).joined([self, newer], np.concatenate([alive, newer.alive]))

    def of_rows(self, rows: np.ndarray) -> Self:
        """Columns of these rows alone, in this order."""
        places = np.full(self.size, -1, np.int32)
        places[rows] = np.arange(len(rows))
        return type(self)(
            self.pks[rows],
            self.alive[rows],
            sequences=self.sequences[rows],
            lengths=self.lengths[rows],
            gram_lengths=self.gram_lengths[rows],
            numbers={name: column[rows] for name, column in self.numbers.items()},
            places=self.places[rows],
            facets={name: column.moved(places) for name, column in self.facets.items()},
        )

    @property
    def is_worn(self) -> bool:
        """Whether so many rows are dead that reading everything again is cheaper."""
        return self.size - self.count > SHARE_OF_DEAD_ROWS * self.size + 1000

    def rows_of(self, pks: np.ndarray | Sequence[int]) -> np.ndarray:
        """The row of each key; -1 for a key that is not here."""
        return self._rows.take(np.asarray(pks), mode="clip")

    def unchanged_since(self, sequence: int) -> np.ndarray:
        """For each row whether it still is as that change left it."""
        return self.sequences == sequence

    def of_lengths(self, make: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        """What `make` makes of the lengths, made once."""
        if make not in self._made:
            self._made[make] = make(self.lengths)
        return self._made[make]

    @cached_property
    def languages(self) -> list[str]:
        """The languages of the texts, the most usual first."""
        held = self.facets.get("language")
        counts = held.counts(self.alive) if held else {}
        return sorted(counts, key=lambda code: (-counts[code], code))

    def within(self, name: str, limits: Range) -> np.ndarray:
        """Rows whose number lies within the limits; a row without that number does not."""
        column = self.numbers.get(name)
        if column is None:
            return np.zeros(self.size, dtype=bool)
        rows = column != MISSING
        if limits.at_least is not None:
            rows &= column >= limits.at_least
        if limits.at_most is not None:
            rows &= column <= limits.at_most
        return rows

    def having(self, facet: str, values: Collection[str]) -> np.ndarray:
        """Rows that have any of the values of a facet."""
        column = self.facets.get(facet)
        return column.having(values, self.size) if column else np.zeros(self.size, dtype=bool)

    def distances(self, latitude: float, longitude: float) -> np.ndarray:
        """Kilometres from a point to each row along the earth's surface; not a number where the place is unknown."""
        lat, lon = np.radians(self.places[:, 0]), np.radians(self.places[:, 1])
        here_lat, here_lon = np.radians(latitude), np.radians(longitude)
        half = np.sin((lat - here_lat) / 2) ** 2
        half = half + np.cos(here_lat) * np.cos(lat) * np.sin((lon - here_lon) / 2) ** 2
        return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))

    def allowed(self, filters: Filters, *, listed_only: bool = True, without: str | None = None) -> np.ndarray:
        """Rows that the filters let through; the choice in the facet `without` is left out."""
        rows = self.alive.copy()
        if listed_only and "listed" in self.numbers:
            rows &= self.numbers["listed"] == 1
        for name, limits in filters.ranges.items():
            rows &= self.within(name, limits)
        for facet, values in filters.all_of.items():
            for value in values:
                rows &= self.having(facet, {value})
        for facet, values in filters.none_of.items():
            rows &= ~self.having(facet, values)
        for facet, values in filters.within.items():
            rows &= self.having(facet, values)
        for facet, values in filters.chosen().items():
            if facet != without:
                rows &= self.having(facet, values)
        if filters.near:
            near = filters.near
            with np.errstate(invalid="ignore"):
                rows &= self.distances(near.latitude, near.longitude) <= near.radius_km
        return rows


def _joined(parts: Sequence[tuple[FacetColumn, int]]) -> FacetColumn:
    """A facet of several columns, each with the row at which its own begin."""
    places: dict[str, int] = {}
    owners, ids = [], []
    for column, start in parts:
        moved = np.array([places.setdefault(value, len(places)) for value in column.values], np.int32)
        owners.append(column.owners + np.int32(start))
        ids.append(moved[column.ids])
    return FacetColumn(list(places), np.concatenate(owners), np.concatenate(ids))
