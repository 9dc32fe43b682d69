"""A whole site in one file."""

import sqlite3
import tarfile

from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import Error, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from portal.backup import archive, databases
from portal.backup.archive import BackupFailed
from portal.backup.media import names_in_storage
from portal.models import MailSecrets

# What opens something by itself: who signed in, and the links of mail that waits.
OPENING = (Session, MailSecrets)


def back_up(path):
    """Writes the backup; gives the number of files and their bytes. Raises BackupFailed and then leaves nothing."""
    try:
        with archive.unfinished(path) as folder:
            databases.dump(folder / archive.DATABASE, empty=[model._meta.db_table for model in OPENING])
            with archive.writing(folder / "unfinished.tar.gz") as target:
                archive.add_manifest(target, _manifest())
                archive.add_database(target, folder / archive.DATABASE)
                sizes = list(_add_media(target))
            archive.put_in_place(folder / "unfinished.tar.gz", path)
    except (OSError, tarfile.TarError, sqlite3.Error, Error) as error:
        raise BackupFailed(str(error)) from error
    return len(sizes), sum(sizes)


def _manifest():
    seen = MigrationRecorder(connection).applied_migrations()
    return archive.Manifest(
        vendor=connection.vendor,
        created_at=timezone.now().isoformat(),
        migrations=sorted(f"{app}.{name}" for app, name in seen),
    )


def _add_media(target):
    """After the database: no row of it lacks its file. One that was deleted in the meantime is left out."""
    for name in names_in_storage():
        try:
            file = default_storage.open(name)
        except FileNotFoundError:
            continue
        with file:
            yield archive.add_media(target, name, file)
