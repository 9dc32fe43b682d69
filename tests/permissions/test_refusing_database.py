"""Readers are served while the database refuses writes: reading a page writes nothing."""

import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from portal.furniture import daily_counts
from tests.accounts.factories import UserFactory, sign_in
from tests.guides.factories import published_guides
from tests.jobs.factories import ApplicationFactory, JobPostingFactory
from tests.organisations.factories import OrganisationFactory
from tests.permissions.matrix import all_rows

READ = ("SELECT", "WITH", "EXPLAIN", "PRAGMA", "(SELECT")


def refuse_writing(execute, sql, parameters, many, context):
    """A savepoint too: outside of a test it is the beginning of a transaction, which takes SQLite's lock."""
    if not sql.lstrip().upper().startswith(READ) or "FOR UPDATE" in sql.upper():
        raise OperationalError(f"attempt to write: {sql[:80]}")
    return execute(sql, parameters, many, context)


SHOWN = [
    pytest.param(row, marks=row.marks, id=str(row)) for row in all_rows() if row.get and 200 in set(row.get.values())
]


@pytest.mark.parametrize("row", SHOWN)
def test_page_is_read_by_all_who_may(row, world):
    address = row.address(world)
    may = [role for role, status in row.get.items() if status == 200]
    with transaction.atomic(), connection.execute_wrapper(refuse_writing):
        statuses = {role: world.clients[role].get(address).status_code for role in may}
        transaction.set_rollback(True)
    assert statuses == dict.fromkeys(may, 200)
