import json

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder

from portal.privacy import shares


class Command(BaseCommand):
    help = "Prints as JSON everything that the service knows of the person with this e-mail."

    def add_arguments(self, parser):
        parser.add_argument("user", metavar="USER", help="the e-mail of the account")

    def handle(self, *, user, **options):
        person = get_user_model().objects.filter(email__iexact=user).first()
        if person is None:
            raise CommandError("There is no account with this e-mail.")
        self.stdout.write(json.dumps(shares.export(person), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
