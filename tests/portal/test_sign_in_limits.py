"""A stranger who goes on trying shuts out himself: never the person whose address he knows, and never a library."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal import sign_in_limits
from portal.furniture.limits import allow
from portal.models import AttemptCounter, OutgoingMail
from tests.accounts.factories import UserFactory, sign_in
from tests.accounts.test_second_factor import with_app
from tests.accounts.test_sign_in import (
    PASSWORD,
    ask_for_code,
    is_signed_in,
    last_code,
    sign_up,
    write_code,
)

pytestmark = pytest.mark.django_db
DEMANDS, CODES = sign_in_limits.DEMANDS, sign_in_limits.CODES
REFUSED = 429
STRANGE = "203.0.113.{}"


def browser(address="198.51.100.7"):
    return Client(REMOTE_ADDR=address)


def networks(number, version=4):
    """One address of each of so many networks."""
    form = "10.{}.{}.9" if version == 4 else "2001:db8:{:x}:{:x}::9"
    return [form.format(place // 250, place % 250) for place in range(number)]


def start_again(client, email):
    """As the button "Start again" does: the code that was sent is forgotten."""
    client.post(reverse("account_logout"))
    return ask_for_code(client, email)


def fill(limit, of):
    while allow(limit, of):
        pass


def ask_from_everywhere(email):
    """As if strangers had asked for codes of this address until all of them together are refused."""
    fill(DEMANDS.everywhere, email)
    assert ask_for_code(browser("192.0.2.1"), email).status_code == REFUSED


def guess_from_everywhere(email):
    """As if strangers had tried codes for this address until no stranger gets one."""
    fill(CODES.everywhere, email)
    assert ask_for_code(browser("192.0.2.1"), email).status_code == REFUSED


# Demands for mail


def test_ten_demands_from_one_network_leave_the_person_alone():
    user = UserFactory()
    statuses = [ask_for_code(browser(STRANGE.format(number)), user.email).status_code for number in range(12)]
    assert statuses == [302] * 10 + [REFUSED] * 2
    own = browser()
    assert ask_for_code(own, user.email).status_code == 302
    write_code(own, last_code(user.email))
    assert is_signed_in(own)


def test_networks_of_the_newer_protocol_are_as_wide_as_a_home():
    statuses = [ask_for_code(browser(f"2001:db8::{number:x}"), "a@example.org").status_code for number in range(12)]
    assert statuses == [302] * 10 + [REFUSED] * 2
    assert ask_for_code(browser("2001:db8:0:1::1"), "a@example.org").status_code == 302


def test_the_browser_that_asked_first_asks_again_and_signs_in_whatever_others_do():
    user = UserFactory()
    own = browser()
    ask_for_code(own, user.email)
    ask_from_everywhere(user.email)
    assert own.post(reverse("account_confirm_login_code"), {"action": "resend"}).status_code == 302
    assert start_again(own, user.email).status_code == 302
    write_code(own, last_code(user.email))
    assert is_signed_in(own)


def test_the_browser_that_signed_in_before_is_known_for_a_year():
    user = UserFactory()
    own = browser()
    ask_for_code(own, user.email)
    write_code(own, last_code(user.email))
    own.post(reverse("account_logout"))
    with time_machine.travel(timezone.now() + timedelta(days=300)):
        ask_from_everywhere(user.email)
        assert ask_for_code(own, user.email).status_code == 302
        write_code(own, last_code(user.email))
        assert is_signed_in(own)


def test_who_asks_from_a_busy_library_is_not_counted_with_it():
    user = UserFactory()
    own = browser(STRANGE.format(200))
    ask_for_code(own, user.email)
    fill(sign_in_limits.NETWORK, "203.0.113.0/24")
    assert ask_for_code(browser(STRANGE.format(1)), "new@example.net").status_code == REFUSED
    write_code(own, last_code(user.email))
    assert is_signed_in(own)


def test_a_browser_is_known_for_the_address_that_it_asked_for_and_no_other():
    user = UserFactory()
    stranger = browser("192.0.2.77")
    ask_for_code(stranger, "somebody.else@example.org")
    ask_from_everywhere(user.email)
    assert start_again(stranger, user.email).status_code == REFUSED


def test_a_forged_cookie_knows_nobody():
    user = UserFactory()
    ask_from_everywhere(user.email)
    stranger = browser("192.0.2.77")
    for text in ("", "x", '{"id": "x", "until": {}}', "eyJpZCI6MX0:1abc:def"):
        stranger.cookies["browser"] = text
        assert ask_for_code(stranger, user.email).status_code == REFUSED


def test_the_cookie_names_nobody_and_is_closed_to_scripts():
    own = browser()
    ask_for_code(own, "aino@example.org")
    cookie = own.cookies["browser"]
    assert "aino" not in cookie.value
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_one_browser_does_not_fill_a_mailbox():
    own = browser()
    statuses = [start_again(own, "a@example.org").status_code for _try in range(8)]
    assert statuses == [302] * (1 + DEMANDS.own.tries) + [REFUSED] * (7 - DEMANDS.own.tries)


def test_a_refused_demand_leaves_the_code_that_was_sent():
    user = UserFactory()
    own = browser()
    for _try in range(1 + DEMANDS.own.tries):
        start_again(own, user.email)
    code = last_code(user.email)
    assert own.post(reverse("account_confirm_login_code"), {"action": "resend"}).status_code == REFUSED
    write_code(own, code)
    assert is_signed_in(own)


def test_a_refused_demand_leaves_the_code_of_a_new_account_too():
    own = browser()
    sign_up(own, "eeva@example.org")
    code = last_code("eeva@example.org")
    twin = browser()
    twin.cookies["browser"] = own.cookies["browser"].value
    for _try in range(DEMANDS.own.tries):
        start_again(twin, "eeva@example.org")
    assert own.post(reverse("account_email_verification_sent"), {"action": "resend"}).status_code == REFUSED
    own.post(reverse("account_email_verification_sent"), {"code": code})
    assert is_signed_in(own)


def test_notices_of_security_are_sent_however_many_mails_were_asked_for():
    user = UserFactory(password=PASSWORD)
    ask_from_everywhere(user.email)
    own = sign_in(browser(), user, second_factor=False)
    new = "kaksi vanhaa hirsiaittaa"
    own.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert OutgoingMail.objects.filter(recipient=user.email).count() == 1


@pytest.mark.parametrize(
    "notice",
    ["password_changed", "password_set", "totp_activated", "totp_deactivated", "webauthn_added", "webauthn_removed"],
)
def test_every_notice_of_security_is_outside_the_limit(rf, notice):
    user = UserFactory()
    ask_from_everywhere(user.email)
    before = OutgoingMail.objects.count()
    with context.request_context(rf.get("/")):
        get_adapter().send_notification_mail(f"mfa/email/{notice}", user)
    assert OutgoingMail.objects.count() == before + 1


# Codes


def test_fifteen_wrong_codes_from_one_network_leave_the_person_alone():
    user = UserFactory()
    statuses = []
    for number in range(5):
        stranger = browser(STRANGE.format(number))
        ask_for_code(stranger, user.email)
        statuses += [write_code(stranger, "12").status_code for _try in range(4)]
    assert set(statuses) == {200}
    own = browser()
    ask_for_code(own, user.email)
    write_code(own, last_code(user.email))
    assert is_signed_in(own)


def test_a_hundred_wrong_codes_from_everywhere_end_the_demands_of_strangers_for_a_day():
    user = UserFactory()
    own = browser()
    ask_for_code(own, user.email)
    code = last_code(user.email)
    guess_from_everywhere(user.email)
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        assert ask_for_code(browser("192.0.2.3"), user.email).status_code == REFUSED
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1)):
        assert ask_for_code(browser("192.0.2.3"), user.email).status_code == 302
    write_code(own, code)
    assert is_signed_in(own)


def test_asking_again_does_not_prolong_being_known():
    """Else who began before strangers were refused could go on guessing for ever."""
    user = UserFactory()
    stranger = browser()
    ask_for_code(stranger, user.email)
    guess_from_everywhere(user.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=50)):
        assert start_again(stranger, user.email).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert start_again(stranger, user.email).status_code == REFUSED


def test_one_browser_tries_fifteen_codes_an_hour():
    user = UserFactory()
    own = browser()
    statuses = []
    for _code in range(4):
        start_again(own, user.email)
        statuses += [write_code(own, "12").status_code for _try in range(4)]
    assert statuses == [200] * CODES.own.tries + [REFUSED]


def test_a_field_that_a_form_does_not_have_names_nobody():
    """Who writes one into the form is counted as before: for the address of the code, and in the network."""
    own = browser(STRANGE.format(1))
    statuses = []
    for _code in range(4):
        start_again(own, "a@example.org")
        for number in range(4):
            forged = {"code": "12", "login": f"b{number}@example.org", "email": f"c{number}@example.org"}
            statuses.append(own.post(reverse("account_confirm_login_code"), forged).status_code)
    assert statuses == [200] * CODES.own.tries + [REFUSED]
    fill(sign_in_limits.NETWORK, "203.0.113.0/24")
    own.post(reverse("account_logout"))
    assert sign_up(own, "new@example.net", login="a@example.org").status_code == REFUSED
    forged = {"login": "new@example.net", "email": "a@example.org"}
    assert own.post(reverse("account_login"), forged).status_code == REFUSED


def test_guesses_at_the_app_leave_the_person_in_another_browser_alone(client):
    user = with_app(UserFactory(password=PASSWORD))
    strangers = [browser(STRANGE.format(number)) for number in range(4)]
    statuses = []
    for stranger in strangers:
        ask_for_code(stranger, user.email, password=PASSWORD)
        statuses += [stranger.post(reverse("mfa_authenticate"), {"code": "12"}).status_code for _try in range(5)]
    assert statuses == [200] * CODES.nearby.tries + [REFUSED] * (20 - CODES.nearby.tries)
    own = browser()
    ask_for_code(own, user.email, password=PASSWORD)
    assert own.post(reverse("mfa_authenticate"), {"code": "12"}).status_code == 200


def test_strangers_everywhere_ask_and_guess_so_often_and_no_more():
    statuses = []
    for address in networks(DEMANDS.everywhere.tries + 1, version=6):
        stranger = browser(address)
        statuses.append(ask_for_code(stranger, "a@example.org").status_code)
        statuses += [write_code(stranger, "12").status_code for _try in range(4)]
    asked = CODES.everywhere.tries // 4
    assert statuses == [302, 200, 200, 200, 200] * asked + [REFUSED, *[302] * 4] * (len(statuses) // 5 - asked)


def test_limits_tell_nothing_about_who_has_an_account():
    UserFactory(email="known@example.org")
    seen = []
    for email in ("known@example.org", "nobody@example.org"):
        statuses = []
        for number in range(DEMANDS.nearby.tries + 2):
            stranger = browser(STRANGE.format(number))
            statuses.append(ask_for_code(stranger, email).status_code)
            statuses += [write_code(stranger, "12").status_code for _try in range(4)]
        seen.append(statuses)
    assert seen[0] == seen[1]
    assert REFUSED in seen[0]


# The network and the place of counting


def test_one_network_tries_a_hundred_times():
    statuses = [
        ask_for_code(browser(STRANGE.format(number)), f"person{number}@example.org").status_code
        for number in range(sign_in_limits.NETWORK.tries + 2)
    ]
    assert statuses == [302] * sign_in_limits.NETWORK.tries + [REFUSED] * 2
    assert ask_for_code(browser("10.9.9.9"), "a@example.org").status_code == 302
    assert browser(STRANGE.format(1)).get(reverse("account_login")).status_code == 200


def test_refusal_says_when_to_come_back():
    for _try in range(11):
        answer = ask_for_code(browser(), "a@example.org")
    assert answer["Retry-After"] == "3600"


def test_counters_name_nobody():
    UserFactory(email="aino@example.org", password=PASSWORD)
    ask_for_code(browser(), "aino@example.org", password="melkein oikea sana")
    ask_for_code(browser(), "aino@example.org")
    written = " ".join(AttemptCounter.objects.values_list("key", flat=True))
    assert "aino" not in written
    assert "198.51" not in written


def test_behind_a_proxy_that_nobody_told_of_the_site_is_not_locked(settings):
    settings.PUBLIC_URL, settings.IS_TLS = "https://example.org", True
    for number in range(sign_in_limits.NETWORK.tries // 10 + 1):
        fill(sign_in_limits.NETWORK, f"127.0.{number}.0/24")
    user = UserFactory()
    statuses = [ask_for_code(browser("127.0.0.1"), user.email).status_code for _try in range(DEMANDS.nearby.tries + 2)]
    assert set(statuses) == {302}
    fill(DEMANDS.everywhere, user.email)
    assert ask_for_code(browser("127.0.0.1"), user.email).status_code == REFUSED
    assert ask_for_code(browser("127.0.0.1"), "somebody.else@example.org").status_code == 302
