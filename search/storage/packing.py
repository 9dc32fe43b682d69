"""Columns as a rebuild leaves them: a row of a table for each array, read back without looking at any text."""

import json
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from search.storage.columns import Columns, FacetColumn
from search.storage.entries import Entry

PLAIN = ("pks", "alive", "sequences", "lengths", "gram_lengths")


class GatheredColumns:
    """The columns of a generation while it is being filled: some two hundred bytes a text."""

    def __init__(self) -> None:
        self._parts = [Columns.of_records([])]

    def add(self, entries: Iterable[Entry], sequence: int) -> None:
        self._parts.append(Columns.of_records([_record_of(entry, sequence) for entry in entries]))

    def take(self) -> Iterator[tuple[str, str, bytes]]:
        """The name, the kind of numbers and the bytes of each array, the rows in the order of their keys."""
        columns, self._parts = Columns.joined(self._parts), []
        return packed(columns.of_rows(np.argsort(columns.pks, kind="stable")))


def _record_of(entry: Entry, sequence: int) -> tuple:
    latitude, longitude = entry.location or (None, None)
    measures = (entry.length, entry.gram_length, sequence)
    return (entry.pk, not entry.facets, entry.facets, entry.numbers, latitude, longitude, *measures)


def packed(columns: Columns) -> Iterator[tuple[str, str, bytes]]:
    """The arrays of columns as (name, kind of numbers, bytes)."""
    arrays = {name: getattr(columns, name) for name in PLAIN} | {"places": columns.places.reshape(-1)}
    arrays |= {f"number {name}": column for name, column in columns.numbers.items()}
    for name, facet in columns.facets.items():
        arrays |= {f"owners {name}": facet.owners, f"ids {name}": facet.ids}
        arrays[f"values {name}"] = np.frombuffer(json.dumps(facet.values).encode(), np.uint8)
    return ((name, array.dtype.str, array.tobytes()) for name, array in arrays.items())


def unpacked(arrays: Mapping[str, np.ndarray]) -> Columns:
    """The columns of such arrays, by name."""
    return Columns(
        **{name: arrays[name] for name in PLAIN},
        places=arrays["places"].reshape(-1, 2),
        numbers=_named(arrays, "number"),
        facets={
            name: FacetColumn(json.loads(values.tobytes()), arrays[f"owners {name}"], arrays[f"ids {name}"])
            for name, values in _named(arrays, "values").items()
        },
    )


def _named(arrays: Mapping[str, np.ndarray], kind: str) -> dict[str, np.ndarray]:
    beginning = f"{kind} "
    return {name.removeprefix(beginning): array for name, array in arrays.items() if name.startswith(beginning)}
