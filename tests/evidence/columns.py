"""How long a process takes to read the columns of very many texts after a rebuild, and how much it needs for that.

By hand, on a scratch database that is migrated: `python -m tests.evidence.columns 1000000`.
"""

import os
import sys
import time
import tracemalloc

import numpy as np

KIND = "tests.columns"
NUMBERS = ("closes", "published", "listed")
# Facets with the number of their values and how many of them a text has.
FACETS = {"municipalities": (13, 1), "task_fields": (12, 1), "hours": (4, 2), "without": (12, 8), "extras": (4, 1)}


def made_up(size):
    """Columns of so many texts, the same every time."""
    from search.storage.columns import Columns, FacetColumn

    chance = np.random.default_rng(1)
    rows = np.arange(size, dtype=np.int32)
    return Columns(
        rows.astype(np.int64) + 1,
        np.ones(size, bool),
        sequences=np.ones(size, np.int64),
        lengths=chance.integers(50, 400, size).astype(np.float32),
        gram_lengths=chance.integers(200, 2000, size).astype(np.float32),
        numbers={name: chance.integers(0, 10**9, size) for name in NUMBERS},
        places=chance.uniform(60, 64, (size, 2)),
        facets={
            name: FacetColumn(
                [f"{name} {at}" for at in range(values)],
                np.repeat(rows, each),
                chance.integers(0, values, size * each).astype(np.int32),
            )
            for name, (values, each) in FACETS.items()
        },
    )


def measured(size):
    """Seconds to read the columns of so many texts, and megabytes in use at the most while they are read."""
    from search.models import SearchIndex
    from search.storage.configured import database_storage
    from search.storage.packing import packed

    storage = database_storage()
    storage.drop(KIND)
    state = SearchIndex.objects.create(kind=KIND, generation=1, sequence=1)
    storage.create_tables(storage.live_table(state))
    try:
        with storage.taking_time():
            storage.insert_rows(f"{storage.live_table(state)}_columns", packed(made_up(size)), 3)
        begun = time.perf_counter()
        assert storage.stored_columns(state).count == size
        seconds = time.perf_counter() - begun
        tracemalloc.start()
        storage.stored_columns(state)
        return seconds, tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
        storage.drop(KIND)


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    django.setup()
    sys.stdout.write("{:.2f} s, {:.0f} MB\n".format(*measured(int(sys.argv[1]))))
