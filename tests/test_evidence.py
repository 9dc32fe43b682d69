"""The short forms of what `make evidence` measures in full, and the list of processes run without Docker."""

import pytest
from django.db import connection

from tests.evidence import half_sent, kills, restart, soak
from tests.evidence.running import SQLite, binaries_of_postgresql, running, status_of
from tests.portal.gunicorns import served

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.network,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="each brings a database of its own"),
]


def test_everything_starts_and_a_mail_leaves_by_the_worker(tmp_path, database_copies):
    figures = kills.measure(tmp_path, is_full=False, template=database_copies.template)
    assert not list(kills.faults(figures))
    assert figures["mails that arrived"] >= 12
    assert figures["kills of the worker"] == 3


def test_half_sent_requests(tmp_path, database_copies):
    figures = half_sent.measure(tmp_path, is_full=False, template=database_copies.template)
    assert not list(half_sent.faults(figures))


def test_memory_does_not_grow(tmp_path, database_copies):
    figures = soak.measure(tmp_path, is_full=False, template=database_copies.template)
    assert not list(soak.faults(figures))


@pytest.mark.skipif(binaries_of_postgresql() is None, reason="PostgreSQL is not on this machine")
def test_restart_of_the_database(tmp_path):
    """Without tables: a page of ours is 503 anyway, and `/readyz` needs none."""
    database = restart.PostgreSQL()
    try:
        with served(
            tmp_path, "portal.wsgi:application", "--workers", "1", "--threads", "4", DATABASE_URL=database.url
        ) as site:
            site.ask("/readyz", within=60)
            get = lambda path: status_of(site.url + path)  # noqa: E731
            figures = restart.told(*restart.restarted(get, database, ["/readyz"] * 3, 1))
    finally:
        database.stop()
    assert not list(restart.faults(figures))


def test_what_the_list_names_is_running(tmp_path, database_copies):
    with running(tmp_path, SQLite(tmp_path, database_copies.template)) as site:
        assert set(site.processes) == {"web", "worker", "timed"}
        assert site.get("/readyz") == site.get("/tyopaikat/") == 200
