"""What one test counted, and did not write, is nothing to the next."""

import pytest

from portal.furniture import daily_counts


@pytest.fixture(autouse=True)
def fresh_counts(monkeypatch):
    waiting = daily_counts.Waiting()
    waiting.is_written_at_exit = True  # the end of the test run has no database
    monkeypatch.setattr(daily_counts, "waiting", waiting)
    return waiting
