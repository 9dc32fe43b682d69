"""Signing in and making an account: by one-time code, by password, and what a stranger learns on the way (nothing)."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from portal.mail import secrets
from portal.models import OutgoingMail
from tests.accounts.factories import UserFactory
from tests.accounts.test_typed_text import code

pytestmark = pytest.mark.django_db
PASSWORD = "yksi vanha hirsiaitta"


def last_code(email):
    mail = OutgoingMail.objects.filter(recipient=email).order_by("-pk").first()
    return re.search(r"\b\d{6}\b", secrets.put_back(mail).text).group()


def ask_for_code(client, email, **extra):
    return client.post(reverse("account_login"), {"login": email, **extra})


def write_code(client, code):
    return client.post(reverse("account_confirm_login_code"), {"code": code})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_code_from_mail_signs_in(client):
    user = UserFactory()
    answer = ask_for_code(client, user.email)
    assert answer.url == reverse("account_confirm_login_code")
    assert user.email in client.get(answer.url).text
    answer = write_code(client, last_code(user.email))
    assert answer.url == reverse("organisations:desk")
    assert is_signed_in(client)


def test_code_is_six_digits_and_may_carry_spaces(client):
    user = UserFactory()
    ask_for_code(client, user.email)
    code = last_code(user.email)
    write_code(client, f" {code[:3]} {code[3:]} ")
    assert is_signed_in(client)


def test_identity_code_in_a_name_is_refused_and_not_repeated(client):
    answer = client.post(reverse("account_signup"), {"name": f"Aino Esimerkki {code()}", "email": "aino@example.org"})
    assert "poistimme" in answer.text.lower()
    assert code() not in answer.text
    assert "Aino Esimerkki" in answer.text
    assert not User.objects.filter(email="aino@example.org").exists()


def test_address_is_read_without_regard_to_case(client):
    user = UserFactory(email="aino@example.org")
    ask_for_code(client, "Aino@Example.org ")
    write_code(client, last_code(user.email))
    assert is_signed_in(client)


def test_code_leads_where_the_person_was_going(client):
    user = UserFactory()
    answer = client.post(reverse("account_login"), {"login": user.email, "next": "/tili/?a=1"})
    client.get(answer.url)
    answer = client.post(answer.url, {"code": last_code(user.email), "next": "/tili/?a=1"})
    assert answer.url == "/tili/?a=1"


def test_next_leads_to_no_other_site(client):
    user = UserFactory()
    ask_for_code(client, user.email, next="https://elsewhere.example/")
    answer = client.post(
        reverse("account_confirm_login_code"), {"code": last_code(user.email), "next": "https://elsewhere.example/"}
    )
    assert "elsewhere" not in answer.url


def test_code_holds_ten_minutes(client):
    user = UserFactory()
    with time_machine.travel("2026-11-24 10:00+02:00", tick=False):
        ask_for_code(client, user.email)
        code = last_code(user.email)
    with time_machine.travel("2026-11-24 10:10:01+02:00", tick=False):
        write_code(client, code)
        assert not is_signed_in(client)


def test_code_works_once(client):
    user = UserFactory()
    ask_for_code(client, user.email)
    code = last_code(user.email)
    write_code(client, code)
    client.logout()
    write_code(client, code)
    assert not is_signed_in(client)


def test_code_is_bound_to_the_browser(client):
    user = UserFactory()
    ask_for_code(client, user.email)
    other = Client()
    write_code(other, last_code(user.email))
    assert not is_signed_in(other)


def test_five_wrong_codes_end_the_try(client):
    user = UserFactory()
    ask_for_code(client, user.email)
    code = last_code(user.email)
    wrong = "000000" if code != "000000" else "111111"
    for _try in range(4):
        assert write_code(client, wrong).status_code == 200
    answer = write_code(client, wrong)
    assert answer.status_code == 302
    write_code(client, code)
    assert not is_signed_in(client)


def test_new_code_replaces_the_old(client):
    user = UserFactory()
    ask_for_code(client, user.email)
    first = last_code(user.email)
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    second = last_code(user.email)
    if first != second:
        write_code(client, first)
        assert not is_signed_in(client)
    write_code(client, second)
    assert is_signed_in(client)


def without_token(html):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


def test_unknown_address_gets_the_same_answer():
    UserFactory(email="known@example.org")
    pages = []
    for email in ("known@example.org", "nobody@example.org"):
        client = Client()
        answer = ask_for_code(client, email)
        page = client.get(answer.url)
        wrong = write_code(client, "12")
        texts = [without_token(shown.text).replace(email, "") for shown in (page, wrong)]
        pages.append([answer.status_code, answer.url, *texts])
    assert pages[0] == pages[1]
    assert not OutgoingMail.objects.filter(recipient="nobody@example.org", has_secrets=True).exists()


def test_closed_account_gets_no_code(client):
    user = UserFactory(is_active=False)
    ask_for_code(client, user.email)
    assert not OutgoingMail.objects.filter(recipient=user.email, has_secrets=True).exists()


def test_password_is_another_way(client):
    user = UserFactory(password=PASSWORD)
    answer = ask_for_code(client, user.email, password=PASSWORD)
    assert answer.status_code == 302
    assert is_signed_in(client)
    assert not OutgoingMail.objects.filter(recipient=user.email).exists()


def test_wrong_password_tells_nothing(client):
    UserFactory(email="known@example.org", password=PASSWORD)
    pages = [
        without_token(ask_for_code(Client(), email, password="x" * 20).text).replace(email, "")
        for email in ("known@example.org", "nobody@example.org")
    ]
    assert pages[0] == pages[1]


def sign_up(client, email, **extra):
    return client.post(reverse("account_signup"), {"email": email, "name": "Eeva Nevalainen", **extra})


def test_sign_up_begins_with_name_and_mail_and_leads_to_the_organisation(client):
    answer = sign_up(client, "eeva@example.org")
    assert answer.url == reverse("account_email_verification_sent")
    client.get(answer.url)
    answer = client.post(answer.url, {"code": last_code("eeva@example.org")})
    assert answer.url == reverse("organisations:organisation_register")
    user = User.objects.get(email="eeva@example.org")
    assert (user.name, user.has_usable_password(), user.language) == ("Eeva Nevalainen", False, "fi")
    assert user.emailaddress_set.get().verified


def test_sign_up_remembers_the_language_of_the_page(client):
    with translation.override("sv"):
        sign_up(client, "eeva@example.org")
    assert User.objects.get().language == "sv"
    assert OutgoingMail.objects.get().language == "sv"


def test_sign_up_leads_where_the_person_was_going(client):
    sign_up(client, "eeva@example.org", next="/tili/?a=1")
    answer = client.post(
        reverse("account_email_verification_sent"), {"code": last_code("eeva@example.org"), "next": "/tili/?a=1"}
    )
    assert answer.url == "/tili/?a=1"


def test_sign_up_with_a_known_address_gets_the_same_answer():
    UserFactory(email="known@example.org")
    pages = []
    for email in ("known@example.org", "new@example.org"):
        client = Client()
        answer = sign_up(client, email)
        page = client.get(answer.url)
        wrong = client.post(answer.url, {"code": "12"})
        texts = [without_token(shown.text).replace(email, "") for shown in (page, wrong)]
        pages.append([answer.status_code, answer.url, *texts])
    assert pages[0] == pages[1]
    assert User.objects.filter(email="known@example.org").count() == 1


def test_sign_up_needs_a_name(client):
    answer = client.post(reverse("account_signup"), {"email": "eeva@example.org"})
    assert answer.status_code == 200
    assert not User.objects.exists()


def test_sign_in_mail_is_in_the_receivers_language(client):
    user = UserFactory(language="sv")
    ask_for_code(client, user.email)
    assert OutgoingMail.objects.get(recipient=user.email).language == "sv"


def test_sign_out_needs_a_post(client):
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


def test_there_is_no_password_reset(client):
    assert client.get("/tili/password/reset/").status_code == 404


def test_a_member_stays_signed_in_for_a_fortnight(client):
    user = UserFactory()
    ask_for_code(client, user.email)
    write_code(client, last_code(user.email))
    assert client.session.get_expiry_age() > 13 * 24 * 3600
