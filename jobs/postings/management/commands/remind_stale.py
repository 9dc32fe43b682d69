from django.core.management.base import BaseCommand

from jobs.postings import actions


class Command(BaseCommand):
    help = "Asks whether postings not confirmed for 60 days are open, and withdraws those not confirmed for 90."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    def handle(self, *, dry_run, **options):
        self.stdout.write(str(actions.remind_stale(dry_run=dry_run)))
