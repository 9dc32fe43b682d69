"""The index in the database that the site uses."""

from django.db import connection

from search.models import SearchIndex
from search.storage.database import DatabaseStore
from search.storage.postgresql import PostgresqlStore
from search.storage.sqlite import SqliteStore

STORES = {"sqlite": SqliteStore, "postgresql": PostgresqlStore}
_stores: dict[str, DatabaseStore] = {}


def database_store():
    """The store of the configured database."""
    vendor = connection.vendor
    if vendor not in _stores:
        _stores[vendor] = STORES[vendor]()
    return _stores[vendor]


def read_columns():
    """Reads the columns of every index into this process: some seconds for a hundred thousand texts."""
    store = database_store()
    for state in SearchIndex.objects.order_by("pk"):
        store.columns(state)
