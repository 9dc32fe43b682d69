"""A database that is mute is given up in time; a cache that is away is an empty cache."""

import socket
import threading
import time
from contextlib import contextmanager

import pytest
from django.db import OperationalError

from portal.backends.postgresql.base import DatabaseWrapper, PatientConnection
from portal.backends.redis import ForgivingRedisCache
from portal.settings.databases import cache_from_url, database_from_url


@contextmanager
def mute_server():
    """Takes every connection and says nothing."""
    listener = socket.create_server(("127.0.0.1", 0))
    taken = []

    def take():
        while True:
            try:
                taken.append(listener.accept()[0])
            except OSError:
                return

    thread = threading.Thread(target=take)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
        for connection in taken:
            connection.close()


def postgresql_at(port):
    settings = database_from_url(f"postgresql://tests@127.0.0.1:{port}/x", None)
    defaults = {"TIME_ZONE": None, "AUTOCOMMIT": True, "ATOMIC_REQUESTS": False, "TEST": {}}
    return DatabaseWrapper(defaults | settings, "mute")


@pytest.mark.django_db
@pytest.mark.network
def test_mute_database_is_given_up_within_five_seconds():
    with mute_server() as port:
        begun = time.monotonic()
        with pytest.raises(OperationalError):
            postgresql_at(port).ensure_connection()
        assert time.monotonic() - begun < 5


def test_a_statement_has_a_time_of_its_own():
    assert issubclass(PatientConnection, DatabaseWrapper.Database.Connection)
    assert DatabaseWrapper.Database.connect.__self__ is PatientConnection
    assert PatientConnection.patience < 5


@pytest.fixture
def absent_cache():
    ForgivingRedisCache.resting_until = 0.0
    yield ForgivingRedisCache("redis://127.0.0.1:1/0", cache_from_url("redis://127.0.0.1:1/0"))
    ForgivingRedisCache.resting_until = 0.0


@pytest.mark.network
def test_absent_cache_is_an_empty_one(absent_cache):
    assert absent_cache.add("a", 1) is True
    assert absent_cache.get("a", "nothing") == "nothing"
    absent_cache.set("a", 1)
    assert absent_cache.get_many(["a"]) == {}
    assert absent_cache.has_key("a") is False
    assert absent_cache.get_or_set("a", 7) == 7
    absent_cache.delete("a")
    absent_cache.clear()


@pytest.mark.network
def test_absent_cache_is_not_asked_again_at_once(absent_cache):
    absent_cache.get("a")
    begun = time.monotonic()
    for _try in range(1000):
        absent_cache.get("a")
    assert time.monotonic() - begun < 0.2


@pytest.mark.network
def test_mute_cache_costs_half_a_second():
    ForgivingRedisCache.resting_until = 0.0
    with mute_server() as port:
        url = f"redis://127.0.0.1:{port}/0"
        cache = ForgivingRedisCache(url, cache_from_url(url))
        begun = time.monotonic()
        assert cache.get("a") is None
        assert time.monotonic() - begun < 2
    ForgivingRedisCache.resting_until = 0.0


def test_an_empty_address_is_a_cache_in_the_process():
    assert cache_from_url("")["BACKEND"].endswith("LocMemCache")
    assert cache_from_url("redis://localhost/1")["BACKEND"] == "portal.backends.redis.ForgivingRedisCache"
