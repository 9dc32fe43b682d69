from django.core.management.base import BaseCommand, CommandError

from portal.privacy.erasing import erase


class Command(BaseCommand):
    help = "Deletes the account with this e-mail and what the service knows of the person. Statistics stay as they are."

    def add_arguments(self, parser):
        parser.add_argument("user", metavar="USER", help="the e-mail of the account")

    def handle(self, *, user, **options):
        if not erase(user):
            raise CommandError("There is no account with this e-mail.")
        self.stdout.write("The account is gone.")
