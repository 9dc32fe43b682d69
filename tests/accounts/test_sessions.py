"""Who changes how somebody signs in ends every other session of that person, and stays where he is."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from tests.accounts.factories import UserFactory, sign_in
from tests.accounts.test_second_factor import code_of_the_app, with_app
from tests.accounts.test_sign_in import PASSWORD, is_signed_in

pytestmark = pytest.mark.django_db
NEW = "kaksi vanhaa hirsiaittaa"


def activate_app(client):
    client.get(reverse("mfa_activate_totp"))
    secret = client.session[totp.SECRET_SESSION_KEY]
    client.post(reverse("mfa_activate_totp"), {"code": code_of_the_app(secret)})
    assert Authenticator.objects.filter(type="totp").exists()


def remove_app(client):
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(type="totp").exists()


def renew_recovery_codes(client):
    before = Authenticator.objects.get(type="recovery_codes").data
    client.post(reverse("mfa_generate_recovery_codes"))
    assert Authenticator.objects.get(type="recovery_codes").data != before


def remove_passkey(client):
    passkey = Authenticator.objects.get(type="webauthn")
    client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))
    assert not Authenticator.objects.filter(type="webauthn").exists()


def set_password(client):
    client.post(reverse("account_set_password"), {"password1": NEW, "password2": NEW})


def change_password(client):
    words = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post(reverse("account_change_password"), words)


def remove_password(client):
    client.post(reverse("account_remove_password"))


def with_passkey(user):
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Avain", "credential": {}})
    return user


def with_password():
    return UserFactory(password=PASSWORD)


@pytest.mark.parametrize(
    ("person", "change"),
    [
        (UserFactory, activate_app),
        (lambda: with_app(UserFactory()), remove_app),
        (lambda: with_app(UserFactory()), renew_recovery_codes),
        (lambda: with_passkey(with_app(UserFactory())), remove_passkey),
        (UserFactory, set_password),
        (with_password, change_password),
        (with_password, remove_password),
    ],
)
def test_other_sessions_end_and_this_one_goes_on(person, change):
    user, somebody = person(), UserFactory()
    here, elsewhere, theirs = sign_in(Client(), user), sign_in(Client(), user), sign_in(Client(), somebody)
    change(here)
    profile = reverse("account_profile")
    assert here.get(profile).status_code == 200
    assert theirs.get(profile).status_code == 200
    assert elsewhere.get(profile).status_code == 302
    assert not is_signed_in(elsewhere)


def test_a_refused_change_ends_nothing():
    user = UserFactory()
    here, elsewhere = sign_in(Client(), user), sign_in(Client(), user)
    here.get(reverse("mfa_activate_totp"))
    here.post(reverse("mfa_activate_totp"), {"code": "1"})
    assert elsewhere.get(reverse("account_profile")).status_code == 200
