import json
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import Site

from guides.demonstration import writing as guides
from jobs.demonstration import applications, organisations, people, postings
from jobs.demonstration import canary as canaries
from jobs.demonstration.scale import multiply
from jobs.management.commands.setup_site import set_up_everything
from portal.models import PortalSettings

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Command(BaseCommand):
    help = "Fills the site with demonstration content: invented associations, jobs, applications, guides and accounts."

    def add_arguments(self, parser):
        parser.add_argument("--scale", type=int, default=0, metavar="N", help="and N generated jobs, always the same")
        parser.add_argument("--canary", metavar="FILE", help="mark what is secret and write who may see it to FILE")
        parser.add_argument(
            "--even-in-production", action="store_true", help="write invented content into a public site"
        )

    def handle(self, *args, scale=0, canary=None, even_in_production=False, **options):
        if not (settings.DEBUG or is_on_loopback() or even_in_production):
            raise CommandError("This is a public site. If it may show invented jobs, add --even-in-production.")
        if canary and not is_on_loopback():
            raise CommandError("Ready sessions are made on this machine alone: PUBLIC_URL is not on loopback.")
        with transaction.atomic():
            set_up_everything()
            write_demonstration()
            made = multiply(scale)
            report = canaries.write() if canary else None
        if report:
            # Whoever reads the file is signed in as everybody.
            Path(canary).touch(mode=0o600)
            Path(canary).write_text(json.dumps(report, indent=2), encoding="utf-8")
        if "reindex" in get_commands():
            call_command("reindex", verbosity=0, stdout=self.stdout)
        self.tell_accounts()
        if scale:
            self.stdout.write(f"\n  {made} generated jobs were added.")

    def tell_accounts(self):
        self.stdout.write("  Demonstration accounts. Nobody has a password: the code for sign-in is a mail, to be read")
        self.stdout.write(f"  at {settings.PUBLIC_URL}/outbox/. Staff are asked for a second code: {second_code()}.")
        self.stdout.write("")
        for person in people.PEOPLE:
            self.stdout.write(f"    {person.role:<38} {person.email}")


def is_on_loopback():
    return urlsplit(settings.PUBLIC_URL).hostname in LOOPBACK


def second_code():
    code = getattr(settings, "MFA_TOTP_INSECURE_BYPASS_CODE", "")
    return code if settings.DEBUG and code else "their authenticator app's"


def write_demonstration():
    organisations.write()
    accounts = people.write()
    organisations.invite_administrators()
    postings.write(accounts[people.MODERATOR])
    applications.write()
    guides.write()
    describe_project()


def describe_project():
    portal_settings = PortalSettings.for_site(Site.objects.get(is_default_site=True))
    portal_settings.is_demonstration = True
    portal_settings.project_name = portal_settings.project_name or (
        "Järjestötyöllistäminen työllisyyden ekosysteemissä (ESR+)"
    )
    portal_settings.project_period = portal_settings.project_period or "Pohjois-Karjala 2024–2026"
    portal_settings.help_phone = portal_settings.help_phone or "013 000 0000"
    portal_settings.help_hours = portal_settings.help_hours or "arkisin klo 9–15"
    portal_settings.save()
