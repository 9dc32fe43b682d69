"""Counting writes no row until many counts are written at once, and what the database refuses is not lost."""

import runpy
import shutil
import sqlite3
import threading
from collections import Counter
from contextlib import closing, nullcontext
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import OperationalError, connection

from portal.furniture import daily_counts
from portal.furniture.daily_counts import count, total, write
from portal.models import DailyCount
from tests.plugins import ROOT
from tests.portal.gunicorns import served

pytestmark = pytest.mark.django_db


def test_counting_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        for _time in range(daily_counts.MOST * 2):
            count("views", 1)


def test_many_counts_are_one_statement_and_add_up(django_assert_num_queries):
    for _round in range(2):
        for number in range(60):
            count("views", number)
            count("views", 0)
        with django_assert_num_queries(3):  # with the savepoint around it
            write()
    assert total("views", [0, 1, 99]) == {"0": 122, "1": 2, "99": 0}
    assert DailyCount.objects.count() == 60


def test_nothing_to_write_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        write()


def test_days_are_those_of_helsinki():
    for hour in (21, 22):
        with time_machine.travel(datetime(2026, 11, 24, hour, 30, tzinfo=UTC)):
            count("views", "a", 3)
    write()
    days = DailyCount.objects.filter(name="views", subject="a").values_list("day", "count")
    assert dict(days) == {date(2026, 11, 24): 3, date(2026, 11, 25): 3}


def test_a_database_that_refuses_loses_nothing(monkeypatch):
    count("views", "a")
    add = daily_counts._add

    def refuse(rows):
        raise OperationalError("read-only")

    monkeypatch.setattr(daily_counts, "_add", refuse)
    write()
    count("views", "a")
    monkeypatch.setattr(daily_counts, "_add", add)
    write()
    assert total("views", ["a"]) == {"a": 2}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("events", "seconds"), [(3, 1000), (1000, 0)])
def test_enough_counts_or_enough_time_write(monkeypatch, events, seconds):
    monkeypatch.setattr(daily_counts, "MOST", events)
    monkeypatch.setattr(daily_counts, "SECONDS", seconds)
    for _time in range(3):
        count("views", "a")
    assert total("views", ["a"]) == {"a": 3}


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_add_up():
    def go():
        for _time in range(5):
            daily_counts._add([(("views", "a", date(2026, 11, 24)), 2)])
        connection.close()

    threads = [threading.Thread(target=go) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert total("views", ["a"]) == {"a": 40}


def test_threads_that_count_and_write_at_once_lose_nothing(monkeypatch):
    written = Counter()
    monkeypatch.setattr(daily_counts, "_add", lambda rows: written.update(dict(rows)))
    monkeypatch.setattr(daily_counts.transaction, "atomic", nullcontext)

    def go():
        for number in range(2000):
            daily_counts.waiting.add(("views", str(number % 3), date(2026, 11, 24)), 1)
            if number % 7 == 0:
                write()

    threads = [threading.Thread(target=go) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    write()
    assert written.total() == 16_000


SERVED = """
import django

django.setup()
from portal.furniture.daily_counts import count


def application(environ, start_response):
    count("views", "a", 7)
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]
"""


@pytest.mark.network
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the server gets a file of its own")
def test_a_server_that_is_told_to_end_writes_what_waits(tmp_path, database_copies):
    database = tmp_path / "db.sqlite3"
    shutil.copyfile(database_copies.template, database)
    with served(tmp_path, SERVED, "--workers", "1", DATABASE_URL=f"sqlite:///{database}") as server:
        assert server.ask() == b"ok"
    with closing(sqlite3.connect(database)) as rows:
        assert rows.execute('SELECT name, subject, "count" FROM portal_dailycount').fetchall() == [("views", "a", 7)]


def test_the_end_of_a_server_process_writes():
    count("views", "a")
    runpy.run_path(str(ROOT / "bin/gunicorn.conf.py"))["worker_exit"](None, None)
    assert total("views", ["a"]) == {"a": 1}
