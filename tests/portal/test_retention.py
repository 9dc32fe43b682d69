"""Personal data go on their day, and twice in a row is once."""

import json
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from portal.mail import outbox
from portal.models import AttemptCounter, OutgoingMail
from portal.privacy import retention, rules
from tests.accounts.factories import UserFactory
from tests.organisations.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def aged(user, days, **fields):
    User.objects.filter(pk=user.pk).update(date_joined=days_ago(days), **fields)
    return user


def is_there(row):
    return type(row).objects.filter(pk=row.pk).exists()


def test_account_whose_address_was_never_confirmed_goes_after_a_week():
    old, new, confirmed = aged(UserFactory(), 8), aged(UserFactory(), 6), aged(UserFactory(), 8)
    for user in (old, new):
        user.emailaddress_set.update(verified=False)
    retention.purge()
    assert [is_there(old), is_there(new), is_there(confirmed)] == [False, True, True]


def test_account_that_nobody_uses_goes_after_two_years():
    unused = aged(UserFactory(), 2000, last_login=days_ago(731))
    used = aged(UserFactory(), 2000, last_login=days_ago(729))
    member = aged(UserFactory(), 2000, last_login=days_ago(731))
    OrganisationFactory(admin=member)
    staff = aged(UserFactory(superuser=True), 2000, last_login=days_ago(731))
    retention.purge()
    assert [is_there(user) for user in (unused, used, member, staff)] == [False, True, True, True]


def test_mail_goes_after_thirty_days_unless_it_waits():
    rows = {state: outbox.post_text("a@example.org", state, "Teksti") for state in ("SENT", "FAILED", "WAITING")}
    for state, row in rows.items():
        OutgoingMail.objects.filter(pk=row.pk).update(state=state, created_at=days_ago(31), send_after=days_ago(-1))
    young = outbox.post_text("a@example.org", "young", "Teksti")
    retention.purge()
    assert set(OutgoingMail.objects.all()) == {rows["WAITING"], young}


def test_counters_and_sessions_go():
    AttemptCounter.objects.create(key="k", ends_at=days_ago(0))
    Session.objects.create(session_key="old", session_data="", expire_date=days_ago(1))
    Session.objects.create(session_key="new", session_data="", expire_date=timezone.now() + timedelta(days=1))
    retention.purge()
    assert not AttemptCounter.objects.exists()
    assert [session.session_key for session in Session.objects.order_by("session_key")] == ["new"]


def test_dry_run_counts_and_deletes_nothing(capsys):
    user = aged(UserFactory(), 2000)
    call_command("purge_expired_data", "--dry-run")
    assert "accounts: account: 1" in capsys.readouterr().out
    assert is_there(user)
    call_command("purge_expired_data")
    assert "accounts: account: 1" in capsys.readouterr().out
    call_command("purge_expired_data")
    assert "accounts: account: 0" in capsys.readouterr().out


def test_every_rule_runs_twice():
    first = retention.purge()
    assert set(first) <= {rule.name for rule in retention.RULES}
    assert not any(retention.purge().values())


def test_wrong_password_is_never_written(client):
    UserFactory(email="aino@example.org", password="yksi vanha hirsiaitta")
    client.post(reverse("account_login"), {"login": "aino@example.org", "password": "melkein oikea sana"})
    written = " ".join(AttemptCounter.objects.values_list("key", flat=True))
    assert written
    assert "melkein" not in written
    assert "aino" not in written


def test_export_gives_account_and_mail(capsys):
    user = UserFactory(email="aino@example.org", name="Aino Mikkonen")
    outbox.post_text(user.email, "Otsikko", "Teksti")
    call_command("gdpr_export", "AINO@example.org")
    known = json.loads(capsys.readouterr().out)
    assert known["account"]["name"] == "Aino Mikkonen"
    assert known["mail"][0]["subject"] == "Otsikko"


def test_erasure_leaves_nothing_of_the_person():
    user = UserFactory(email="aino@example.org")
    outbox.post_text(user.email, "Otsikko", "Teksti")
    call_command("gdpr_erase", "aino@example.org")
    assert not User.objects.filter(email="aino@example.org").exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("command", ["gdpr_export", "gdpr_erase"])
def test_unknown_person_is_said(command):
    with pytest.raises(CommandError):
        call_command(command, "nobody@example.org")


def test_queries_of_unused_accounts_agree():
    user = aged(UserFactory(), 2000)
    assert list(rules.unused_accounts().distinct()) == [user]
    assert not rules.unconfirmed_accounts().exists()
