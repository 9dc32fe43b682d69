from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.backup.archive import BackupFailed, stopped_by_signal
from portal.backup.saving import back_up


class Command(BaseCommand):
    help = "Writes the whole site, the database and every file, to one file that manage.py restore reads."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path, help="a .tar.gz; one of this name is replaced")

    def handle(self, *, file, **options):
        try:
            with stopped_by_signal():
                number, size = back_up(file)
        except BackupFailed as error:
            raise CommandError(f"No backup was written. {error}") from error
        self.stdout.write(f"{file}: the database and the files ({number}, {size / 1e6:.1f} MB)")
