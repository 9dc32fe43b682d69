"""A site becomes what it was, but for those who have been erased since."""

import io
import sqlite3
import tarfile
from contextlib import contextmanager
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from portal.backup import archive, databases
from portal.backup.archive import Archive, BackupFailed, BackupRefused
from portal.backup.media import replace_files
from portal.backup.outlasting import Outlasting
from portal.models import Erasure, TimedWork
from portal.privacy import retention
from portal.privacy.erasing import erase_again


def read_backup(path):
    """The backup, fit to be restored here. Raises BackupRefused."""
    backup = Archive(path)
    manifest = backup.manifest
    if manifest.vendor != connection.vendor:
        raise BackupRefused(f"The backup is of {manifest.vendor}, this site's database is {connection.vendor}.")
    if newer := sorted(set(manifest.migrations) - _known_migrations()):
        raise BackupRefused(f"The backup is of a newer version: this one does not know {', '.join(newer)}.")
    if timezone.now() - manifest.created > Erasure.KEPT:
        raise BackupRefused("The backup is so old that nobody knows any more who has been erased since.")
    return backup


def _known_migrations():
    """Those of this version, and those that they have been squashed from."""
    on_disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    squashed = [key for migration in on_disk.values() for key in migration.replaces]
    return {f"{app}.{name}" for app, name in (*on_disk, *squashed)}


def restore(backup, say=lambda text: None):
    """Puts the backup in the place of the site; `say` is told of each step.

    Raises BackupRefused where nothing has been changed, BackupFailed where it has to be run again.
    """
    kept = Path(f"{backup.path}.kept")
    with _told_as(BackupRefused):
        outlasting = _replace_database(backup, kept)
    say("The database is back.")
    with _told_as(BackupFailed):
        say(f"Files: {replace_files(backup.each_media_file())}.")
        _bring_up_to_date(outlasting, say)
        kept.unlink()
    _rebuild_index(say)


@contextmanager
def _told_as(failure):
    try:
        yield
    except (BackupFailed, OSError, tarfile.TarError, sqlite3.Error, Error, CommandError) as error:
        raise failure(str(error)) from error


def _replace_database(backup, kept):
    """Gives what outlasts the restore: it lies in the file `kept` before the first row changes."""
    broke_off = kept.exists()
    with archive.unfinished(backup.path) as folder:
        backup.extract_database(folder / archive.DATABASE)
        databases.check(folder / archive.DATABASE)
        outlasting = Outlasting.read(kept)
        outlasting.write(kept)
        try:
            databases.load(folder / archive.DATABASE)
        except Exception:
            if not broke_off:
                kept.unlink()
            raise
    return outlasting


def _bring_up_to_date(outlasting, say):
    """Tables of today, nobody who has been erased, nothing over its date, nobody signed in, all timed work due."""
    call_command("migrate", interactive=False, verbosity=0)
    ContentType.objects.clear_cache()
    Session.objects.all().delete()
    outlasting.bring_back()
    say(f"Erased again: {erase_again()}.")
    say(f"Over their date: {sum(retention.purge().values())}.")
    TimedWork.objects.update(done_at=None)


def _rebuild_index(say):
    """By its command: the search lies above this app. A new generation makes an engine forget what it had."""
    try:
        call_command("reindex", stdout=io.StringIO())
    except CommandError as error:
        say(f"{error} manage.py run_due brings it up to date when the engine is back.")
    else:
        say("The search index is rebuilt.")
