"""With SEARCH_URL the suite searches a real engine, which no rollback empties: each test starts with none of its texts.

In production the engine follows the database within seconds; here it follows before each search.
"""

import os

import pytest
from django.db import connection

from search.retrieval import engine

ADDRESS = os.environ.get("SEARCH_URL", "")


def is_the_suites():
    """Whether the engine of the environment is asked, and not one that a test set up for itself."""
    found = engine._configuration()
    return "INDEX_PREFIX" not in found and found.get("URL") == ADDRESS.split("+", 1)[1]


@pytest.fixture(autouse=True)
def followed_engine(monkeypatch):
    if not ADDRESS:
        return
    find, ask_for, seen = engine.find, engine.ask_for, set()

    def follow(kind, asked):
        # The copying is no part of what a page may ask of the database.
        counting, connection.force_debug_cursor = connection.force_debug_cursor, False
        if kind not in seen:
            asked.drop(kind)
            seen.add(kind)
        engine.catch_up(kind, asked)
        asked.refresh(kind)
        connection.force_debug_cursor = counting

    def find_in_what_is_there(request, asked, state=None):
        if is_the_suites():
            follow(request.kind, asked)
        return find(request, asked, state)

    def ask_others(kind):
        if not is_the_suites():
            ask_for(kind)

    engine.breaker.succeeded()
    monkeypatch.setattr(engine, "find", find_in_what_is_there)
    monkeypatch.setattr(engine, "ask_for", ask_others)
