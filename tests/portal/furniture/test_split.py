"""Shares add up to the cent, whoever is entered first."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.furniture.split import split

WEIGHTS = st.integers(0, 10**6) | st.fractions(0, 10**4, max_denominator=1000)
ENTRIES = st.dictionaries(st.text(max_size=5), WEIGHTS, min_size=1, max_size=12).filter(
    lambda entries: any(entries.values())
)


@given(st.integers(-(10**12), 10**12), ENTRIES)
def test_the_sum_is_exact_and_nobody_is_off_by_a_cent(cents, entries):
    shares = split(cents, list(entries.values()), list(entries))
    assert sum(shares) == cents
    total = sum(map(Fraction, entries.values()))
    for share, weight in zip(shares, entries.values(), strict=True):
        assert abs(share - Fraction(cents) * weight / total) < 1


@given(st.integers(0, 10**9), ENTRIES, st.randoms())
def test_the_order_of_entry_changes_nothing(cents, entries, random):
    names = list(entries)
    random.shuffle(names)
    shares = dict(zip(entries, split(cents, list(entries.values()), list(entries)), strict=True))
    assert dict(zip(names, split(cents, [entries[name] for name in names], names), strict=True)) == shares


def test_ties_go_to_the_first_name():
    assert split(100, [1, 1, 1], ["c", "b", "a"]) == [33, 33, 34]
    assert split(2, [1, 1, 1], ["Ilomantsi", "Joensuu", "Kitee"]) == [1, 1, 0]
    assert split(-100, [1, 1, 1], ["a", "b", "c"]) == [-34, -33, -33]
    assert split(0, [1, 2], ["a", "b"]) == [0, 0]


def test_who_weighs_nothing_gets_nothing():
    assert split(101, [0, 1, 1], ["a", "b", "c"]) == [0, 51, 50]


@pytest.mark.parametrize(
    ("weights", "names"),
    [
        ([1, 1], ["a", "a"]),
        ([1], ["a", "b"]),
        ([-1, 2], ["a", "b"]),
        ([0, 0], ["a", "b"]),
        ([], []),
        ([0.5, 0.5], ["a", "b"]),
    ],
)
def test_what_cannot_be_split_is_refused(weights, names):
    with pytest.raises(ValueError):
        split(100, weights, names)
