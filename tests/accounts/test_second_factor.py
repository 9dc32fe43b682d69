"""Who works for the site passes a second step; its secret is unreadable in the database; nobody is shut out."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from cryptography.fernet import InvalidToken
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.urls import reverse

from tests.accounts.factories import UserFactory, sign_in
from tests.accounts.test_sign_in import ask_for_code, is_signed_in, last_code, write_code

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


def code_of_the_app(secret=SECRET):
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def with_app(user):
    totp.TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def moderator(**fields):
    user = UserFactory(**fields)
    group = Group.objects.create(name="reviewers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    return user


@pytest.mark.parametrize("address", ["/admin/", "/admin/pages/", "/admin/users/", "/admin/images/"])
def test_staff_without_a_factor_reach_no_admin_page(client, address):
    sign_in(client, UserFactory(superuser=True), second_factor=False)
    assert client.get(address).url == reverse("mfa_index")


def test_staff_without_a_factor_reach_no_desk(client):
    sign_in(client, UserFactory(superuser=True), second_factor=False)
    assert client.get(reverse("organisations:desk")).url == reverse("mfa_index")
    assert client.post(reverse("account_profile"), {"name": "x"}).url == reverse("mfa_index")


def test_the_rule_follows_the_right_to_the_admin_not_a_flag(client):
    sign_in(client, moderator(), second_factor=False)
    assert client.get("/admin/").url == reverse("mfa_index")


def test_members_need_none(client):
    sign_in(client, UserFactory(), second_factor=False)
    assert client.get(reverse("account_profile")).status_code == 200


def test_public_pages_stay_open(client):
    sign_in(client, UserFactory(superuser=True), second_factor=False)
    assert client.get("/healthz").status_code == 200


def test_the_way_to_a_factor_is_open(client):
    sign_in(client, UserFactory(superuser=True), second_factor=False)
    page = client.get(reverse("mfa_index"))
    assert reverse("mfa_activate_totp") in page.text
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_with_a_factor_the_admin_opens(client):
    sign_in(client, UserFactory(superuser=True))
    assert client.get("/admin/").status_code == 200


def test_having_a_factor_is_not_using_it(client):
    sign_in(client, with_app(UserFactory(superuser=True)), second_factor=False)
    assert client.get("/admin/").url == reverse("mfa_index")


def test_code_from_mail_alone_does_not_sign_in_past_the_app(client):
    user = with_app(UserFactory(superuser=True))
    ask_for_code(client, user.email)
    answer = write_code(client, last_code(user.email))
    assert answer.url == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert client.get(answer.url).status_code == 200
    client.post(answer.url, {"code": code_of_the_app()})
    assert is_signed_in(client)
    assert client.get("/admin/").status_code == 200


def test_recovery_code_opens_once(client):
    user = with_app(UserFactory())
    recovery = user.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
    for works in (True, False):
        ask_for_code(client, user.email)
        write_code(client, last_code(user.email))
        client.post(reverse("mfa_authenticate"), {"code": recovery})
        assert is_signed_in(client) is works
        client.logout()


def test_enrolling_counts_as_using_and_gives_recovery_codes(client):
    user = UserFactory(superuser=True)
    sign_in(client, user, second_factor=False)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of_the_app(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    page = client.get(answer.url)
    codes = user.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    assert all(code in page.text for code in codes)
    assert client.get("/admin/").status_code == 200


def test_secrets_are_encrypted_at_rest():
    user = with_app(UserFactory())
    for authenticator in user.authenticator_set.all():
        assert SECRET not in str(authenticator.data)
    assert user.authenticator_set.get(type="totp").wrap().validate_code(code_of_the_app())


def test_another_key_reads_nothing(settings):
    user = with_app(UserFactory())
    settings.FACTOR_KEY = "another key"
    with pytest.raises(InvalidToken):
        user.authenticator_set.get(type="totp").wrap().validate_code(code_of_the_app())


def test_staff_keep_their_last_factor(client):
    user = with_app(UserFactory(superuser=True))
    sign_in(client, user)
    client.post(reverse("mfa_deactivate_totp"))
    assert user.authenticator_set.filter(type="totp").exists()


def test_members_may_turn_theirs_off(client):
    user = with_app(UserFactory())
    sign_in(client, user)
    client.post(reverse("mfa_deactivate_totp"))
    assert not user.authenticator_set.exists()


def test_a_strangers_passkey_is_not_there(client):
    passkey = Authenticator.objects.create(
        user=UserFactory(), type="webauthn", data={"name": "phone", "credential": {}}
    )
    sign_in(client, UserFactory())
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.get(reverse(name, args=[passkey.pk])).status_code == 404


def test_guessing_the_app_ends(client):
    user = with_app(UserFactory())
    ask_for_code(client, user.email)
    write_code(client, last_code(user.email))
    answers = [client.post(reverse("mfa_authenticate"), {"code": "12"}).status_code for _try in range(20)]
    assert answers[0] == 200
    assert answers[-1] == 429
    assert client.post(reverse("mfa_authenticate"), {"code": code_of_the_app()}).status_code == 429


def test_first_sign_in_of_staff_leads_to_a_factor(client):
    user = UserFactory(superuser=True)
    ask_for_code(client, user.email, next="/admin/")
    answer = client.post(
        reverse("account_confirm_login_code"), {"code": last_code(user.email), "next": "/admin/"}, follow=True
    )
    assert answer.request["PATH_INFO"] == reverse("mfa_index")
    assert answer.context["user"].needs_second_factor


def test_staff_without_an_organisation_come_to_the_admin(client):
    user = with_app(UserFactory(superuser=True))
    ask_for_code(client, user.email)
    write_code(client, last_code(user.email))
    answer = client.post(reverse("mfa_authenticate"), {"code": code_of_the_app()})
    assert answer.url == "/admin/"


def test_a_used_code_of_the_app_does_not_work_again(client):
    user = with_app(UserFactory())
    code = code_of_the_app()
    for works in (True, False):
        ask_for_code(client, user.email)
        write_code(client, last_code(user.email))
        cache.clear()  # the account library's own memory may be away
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert is_signed_in(client) is works
        client.logout()
