"""What a rebuild packs is what a process reads, and a visitor never waits for it."""

import threading

import numpy as np
import pytest
from django.db import connection

from search.filters import Filters
from search.index.entries import entry_of
from search.models import SearchIndex
from search.searching import search
from search.storage import keeping
from search.storage.columns import Columns
from search.storage.configured import database_storage
from search.storage.keeping import KeptColumns
from tests.evidence.columns import made_up, measured
from tests.search.conftest import KIND, POSTINGS

FACETS = ("municipality", "field", "without", "language")


def same(one_way, other_way):
    facets = {name: column.counts(one_way.alive) for name, column in one_way.facets.items()}
    assert facets == {name: column.counts(other_way.alive) for name, column in other_way.facets.items()}
    for name in ("pks", "alive", "sequences", "lengths", "gram_lengths", "places"):
        np.testing.assert_array_equal(getattr(one_way, name), getattr(other_way, name))
    assert one_way.numbers.keys() == other_way.numbers.keys()
    for name, column in one_way.numbers.items():
        np.testing.assert_array_equal(column, other_way.numbers[name])


@pytest.fixture
def rebuilt(postings):
    storage = database_storage()
    entries = [entry_of(document) for document in POSTINGS]
    storage.rebuild(KIND, [entries[3:], entries[:3]], "test")
    return storage


def test_packed_columns_are_those_of_the_rows(rebuilt):
    state = rebuilt.state(KIND)
    table = rebuilt.live_table(state)
    same(rebuilt.columns(state), Columns.of_records(rebuilt._records(table)))
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET numbers = 'no longer read'")
    assert rebuilt.columns(state).count == len(POSTINGS)


def test_what_changed_since_stands_for_what_was_packed(rebuilt):
    rebuilt.remove(KIND, [3])
    assert search(KIND, "", facets=FACETS).facets["municipality"] == {"Joensuu": 2, "Kontiolahti": 1}
    assert 3 not in search(KIND, "lumityö").pks


def test_index_of_nothing_is_packed_too(db):
    database_storage().rebuild(KIND, [], "test")
    assert search(KIND, "", facets=FACETS).total == 0


def test_rows_that_do_not_count_are_left_out_of_worn_columns():
    columns = Columns.of_records(
        [(pk, pk % 2, {"field": [f"f{pk % 3}"]}, {"n": pk}, None, None, pk, pk, 1) for pk in range(1, 10)]
    )
    kept = columns.of_rows(np.flatnonzero(columns.alive))
    assert kept.pks.tolist() == [2, 4, 6, 8]
    assert kept.rows_of([2, 3, 8]).tolist() == [0, -1, 3]
    assert kept.facets["field"].counts(kept.alive) == columns.facets["field"].counts(columns.alive)
    assert kept.allowed(Filters(any_of={"field": frozenset({"f2"})})).tolist() == [True, False, False, True]


def test_old_columns_answer_until_the_new_are_read(monkeypatch):
    monkeypatch.setattr(keeping, "SECONDS_TO_END_WITH_THE_OLD", 0)
    asked, may_end, columns = [], threading.Event(), {1: made_up(3), 2: made_up(4)}

    def read(state):
        asked.append(state.generation)
        if state.generation == 2:
            assert may_end.wait(10)
        return columns[state.generation]

    kept = KeptColumns(read, lambda state, since: [])
    assert kept.of(kept.readable(SearchIndex(kind=KIND, generation=1, sequence=5))) is columns[1]
    for _ in range(3):
        state = kept.readable(SearchIndex(kind=KIND, generation=2, sequence=9))
        assert (state.generation, state.sequence) == (1, 5)
        assert kept.of(state) is columns[1]
    may_end.set()
    for thread in [thread for thread in threading.enumerate() if thread.name == "search-columns"]:
        thread.join(10)
    assert kept.of(kept.readable(SearchIndex(kind=KIND, generation=2, sequence=9))) is columns[2]
    assert asked == [1, 2]


def test_texts_read_by_another_analyser_are_not_waited_for():
    kept = KeptColumns(lambda state: made_up(state.generation), lambda state, since: [])
    kept.of(SearchIndex(kind=KIND, generation=1, analysis="builtin"))
    assert kept.readable(SearchIndex(kind=KIND, generation=2, analysis="voikko")).generation == 2


def test_tables_of_the_generation_before_stay_until_its_readers_are_done(rebuilt):
    def generations():
        own = f"search_{KIND.replace('.', '_')}_"
        names = (name.removeprefix(own) for name in connection.introspection.table_names() if name.startswith(own))
        return sorted(int(name) for name in names if name.isdigit())

    first = rebuilt.state(KIND).generation
    rebuilt.rebuild(KIND, [[entry_of(POSTINGS[0])]], "test")
    second = rebuilt.state(KIND).generation
    assert generations() == [first, second]
    rebuilt.drop_replaced()
    assert generations() == [first, second]
    rebuilt.rebuild(KIND, [[entry_of(POSTINGS[0])]], "test")
    assert generations() == [second, rebuilt.state(KIND).generation]


def test_reading_takes_neither_long_nor_much(db):
    """The short form of `python -m tests.evidence.columns`, which reads a million rows."""
    seconds, megabytes = measured(20_000)
    assert seconds < 0.5
    assert megabytes < 40
