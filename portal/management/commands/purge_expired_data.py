from django.core.management.base import BaseCommand

from portal.privacy import retention


class Command(BaseCommand):
    help = "Deletes personal data that are over their date, by the rules in docs/data-retention.md."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="count, and delete nothing")

    def handle(self, *, dry_run, **options):
        for name, count in retention.purge(dry_run=dry_run).items():
            self.stdout.write(f"{name}: {count}")
