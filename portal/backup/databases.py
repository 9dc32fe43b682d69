"""The whole database to a file and back, by the tools of each kind of database."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path

from django.db import connection

from portal.backup.archive import BackupFailed, BackupRefused

SECONDS_FOR_LOCKS = 30


def dump(path, *, empty):
    """A consistent copy, while the site runs, with nothing in the tables that are to be `empty`."""
    (_dump_sqlite if connection.vendor == "sqlite" else _dump_postgresql)(path, empty)


def check(path):
    """Raises BackupRefused for a file that this database's tools cannot read."""
    (_check_sqlite if connection.vendor == "sqlite" else _check_postgresql)(path)


def load(path):
    """Puts the copy in the place of the database, all of it or nothing."""
    connection.close()
    (_load_sqlite if connection.vendor == "sqlite" else _load_postgresql)(path)


# SQLite


def _dump_sqlite(path, empty):
    connection.ensure_connection()  # a new file gets its settings
    _copy_sqlite(connection.settings_dict["NAME"], path)
    path.chmod(0o600)
    _empty(path, empty)
    if (faults := _faults(path)) != "ok":
        raise BackupFailed(f"The database is damaged: {faults}")


def _copy_sqlite(source, target):
    """In one step, so that a running site may write to the source and nobody sees half a target."""
    until = time.monotonic() + SECONDS_FOR_LOCKS

    def give_up(status, remaining, total):
        """Without it SQLite would wait for a lock for ever."""
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and time.monotonic() > until:
            raise BackupFailed("Somebody else holds the database: stop the server and the workers first.")

    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=0)) as new:
        old.backup(new, progress=give_up, sleep=0.2)


def _empty(path, tables):
    """Rewrites the file, too: the copy has whatever the source once deleted in its unused pages."""
    with closing(sqlite3.connect(path)) as copy:
        for table in tables:
            copy.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608
        copy.commit()
        copy.execute("VACUUM")


def _faults(path):
    with closing(sqlite3.connect(path)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        return copy.execute("PRAGMA quick_check(1)").fetchone()[0]


def _check_sqlite(path):
    try:
        faults = _faults(path)
    except sqlite3.Error as error:
        faults = str(error)
    if faults != "ok":
        raise BackupRefused(f"The backup's database is damaged: {faults}")


def _load_sqlite(path):
    _copy_sqlite(path, connection.settings_dict["NAME"])


# PostgreSQL

# Tables that the backup does not know, of later migrations, would be in the way; extensions stay.
EMPTY_SCHEMA = """
DO $$
DECLARE relation record;
BEGIN
  FOR relation IN
    SELECT format('%I.%I', current_schema(), c.relname) AS name,
      CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS sort
    FROM pg_class c
    WHERE c.relnamespace = quote_ident(current_schema())::regnamespace AND c.relkind IN ('r', 'p', 'S')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('e', 'i', 'a'))
  LOOP
    EXECUTE format('DROP %s IF EXISTS %s CASCADE', relation.sort, relation.name);
  END LOOP;
END $$;
"""
PLAIN = ("--no-owner", "--no-privileges", "--no-comments")
OPTIONS = f"-c lock_timeout={SECONDS_FOR_LOCKS}s -c statement_timeout=0 -c client_min_messages=warning"
# Written by newer programs, and unknown to older servers.
NEWER_SETTING = b"SET transaction_timeout = 0;"


def _dump_postgresql(path, empty):
    without = [f"--exclude-table-data={table}" for table in empty]
    _run("pg_dump", "--format=custom", *PLAIN, *without, f"--file={path}", connects=True)


def _check_postgresql(path):
    _program("psql")
    try:
        _run("pg_restore", f"--file={os.devnull}", path)
    except BackupFailed as error:
        raise BackupRefused(f"The backup's database cannot be read. {error}") from error


def _load_postgresql(path):
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        empty, full = Path(folder) / "empty.sql", Path(folder) / "full.sql"
        empty.write_text(EMPTY_SCHEMA)
        # To a file first: psql would take the output of a program that broke off for the whole.
        _run("pg_restore", *PLAIN, f"--file={full}", path)
        _leave_out_newer_setting(full)
        quietly = ("--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1")
        _run("psql", *quietly, "--single-transaction", f"--file={empty}", f"--file={full}", connects=True)


def _leave_out_newer_setting(path):
    with path.open("r+b") as file:
        at = file.read(4096).find(NEWER_SETTING)
        if at >= 0:
            file.seek(at)
            file.write(b" " * len(NEWER_SETTING))


def _program(name):
    if not (program := shutil.which(name)):
        raise BackupFailed(f"{name} is not on this machine: install Debian's package postgresql-client.")
    return program


def _run(name, *arguments, connects=False):
    """Runs one of PostgreSQL's programs, for our database if it `connects`; raises BackupFailed with what it says."""
    from django.db.backends.postgresql.client import DatabaseClient

    where, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    limits = {"PGOPTIONS": OPTIONS, "PGCONNECT_TIMEOUT": "10"}
    command = [_program(name), *arguments, *(["--no-password", *where[1:]] if connects else [])]
    finished = subprocess.run(  # noqa: S603
        command, env={**os.environ, **limits, **(environment or {})}, capture_output=True, text=True, check=False
    )
    if finished.returncode:
        raise BackupFailed(f"{name} failed: {finished.stderr.strip()[-1000:]}")
