"""Ten wrong passwords of one account in a quarter of an hour, from anywhere: then a code by mail, and no lock."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from portal.settings.databases import cache_from_url
from portal.sign_in_limits import PASSWORDS
from tests.accounts.factories import UserFactory, sign_in
from tests.accounts.test_sign_in import PASSWORD, ask_for_code, is_signed_in, last_code, write_code
from tests.portal.test_sign_in_limits import REFUSED, STRANGE, browser

pytestmark = pytest.mark.django_db


def guess_passwords(email, number, address=STRANGE):
    return [ask_for_code(browser(address.format(n)), email, password="x" * 20) for n in range(number)]


def test_ten_wrong_passwords_from_anywhere_lead_to_a_code_by_mail():
    user = UserFactory(password=PASSWORD)
    answers = guess_passwords(user.email, 12, "10.0.{}.1")
    texts = ["salasanaa on kokeiltu" in answer.text.lower() for answer in answers]
    assert texts == [False] * PASSWORDS.tries + [True] * 2
    own = browser()
    answer = ask_for_code(own, user.email, password=PASSWORD)
    assert not is_signed_in(own)
    assert 'type="password"' not in answer.text
    assert f'value="{user.email}"' in answer.text
    ask_for_code(own, user.email)
    write_code(own, last_code(user.email))
    assert is_signed_in(own)


def test_passwords_are_taken_again_after_a_quarter_of_an_hour_though_somebody_goes_on():
    user = UserFactory(password=PASSWORD)
    begin = timezone.now()
    with time_machine.travel(begin, tick=False):
        guess_passwords(user.email, PASSWORDS.tries)
    with time_machine.travel(begin + timedelta(minutes=14), tick=False):
        guess_passwords(user.email, 3)
        own = browser()
        ask_for_code(own, user.email, password=PASSWORD)
        assert not is_signed_in(own)
    with time_machine.travel(begin + timedelta(minutes=15), tick=False):
        ask_for_code(own, user.email, password=PASSWORD)
        assert is_signed_in(own)


def test_a_right_password_is_not_counted():
    user = UserFactory(password=PASSWORD)
    for _time in range(PASSWORDS.tries + 2):
        own = browser()
        ask_for_code(own, user.email, password=PASSWORD)
        assert is_signed_in(own)


def test_mistakes_at_a_shared_address_lock_nobody_else():
    """A library: five wrong words of one, and neither the next person nor the same one an hour later is refused."""
    first, second = UserFactory(password=PASSWORD), UserFactory(password=PASSWORD)
    guess_passwords(first.email, 5, "192.0.2.1")
    for user in (first, second):
        own = browser("192.0.2.1")
        ask_for_code(own, user.email, password=PASSWORD)
        assert is_signed_in(own)


def test_the_limit_of_passwords_tells_nothing_about_who_has_an_account():
    UserFactory(email="known@example.org", password=PASSWORD)
    pages = [
        [len(answer.content) - 2 * len(email) for answer in guess_passwords(email, PASSWORDS.tries + 2)]
        for email in ("known@example.org", "other@example.org")
    ]
    assert pages[0] == pages[1]


def test_the_password_is_not_guessed_where_it_is_changed():
    user = UserFactory(password=PASSWORD)
    own = sign_in(browser(), user, second_factor=False)
    new = "kaksi vanhaa hirsiaittaa"
    words = {"password1": new, "password2": new}
    for _try in range(PASSWORDS.tries):
        own.post(reverse("account_change_password"), words | {"oldpassword": "x" * 20})
    own.post(reverse("account_change_password"), words | {"oldpassword": PASSWORD})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.network
def test_limits_hold_while_the_cache_is_away(settings):
    """Counted in the database: no cache, the same answers."""
    settings.CACHES = {"default": cache_from_url("redis://127.0.0.1:1/0")}
    user = UserFactory(password=PASSWORD)
    assert "salasanaa on kokeiltu" in guess_passwords(user.email, 11)[-1].text.lower()
    statuses = [ask_for_code(browser(), user.email).status_code for _try in range(11)]
    assert statuses == [302] * 10 + [REFUSED]
