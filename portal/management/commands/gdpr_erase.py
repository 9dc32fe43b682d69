from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal import retention


class Command(BaseCommand):
    help = "Deletes the account with this e-mail and what the service knows of the person. Statistics stay as they are."

    def add_arguments(self, parser):
        parser.add_argument("user", metavar="USER", help="the e-mail of the account")

    @transaction.atomic
    def handle(self, *, user, **options):
        person = get_user_model().objects.select_for_update().filter(email__iexact=user).first()
        if person is None:
            raise CommandError("There is no account with this e-mail.")
        for share in retention.SHARES.values():
            if share.erase:
                share.erase(person)
        person.delete()
        self.stdout.write("The account is gone.")
