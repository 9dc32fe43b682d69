"""The index in the database that the site uses."""

from django.db import connection

from search.models import SearchIndex
from search.storage.database import DatabaseStorage
from search.storage.postgresql import PostgresqlStorage
from search.storage.sqlite import SqliteStorage

STORAGES = {"sqlite": SqliteStorage, "postgresql": PostgresqlStorage}
_storages: dict[str, DatabaseStorage] = {}


def database_storage():
    """The storage of the configured database."""
    vendor = connection.vendor
    if vendor not in _storages:
        _storages[vendor] = STORAGES[vendor]()
    return _storages[vendor]


def read_columns():
    """Reads the columns of every index into this process: some seconds for a hundred thousand texts."""
    storage = database_storage()
    for state in SearchIndex.objects.order_by("pk"):
        storage.columns(state)
