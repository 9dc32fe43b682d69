"""A test's work is rolled back and `on_commit` never fires: here it does, where production would commit."""

import pytest
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper


def run_hooks(connection):
    """Run what waits for the commit once only the test's own transaction is left around it."""
    while connection.run_on_commit and not connection.needs_rollback:
        _savepoints, hook, robust = connection.run_on_commit.pop(0)
        try:
            hook()
        except Exception:
            if not robust:
                raise


def only_the_test_is_around(connection):
    blocks = connection.atomic_blocks
    return bool(blocks) and all(block._from_testcase for block in blocks)


@pytest.fixture(autouse=True, scope="session")
def commit_hooks():
    leave_block, wait_for_commit = transaction.Atomic.__exit__, BaseDatabaseWrapper.on_commit

    def leave(block, exc_type, exc_value, traceback):
        leave_block(block, exc_type, exc_value, traceback)
        connection = transaction.get_connection(block.using)
        if exc_type is None and not block._from_testcase and only_the_test_is_around(connection):
            run_hooks(connection)

    def wait(connection, hook, robust=False):
        wait_for_commit(connection, hook, robust)
        if only_the_test_is_around(connection):
            run_hooks(connection)

    patch = pytest.MonkeyPatch()
    patch.setattr(transaction.Atomic, "__exit__", leave)
    patch.setattr(BaseDatabaseWrapper, "on_commit", wait)
    yield
    patch.undo()
