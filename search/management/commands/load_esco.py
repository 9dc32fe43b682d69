from django.core.management.base import BaseCommand, CommandError

from search.actions import load_concepts


class Command(BaseCommand):
    help = "Reads ESCO's occupations from a JSON file, so that a search in one language finds texts in another."

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *, file, **options):
        try:
            count = load_concepts(file)
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} occupations and groups read.")
