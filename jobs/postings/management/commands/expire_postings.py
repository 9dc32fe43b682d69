from django.core.management.base import BaseCommand

from jobs.postings import actions


class Command(BaseCommand):
    help = "Closes the postings whose time to apply is over, and archives those that closed 90 days ago."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    def handle(self, *, dry_run, **options):
        self.stdout.write(str(actions.expire_postings(dry_run=dry_run)))
