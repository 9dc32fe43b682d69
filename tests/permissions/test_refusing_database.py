"""Readers are served while the database refuses writes: no page that somebody may read writes anything."""

import pytest
from django.db import OperationalError, connection, transaction

from tests.permissions.matrix import all_rows

# A page that makes a secret keeps it.
MAKING = {"mfa_activate_totp", "mfa_add_webauthn"}
READ = ("SELECT", "WITH", "EXPLAIN", "PRAGMA", "(SELECT")


def refuse_writing(execute, sql, parameters, many, context):
    """A savepoint too: outside of a test it is the beginning of a transaction, which takes SQLite's lock."""
    if not sql.lstrip().upper().startswith(READ) or "FOR UPDATE" in sql.upper():
        raise OperationalError(f"attempt to write: {sql[:80]}")
    return execute(sql, parameters, many, context)


SHOWN = [
    pytest.param(row, marks=row.marks, id=str(row))
    for row in all_rows()
    if row.get and 200 in set(row.get.values()) and row.name not in MAKING
]


@pytest.mark.parametrize("row", SHOWN)
def test_page_is_read_by_all_who_may(row, world):
    address = row.address(world)
    may = [role for role, status in row.get.items() if status == 200]
    with transaction.atomic(), connection.execute_wrapper(refuse_writing):
        statuses = {role: world.clients[role].get(address).status_code for role in may}
        transaction.set_rollback(True)
    assert statuses == dict.fromkeys(may, 200)
