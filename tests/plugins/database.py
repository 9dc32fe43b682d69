"""One migrated database is kept for each state of the migrations; every test run works on a copy of it."""

import fcntl
import hashlib
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, models

from tests.plugins import OUR_LABELS, ROOT, WORKER, migration_files

CACHE = ROOT / ".cache"
# A test database need not survive a power cut.
UNSAFE_BUT_FAST = "PRAGMA synchronous=OFF;"


def fingerprint():
    """Changes whenever the tables of a fresh database would."""
    digest = hashlib.sha256()
    for path in migration_files():
        digest.update(path.read_bytes())
    digest.update((ROOT / "requirements/base.txt").read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def one_process_at_a_time(name):
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrate():
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()


def make_search_tables():
    """Tables that our apps make outside of migrations follow the code, not the migrations' fingerprint."""
    for label in OUR_LABELS:
        config = apps.get_app_config(label)
        models.signals.post_migrate.send(
            sender=config,
            app_config=config,
            verbosity=0,
            interactive=False,
            using="default",
            stdout=None,
            apps=apps,
            plan=[],
        )


def remember_content_types():
    """They are cached for the life of a process; so every test meets them cached, alone or after others."""
    for content_type in ContentType.objects.all():
        ContentType.objects._add_to_cache("default", content_type)


class SQLiteCopies:
    """Copies of a file in a folder of this test run."""

    def __init__(self, folder):
        self.template = CACHE / f"template-{fingerprint()}.sqlite3"
        self.copy = Path(folder) / "test.sqlite3"

    def use(self, path):
        connection.close()
        connection.settings_dict["NAME"] = str(path)

    def prepare(self):
        options = connection.settings_dict.setdefault("OPTIONS", {})
        options["init_command"] = options.get("init_command", "") + UNSAFE_BUT_FAST
        with one_process_at_a_time("template"):
            if not self.template.exists():
                for outdated in CACHE.glob("template-*.sqlite3*"):
                    outdated.unlink()
                unfinished = self.template.with_suffix(".unfinished")
                unfinished.unlink(missing_ok=True)
                self.use(unfinished)
                migrate()
                unfinished.rename(self.template)
        self.renew()

    def renew(self):
        self.use(self.copy)
        for suffix in ("-wal", "-shm"):
            Path(f"{self.copy}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self.template, self.copy)
        make_search_tables()
        remember_content_types()

    def remove(self):
        connection.close()


class PostgreSQLCopies:
    """Copies made by the server itself from a template database."""

    def __init__(self):
        self.template = f"template_{fingerprint()}"
        self.copy = f"test_{WORKER}_{os.getpid()}"

    def use(self, name):
        connection.close()
        connection.settings_dict["NAME"] = name

    def administer(self, statement):
        with connection._nodb_cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def prepare(self):
        with one_process_at_a_time("template-postgresql"):
            if not self.administer(f"SELECT 1 FROM pg_database WHERE datname = '{self.template}'"):
                self.administer(f"DROP DATABASE IF EXISTS {self.template}_unfinished")
                self.administer(f"CREATE DATABASE {self.template}_unfinished")
                self.use(f"{self.template}_unfinished")
                migrate()
                self.administer(f"ALTER DATABASE {self.template}_unfinished RENAME TO {self.template}")
        self.renew()

    def renew(self):
        self.remove()
        self.administer(f"CREATE DATABASE {self.copy} TEMPLATE {self.template} STRATEGY file_copy")
        self.use(self.copy)
        make_search_tables()
        remember_content_types()

    def remove(self):
        connection.close()
        self.administer(f"DROP DATABASE IF EXISTS {self.copy} WITH (FORCE)")


@pytest.fixture(scope="session")
def database_copies(tmp_path_factory):
    if connection.vendor == "sqlite":
        return SQLiteCopies(tmp_path_factory.mktemp("database"))
    return PostgreSQLCopies()


PREPARED: list = []  # the copies and the blocker, while there is a database


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, database_copies):
    with django_db_blocker.unblock():
        database_copies.prepare()
    PREPARED[:] = [database_copies, django_db_blocker]
    yield
    PREPARED.clear()
    with django_db_blocker.unblock():
        database_copies.remove()


def is_flushed(item):
    marker = item.get_closest_marker("django_db")
    return bool({"transactional_db", "live_server"} & set(item.fixturenames)) or bool(
        marker and (marker.kwargs.get("transaction") or (marker.args and marker.args[0]))
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """A test that really commits is followed by a flush, which takes Wagtail's root page and languages along.

    A hook, because a fixture's end might come before the flush."""
    outcome = yield
    if PREPARED and is_flushed(item):
        copies, blocker = PREPARED
        with blocker.unblock():
            copies.renew()
    return outcome
