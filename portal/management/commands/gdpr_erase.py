from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.privacy.erasing import Outcome, erase
from portal.privacy.traces import Person


class Command(BaseCommand):
    help = (
        "Deletes the account with this e-mail and what is the person's own, with or without an account, and lists the"
        " fields in which the person still stands, for staff to decide. Statistics stay as they are."
    )

    def add_arguments(self, parser):
        parser.add_argument("user", metavar="USER", nargs="?", default="", help="the person's e-mail")
        parser.add_argument("--name", default="", help="the full name, to find the person without an account")
        parser.add_argument("--phone", default="", help="the phone number, in any spelling")
        parser.add_argument("--dry-run", action="store_true", help="tell what would go and what would be left")

    def handle(self, *, user, name, phone, dry_run, **options):
        if not (user or name or phone):
            raise CommandError("Say whom: an e-mail, --name or --phone.")
        with transaction.atomic():
            outcome = erase(Person(user.strip(), name.strip(), phone.strip()))
            transaction.set_rollback(dry_run)
        if outcome.is_unknown:
            raise CommandError("The service knows nobody like this.")
        self.tell(outcome, "would go" if dry_run else "gone")

    def tell(self, outcome: Outcome, gone: str) -> None:
        """Numbers of rows and addresses; nothing that names the person."""
        if outcome.had_account:
            self.stdout.write(f"The account: {gone}.")
        for name, count in outcome.rows.items():
            self.stdout.write(f"{name}: {count} {gone}.")
        if outcome.left:
            self.stdout.write("For staff to decide, because it may be somebody else's or is still in use:")
        for trace in outcome.left:
            self.stdout.write(f"  {trace.kind} {trace.number}, {trace.field}: {settings.PUBLIC_URL}{trace.address}")
