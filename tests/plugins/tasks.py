"""A background task that fails fails the test: with tasks run at once, the queue only logs the error."""

import logging

import pytest


class Collector(logging.Handler):
    def __init__(self, records):
        super().__init__(level=logging.ERROR)
        self.records = records

    def emit(self, record):
        self.records.append(record.getMessage())


@pytest.fixture(autouse=True)
def failed_tasks():
    """The errors that tasks logged. A test that provokes one asks for this fixture and clears the list."""
    records: list[str] = []
    logger, handler = logging.getLogger("django_tasks"), Collector(records)
    logger.addHandler(handler)
    yield records
    logger.removeHandler(handler)
    assert not records, f"background tasks failed: {records}"
