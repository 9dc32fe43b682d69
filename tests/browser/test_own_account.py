"""A member looks after the account: adds a passkey and signs in with it, turns on the app and is asked for it."""

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from accounts.actions import PERIOD
from tests.browser.pages import assert_page_is_right
from tests.browser.people import address, sign_in

MEMBER = "maija.malli@ruokatupa.example"
PAGES = (
    "account_profile",
    "account_email",
    "account_set_password",
    "account_sign_out_everywhere",
    "account_logout",
    "account_confirm_identity",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
)


def with_security_device(page):
    """A passkey holder built into the browser, which recognises its user every time."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_pages_of_the_account_fit_and_are_accessible(open_page, site, width, dark):
    page = open_page(width=width, dark=dark)
    sign_in(page, site, MEMBER)
    for name in PAGES:
        assert page.goto(address(name)).ok, name
        expect(page.locator("h1")).to_have_count(1)
        assert_page_is_right(page)


def test_pages_before_signing_in_fit_and_are_accessible(open_page):
    page = open_page(width=320, dark=True)
    for name in ("account_login", "account_signup", "account_request_login_code", "account_inactive"):
        assert page.goto(address(name)).ok, name
        assert_page_is_right(page)


def test_passkey_is_added_and_signs_in_alone(open_page, site):
    page = with_security_device(open_page(width=390))
    sign_in(page, site, MEMBER)
    page.goto(address("mfa_add_webauthn"))
    page.locator("input[name=name]").fill("Puhelin")
    page.locator("input[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(f"**{address('mfa_view_recovery_codes')}")
    assert_page_is_right(page)
    page.goto(address("mfa_list_webauthn"))
    expect(page.locator("main")).to_contain_text("Puhelin")
    assert_page_is_right(page)
    page.goto(address("account_logout"))
    page.locator("main form button").click()
    page.goto(address("account_login"))
    page.locator("#passkey_login").click()
    page.wait_for_url(f"**{address('organisations:desk')}")
    page.goto(address("mfa_list_webauthn"))
    page.get_by_role("link", name="Puhelin").last.click()
    page.locator("main form button").click()
    expect(page.locator("main")).not_to_contain_text("Puhelin")


def test_app_is_turned_on_and_asked_for(open_page, site):
    page = open_page(width=390)
    sign_in(page, site, MEMBER)
    page.goto(address("mfa_activate_totp"))
    secret = page.locator(".code-words").inner_text()
    now = page.evaluate("Date.now() / 1000")
    page.locator("input[name=code]").fill(format_hotp_value(hotp_value(secret, int(now) // PERIOD)))
    page.locator("main form button").click()
    page.wait_for_url(f"**{address('mfa_view_recovery_codes')}")
    recovery = page.locator(".code-list code").first.inner_text()
    page.goto(address("account_logout"))
    page.locator("main form button").click()
    page.goto(address("account_login"))
    page.locator("input[name=login]").fill(MEMBER)
    page.locator("main form.form button").first.click()
    page.locator("input[name=code]").fill(site.code_for(MEMBER))
    page.locator("main form.form button").first.click()
    page.wait_for_url(f"**{address('mfa_authenticate')}")
    assert_page_is_right(page)
    page.locator("input[name=code]").fill(recovery)
    page.locator("main form.form button").first.click()
    page.wait_for_url(f"**{address('organisations:desk')}")
    page.goto(address("mfa_deactivate_totp"))
    page.locator("main form button").click()
    expect(page.locator("main")).to_contain_text("ei ole enää käytössä")
