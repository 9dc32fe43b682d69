import logging

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from accounts import installation as accounts
from guides import installation as guides
from jobs import installation as jobs
from organisations import installation as organisations
from portal import site as portal


class Command(BaseCommand):
    help = "Makes what an empty site needs: pages, groups, workflow, municipalities, first superuser. Harmless again."

    def add_arguments(self, parser):
        parser.add_argument("--email", help="address of the first superuser, who signs in with a code by mail")
        parser.add_argument("--noinput", "--no-input", action="store_false", dest="interactive")

    def handle(self, *args, email=None, interactive=True, **options):
        with transaction.atomic():
            set_up_everything()
        if email is None and interactive and not accounts.has_superuser():
            email = input("E-mail address of the first superuser (empty: none): ").strip()
        if email:
            self.make_superuser(email)
        self.stdout.write("The site has what it needs.")

    def make_superuser(self, email):
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} is not an e-mail address.") from error
        user = accounts.set_up_superuser(email)
        if not user.is_superuser:
            raise CommandError(f"{email} belongs to somebody who is not a superuser; nothing was changed.")
        self.stdout.write(f"{user.email} signs in with a code by mail and adds a second factor then.")


def set_up_everything():
    # They tell of every page that is made.
    for name in ["wagtail", "django_tasks"]:
        logging.getLogger(name).setLevel(logging.WARNING)
    organisations.set_up()
    jobs.set_up()
    portal.set_up()
    guides.set_up(jobs.moderators())
