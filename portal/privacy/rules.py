"""How long accounts, mail, sessions and counters are kept. Accounts lie below this app, so their rules stand here."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Revision
from wagtail.users.models import UserProfile

from accounts.models import User
from portal.mail import secrets
from portal.models import AttemptCounter, Erasure, MailSecrets, OutgoingMail
from portal.privacy import retention, shares, traces
from portal.privacy.retention import RetentionRule, delete_rows
from portal.privacy.shares import Share
from portal.privacy.traces import Person, Trace, Tracer, look_through, page_of

UNCONFIRMED = timedelta(days=7)
UNUSED = timedelta(days=730)
MAIL_DAYS = 30
FINISHED_TASKS = timedelta(days=7)


def unconfirmed_accounts() -> QuerySet[User]:
    """Made, and the code from mail never written."""
    made_before = timezone.now() - UNCONFIRMED
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    return User.objects.filter(date_joined__lt=made_before, last_login=None).exclude(pk__in=confirmed)


def unused_accounts() -> QuerySet[User]:
    """Nobody has signed in for two years, and no organisation and no role is left that needs the account."""
    used_before = timezone.now() - UNUSED
    accounts = User.objects.filter(is_staff=False, is_superuser=False, groups=None, memberships=None)
    never = accounts.filter(last_login=None, date_joined__lt=used_before)
    return never | accounts.filter(last_login__lt=used_before)


def _delete_one_by_one(accounts: QuerySet[User], dry_run: bool) -> int:
    rows = list(accounts.distinct())
    if not dry_run:
        for account in rows:
            account.delete()
    return len(rows)


def delete_accounts(dry_run: bool) -> int:
    return _delete_one_by_one(unconfirmed_accounts(), dry_run) + _delete_one_by_one(unused_accounts(), dry_run)


def delete_addresses(dry_run: bool) -> int:
    """Second addresses that were never confirmed."""
    stale = EmailAddress.objects.filter(
        verified=False, primary=False, user__date_joined__lt=timezone.now() - UNCONFIRMED
    )
    return delete_rows(stale, dry_run)


def delete_mail(dry_run: bool) -> int:
    return delete_rows(OutgoingMail.objects.expired(MAIL_DAYS), dry_run)


def delete_mail_secrets(dry_run: bool) -> int:
    return delete_rows(MailSecrets.objects.expired(), dry_run)


def delete_counters(dry_run: bool) -> int:
    return delete_rows(AttemptCounter.objects.expired(), dry_run)


def delete_sessions(dry_run: bool) -> int:
    return delete_rows(Session.objects.filter(expire_date__lt=timezone.now()), dry_run)


def delete_erasures(dry_run: bool) -> int:
    return delete_rows(Erasure.objects.expired(), dry_run)


def delete_tasks(dry_run: bool) -> int:
    return delete_rows(DBTaskResult.objects.filter(finished_at__lt=timezone.now() - FINISHED_TASKS), dry_run)


RULES = [
    RetentionRule(
        name="accounts: account",
        model="accounts.User",
        fields=("email", "name", "password"),
        kept="while the person uses it; 7 days if the address was never confirmed; 2 years after the last sign-in "
        "if the person belongs to no organisation and has no role",
        delete=delete_accounts,
    ),
    RetentionRule(
        name="accounts: address",
        model="account.EmailAddress",
        fields=("email", "user"),
        kept="with the account; one that was never confirmed 7 days",
        delete=delete_addresses,
    ),
    RetentionRule(
        name="accounts: second factor",
        model="mfa.Authenticator",
        fields=("user", "data"),
        kept="with the account, or until the person removes it; secrets are encrypted",
    ),
    RetentionRule(
        name="accounts: session",
        model="sessions.Session",
        fields=("session_key", "session_data"),
        kept="2 days after the last step; 14 days after a sign-in, or until sign-out; of staff half an hour after the "
        "last step, 12 hours after the sign-in",
        delete=delete_sessions,
    ),
    RetentionRule(
        name="accounts: choices in the admin",
        model="wagtailusers.UserProfile",
        fields=("user", "avatar", "preferred_language"),
        kept="with the account",
    ),
    RetentionRule(
        name="portal: mail",
        model="portal.OutgoingMail",
        fields=("message_id", "key", "recipient", "subject", "text", "html", "error"),
        kept="30 days after it was written; one that still waits, until it is sent or given up",
        delete=delete_mail,
    ),
    RetentionRule(
        name="portal: links and codes of a mail",
        model="portal.MailSecrets",
        fields=("message_id", "values"),
        kept="until the mail is sent; of one that could not be sent, 14 days; they stand in no backup",
        delete=delete_mail_secrets,
    ),
    RetentionRule(
        name="portal: counted tries",
        model="portal.AttemptCounter",
        fields=("key",),
        kept="until the next day after their time, which is a day or less; the key is a digest and names nobody",
        delete=delete_counters,
    ),
    RetentionRule(
        name="portal: erasure",
        model="portal.Erasure",
        fields=("account", "joined_at", "erased_at"),
        kept="3 years, as long as a backup may be restored; the number of an account that is gone and two times",
        delete=delete_erasures,
    ),
    RetentionRule(
        name="portal: finished background work",
        model="django_tasks_database.DBTaskResult",
        fields=("args_kwargs", "return_value", "traceback"),
        kept="7 days; it names rows by number only",
        delete=delete_tasks,
    ),
]


def export_account(user: User) -> dict[str, Any]:
    factors = Authenticator.objects.filter(user=user).order_by("pk")
    return {
        "email": user.email,
        "name": user.name,
        "language": user.language,
        "date_joined": user.date_joined,
        "last_login": user.last_login,
        "groups": [group.name for group in user.groups.order_by("name")],
        "second_factors": list(factors.values("type", "created_at", "last_used_at")),
    }


def export_mail(user: User) -> list[Mapping[str, Any]]:
    letters = OutgoingMail.objects.filter(recipient__iexact=user.email).order_by("created_at", "pk")
    rows = letters.values("created_at", "sent_at", "subject", "text")
    return [
        {name: secrets.hidden(value) if isinstance(value, str) else value for name, value in row.items()}
        for row in rows
    ]


def erase_by_address(person: Person) -> int:
    """Mail to the person, whatever became of it."""
    if not person.email:
        return 0
    return delete_rows(OutgoingMail.objects.filter(recipient__iexact=person.email), dry_run=False)


def look_for(person: Person) -> Iterator[Trace]:
    """Accounts of the same name; pages, and earlier versions of pages, that name the person."""
    yield from look_through(User.objects.all(), ["name"], person, page_of("wagtailusers_users:edit"))
    edit, history = page_of("wagtailadmin_pages:edit"), page_of("wagtailadmin_pages:history")
    for page in Page.objects.order_by("pk").specific().iterator():
        if person.stands_in(page.serializable_data()):
            yield Trace(page._meta.label, page.pk, "content", edit(page.pk))
    for version in Revision.page_revisions.order_by("pk").iterator():
        if person.stands_in(version.content):
            number = int(version.object_id)
            yield Trace(Revision._meta.label, number, "content", history(number))


def erase_picture(user: User) -> None:
    """Wagtail leaves the file of the picture in the admin to lie when its row goes."""
    if (profile := UserProfile.objects.filter(user=user).exclude(avatar="").first()) and profile.avatar:
        storage, name = profile.avatar.storage, profile.avatar.name
        transaction.on_commit(lambda: storage.delete(name))


def register_rules() -> None:
    for rule in RULES:
        retention.register(rule)
    shares.register(Share("account", export_account, erase_picture))
    shares.register(Share("mail", export_mail))
    traces.register(Tracer("mail", look_for, erase_by_address))
