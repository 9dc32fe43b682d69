from django.core.management.base import BaseCommand, CommandError

from portal.schedule import timed_work


class Command(BaseCommand):
    help = (
        "Does whatever is due: waiting mail, deadlines, reminders, deletions. One cron line runs it every few minutes."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what there is, and do nothing")

    def handle(self, *, dry_run, **options):
        if dry_run:
            for work in timed_work.WORKS:
                self.stdout.write(f"{work.name}: {work.every}")
            return
        failed = []
        for name, result, error in timed_work.run_due():
            self.stdout.write(f"{name}: {'failed' if error else result}")
            if error:
                failed.append(name)
        if failed:
            raise CommandError(f"Not done: {', '.join(failed)}")
