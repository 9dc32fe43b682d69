import json
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.site import canary as canaries
from portal.site import people
from portal.site.demonstration import multiply, write_demonstration
from portal.site.set_up import set_up_everything

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
        if not (may_show_staff() or even_in_production):
            raise CommandError("This is a public site. If it may show invented jobs, add --even-in-production.")
        if canary and not is_on_loopback():
            raise CommandError("Ready sessions are made on this machine alone: PUBLIC_URL is not on loopback.")
        with transaction.atomic():
            set_up_everything()
            write_demonstration()
            made = multiply(scale)
            report = canaries.write() if canary else None
            if not may_show_staff():
                people.lock_staff()
        if report:
            # Whoever reads the file is signed in as everybody.
            Path(canary).touch(mode=0o600)
            Path(canary).write_text(json.dumps(report, indent=2), encoding="utf-8")
        if "reindex" in get_commands():
            call_command("reindex", stdout=self.stdout if scale else StringIO())
        self.tell_accounts()
        if scale:
            self.stdout.write(f"\n  {made} generated jobs were added.")

    def tell_accounts(self):
        mail = f"is a mail at {settings.PUBLIC_URL}/outbox/" if settings.SHOW_OUTBOX else "comes by mail"
        code = getattr(settings, "MFA_TOTP_INSECURE_BYPASS_CODE", "") if settings.DEBUG else ""
        self.stdout.write(f"  Demonstration accounts. Nobody has a password: the code for sign-in {mail}.")
        self.stdout.write(
            f"  Staff are asked for a second code: {code or 'from an authenticator app with the key below'}."
        )
        self.stdout.write("")
        for person in people.PEOPLE:
            key = people.key_of(person) if not code and is_on_loopback() else ""
            self.stdout.write(f"    {person.role:<38} {person.email:<40} {key}".rstrip())


def is_on_loopback():
    return urlsplit(settings.PUBLIC_URL).hostname in LOOPBACK


def may_show_staff():
    """Whether this is a developer's own machine, where invented people may sign in as staff."""
    return settings.DEBUG or is_on_loopback()
