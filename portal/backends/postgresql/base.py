"""PostgreSQL that never keeps a person waiting: who does not answer in time counts as away.

The server's own limits (`statement_timeout`) hold while it is alive. A server that is stopped, or behind a broken net,
answers nothing at all, and only the client's clock can tell.
"""

from types import SimpleNamespace

import psycopg
from django.db.backends.postgresql import base
from psycopg.errors import _WaitTimeout

PATIENCE = 4.8  # seconds for a statement; the server's own limit is five
PATIENCE_WITH_OLD_CONNECTION = 1.0  # seconds to answer whether a kept connection still works


class PatientConnection(psycopg.Connection):
    patience = PATIENCE

    def wait(self, gen, interval=0.1, timeout=None):
        try:
            return super().wait(gen, interval=interval, timeout=self.patience if timeout is None else timeout)
        except _WaitTimeout as error:
            self.pgconn.finish()
            raise psycopg.OperationalError("the database did not answer in time") from error


class DatabaseWrapper(base.DatabaseWrapper):
    Database = SimpleNamespace(**(vars(psycopg) | {"connect": PatientConnection.connect}))  # type: ignore[assignment]

    def is_usable(self):
        if self.connection is None:
            return False
        self.connection.patience = PATIENCE_WITH_OLD_CONNECTION
        try:
            return super().is_usable()
        finally:
            self.connection.patience = PATIENCE
