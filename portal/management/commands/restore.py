import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.backup.archive import BackupFailed, BackupRefused, stopped_by_signal
from portal.backup.restore import read_backup, restore


class Command(BaseCommand):
    help = "Puts a backup in the place of the whole site. Whoever has been erased since stays erased."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path, help="what manage.py backup has written")
        parser.add_argument("--yes", action="store_true", help="do not ask before everything is replaced")

    def handle(self, *, file, yes, **options):
        try:
            backup = read_backup(file)
            if not yes:
                self._ask(backup)
            with stopped_by_signal():
                restore(backup, self.stdout.write)
        except BackupRefused as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        except BackupFailed as error:
            raise CommandError(f"The restore is not whole. Run it again with this file. {error}") from error

    def _ask(self, backup):
        if not sys.stdin.isatty():
            raise BackupRefused("Everything in this site would be replaced; say --yes.")
        question = f"Replace everything in this site with its state of {backup.manifest.created:%Y-%m-%d %H:%M %Z}? "
        if input(f"{question}Write yes: ").strip().lower() != "yes":
            raise BackupRefused("You did not write yes.")
