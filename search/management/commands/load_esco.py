from django.core.management.base import BaseCommand, CommandError

from search.actions import ESCO, load_concepts


class Command(BaseCommand):
    help = "Reads ESCO's occupations, so that a search in one language finds texts in another. Harmless again."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", nargs="?", default=ESCO, help=".json or .json.xz; without it, the file that comes with the site"
        )

    def handle(self, *, file, **options):
        try:
            loaded = load_concepts(file)
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        done = "read" if loaded.is_written else "were there already; nothing was written"
        self.stdout.write(f"{loaded.number} occupations and groups {done}.")
