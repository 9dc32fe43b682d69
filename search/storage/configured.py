"""The index in the database that the site uses."""

from django.db import connection

from search.caches import ProcessCache
from search.models import SearchIndex
from search.storage.database import DatabaseStorage
from search.storage.postgresql import PostgresqlStorage
from search.storage.sqlite import SqliteStorage

STORAGES = {"sqlite": SqliteStorage, "postgresql": PostgresqlStorage}
_storages: ProcessCache[DatabaseStorage] = ProcessCache()


def database_storage() -> DatabaseStorage:
    """The storage of the configured database."""
    return _storages.get(connection.vendor, STORAGES[connection.vendor])


def read_columns() -> None:
    """Reads the columns of every index into this process: some seconds for a hundred thousand texts."""
    storage = database_storage()
    for state in SearchIndex.objects.order_by("pk"):
        storage.columns(state)
