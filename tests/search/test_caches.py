"""What a process keeps, and how it is forgotten."""

import os

import pytest

from search import caches
from search.analysis import analyser_for, fold
from search.caches import ProcessCache
from search.storage.configured import database_storage


def test_value_is_made_once():
    cache, made = ProcessCache(), []
    assert [cache.get("a", lambda: made.append(1) or len(made)) for _ in range(3)] == [1, 1, 1]


def test_old_value_is_made_anew(monkeypatch):
    now = 100.0
    monkeypatch.setattr(caches.time, "monotonic", lambda: now)
    cache = ProcessCache(seconds=60)
    cache.put("a", 1)
    now += 59
    assert cache.get("a", lambda: 2) == 1
    now += 1
    assert cache.get("a", lambda: 2) == 2


def test_first_goes_where_there_are_too_many():
    cache = ProcessCache(most=2)
    for key in "abac":
        cache.put(key, key)
    assert cache.values() == ["a", "c"]


@pytest.mark.django_db
def test_everything_is_forgotten_at_once():
    before = analyser_for("sv"), database_storage()
    fold("sana")
    ProcessCache.forget_all()
    assert fold.cache_info().currsize == 0
    assert analyser_for("sv") is not before[0]
    assert database_storage() is not before[1]


def test_forked_process_begins_with_nothing():
    cache = ProcessCache()
    cache.put("a", 1)
    child = os.fork()
    if not child:
        os._exit(len(cache.values()))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert cache.values() == [1]
