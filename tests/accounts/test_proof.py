"""Changing how one signs in needs a fresh proof, also from those who have neither password nor factor."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.permissions import SENSITIVE_VIEWS
from accounts.urls import urlpatterns
from portal.models import OutgoingMail
from tests.accounts.factories import UserFactory, sign_in
from tests.accounts.test_second_factor import with_app
from tests.accounts.test_sign_in import PASSWORD, is_signed_in, last_code

pytestmark = pytest.mark.django_db
LONG_AGO = 16 * 60
ADDRESSES = sorted(name for name in SENSITIVE_VIEWS if "edit" not in name and "remove_webauthn" not in name)


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_old_sign_in_must_prove_itself(client, name, method):
    sign_in(client, UserFactory(), second_factor=False, ago=LONG_AGO)
    answer = getattr(client, method)(reverse(name))
    assert answer.url == f"{reverse('account_confirm_identity')}?next={reverse(name).replace('/', '%2F')}"


def test_fresh_sign_in_is_proof_enough(client):
    sign_in(client, UserFactory(), second_factor=False)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_code_from_mail_proves(client):
    user = UserFactory()
    sign_in(client, user, second_factor=False, ago=LONG_AGO)
    page = client.get(reverse("account_email"))
    assert client.get(page.url).status_code == 200
    assert not OutgoingMail.objects.exists()
    assert client.post(page.url, {"action": "send"}).url == page.url
    assert user.email in client.get(page.url).text
    answer = client.post(page.url, {"code": last_code(user.email)})
    assert answer.url == reverse("account_email")
    assert client.get(answer.url).status_code == 200


def test_wrong_codes_prove_nothing(client):
    user = UserFactory()
    sign_in(client, user, second_factor=False, ago=LONG_AGO)
    confirm = reverse("account_confirm_identity")
    client.post(confirm, {"action": "send"})
    code = last_code(user.email)
    wrong = "000000" if code != "000000" else "111111"
    for _try in range(5):
        client.post(confirm, {"code": wrong})
    client.post(confirm, {"code": code})
    assert client.get(reverse("account_email")).status_code == 302


def test_no_code_was_sent_no_code_is_right(client):
    sign_in(client, UserFactory(), second_factor=False, ago=LONG_AGO)
    client.post(reverse("account_confirm_identity"), {"code": ""})
    client.post(reverse("account_confirm_identity"), {"code": "000000"})
    assert client.get(reverse("account_email")).status_code == 302


def test_who_has_a_factor_proves_it_with_the_factor(client):
    sign_in(client, with_app(UserFactory()), ago=LONG_AGO)
    assert client.get(reverse("account_email")).url.startswith(reverse("mfa_reauthenticate"))
    assert client.get(reverse("mfa_reauthenticate")).status_code == 200
    assert client.get(reverse("account_confirm_identity")).status_code == 403


def test_password_proves(client):
    sign_in(client, UserFactory(password=PASSWORD), second_factor=False, ago=LONG_AGO)
    page = client.get(reverse("account_email"))
    assert page.url.startswith(reverse("account_reauthenticate"))
    assert reverse("account_confirm_identity") in client.get(page.url).text
    client.post(page.url, {"password": "wrong"})
    assert client.get(reverse("account_email")).status_code == 302
    client.post(page.url, {"password": PASSWORD})
    assert client.get(reverse("account_email")).status_code == 200


def test_guessing_the_password_at_the_proof_ends(client):
    sign_in(client, UserFactory(password=PASSWORD), second_factor=False, ago=LONG_AGO)
    confirm = reverse("account_reauthenticate")
    for _try in range(10):
        client.post(confirm, {"password": "wrong"})
    client.post(confirm, {"password": PASSWORD})
    assert client.get(reverse("account_email")).status_code == 302
    assert reverse("account_confirm_identity") in client.get(confirm).text


def test_new_address_is_taken_after_its_code(client):
    user = UserFactory(email="old@example.org")
    sign_in(client, user, second_factor=False)
    answer = client.post(reverse("account_email"), {"action_add": "1", "email": "new@example.org"})
    assert answer.url == reverse("account_email_verification_sent")
    user.refresh_from_db()
    assert user.email == "old@example.org"
    assert client.get(answer.url).status_code == 200
    client.post(answer.url, {"code": last_code("new@example.org")})
    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert [(row.email, row.verified, row.primary) for row in user.emailaddress_set.all()] == [
        ("new@example.org", True, True)
    ]
    assert OutgoingMail.objects.filter(recipient="old@example.org").count() == 1


def test_address_of_another_account_is_not_taken(client):
    UserFactory(email="taken@example.org")
    user = UserFactory(email="old@example.org")
    sign_in(client, user, second_factor=False)
    client.post(reverse("account_email"), {"action_add": "1", "email": "taken@example.org"})
    client.post(reverse("account_email_verification_sent"), {"code": "123456"})
    user.refresh_from_db()
    assert user.email == "old@example.org"


@pytest.mark.parametrize("password", ["lyhyt", "123456789012345", "aino.mikkonen.1@example.org"])
def test_weak_password_is_refused(client, password):
    user = UserFactory(email="aino.mikkonen.1@example.org")
    sign_in(client, user, second_factor=False)
    assert (
        client.post(reverse("account_set_password"), {"password1": password, "password2": password}).status_code == 200
    )
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_password_is_chosen_changed_and_removed(client):
    user = UserFactory()
    sign_in(client, user, second_factor=False)
    assert client.get(reverse("account_set_password")).status_code == 200
    client.post(reverse("account_set_password"), {"password1": PASSWORD, "password2": PASSWORD})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert client.get(reverse("account_change_password")).status_code == 200
    new = "toinen pitkä salasana"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)
    assert client.get(reverse("account_remove_password")).status_code == 200
    client.post(reverse("account_remove_password"))
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert is_signed_in(client)
    assert client.get(reverse("account_profile")).status_code == 200


def test_sign_out_everywhere_spares_this_browser(client):
    user = UserFactory()
    other = Client()
    sign_in(other, user, second_factor=False)
    sign_in(client, user, second_factor=False)
    assert client.get(reverse("account_sign_out_everywhere")).status_code == 200
    client.post(reverse("account_sign_out_everywhere"))
    assert client.get(reverse("account_profile")).status_code == 200
    assert other.get(reverse("account_profile")).status_code == 302


def test_profile_is_saved(client):
    user = UserFactory()
    sign_in(client, user, second_factor=False)
    assert client.get(reverse("account_profile")).status_code == 200
    client.post(reverse("account_profile"), {"name": "Uusi Nimi", "language": "sv"})
    user.refresh_from_db()
    assert (user.name, user.language) == ("Uusi Nimi", "sv")
    assert client.post(reverse("account_profile"), {"name": "", "language": "xx"}).status_code == 200


def test_every_address_that_changes_sign_in_is_sensitive():
    """A new view of the account library must be placed: sensitive, or named here as harmless."""
    harmless = {
        "account_confirm_identity", "account_confirm_login_code", "account_email_verification_sent",
        "account_inactive", "account_login", "account_logout", "account_profile", "account_reauthenticate",
        "account_request_login_code", "account_signup", "mfa_authenticate", "mfa_index", "mfa_list_webauthn",
        "mfa_login_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
    }  # fmt: skip

    def names(patterns):
        for pattern in patterns:
            yield from names(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern.name]

    assert set(names(urlpatterns)) == harmless | SENSITIVE_VIEWS
