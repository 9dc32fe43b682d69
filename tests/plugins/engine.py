"""With SEARCH_URL the suite searches a real engine, which no rollback empties: each test starts with none of its texts.

Each process of the suite has indexes of its own. In production the engine follows the database within seconds; here it
follows before each search.
"""

import os
from contextlib import suppress

import pytest
from django.conf import settings
from django.db import Error, connection

from search.engine import configured, searching, tasks
from search.engine.replication import replicate
from search.engine.waiting import breaker
from tests.plugins import WORKER

ADDRESS = os.environ.get("SEARCH_URL", "")
PREFIX = f"suite-{WORKER}"


def is_the_suites():
    """Whether the engine of the environment is asked, and not one that a test set up for itself."""
    engine = configured.configuration()
    return engine.get("INDEX_PREFIX") == PREFIX


@pytest.fixture(autouse=True)
def followed_engine(monkeypatch):
    if not ADDRESS:
        return
    find, seen = searching.find, set()

    def follow(kind, asked):
        # The copying is no part of what a page may ask of the database.
        counting, connection.force_debug_cursor = connection.force_debug_cursor, False
        if kind not in seen:
            asked.drop(kind)
            seen.add(kind)
        # A database that refuses writes has nothing new, and cannot be told how far the engine has come.
        with suppress(Error):
            replicate(kind, asked)
        asked.refresh(kind)
        connection.force_debug_cursor = counting

    def find_in_what_is_there(request, asked, state=None):
        if is_the_suites():
            follow(request.kind, asked)
        return find(request, asked, state)

    breaker.succeeded()
    monkeypatch.setitem(settings.WAGTAILSEARCH_BACKENDS["default"], "INDEX_PREFIX", PREFIX)
    monkeypatch.setattr(searching, "find", find_in_what_is_there)
    monkeypatch.setattr(tasks, "is_configured", lambda: configured.is_configured() and not is_the_suites())
