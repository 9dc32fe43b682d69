"""Signing in as a person does: a code from the mail, and for staff a second one from an app."""

import json
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import override_settings
from django.urls import reverse
from django.utils import translation

from accounts.adapters import MFAAdapter
from tests.browser.servers import SECRET_KEY

PERIOD = 30


def address(name, language="fi", **kwargs):
    """The path of a view in one language."""
    with translation.override(language):
        return reverse(name, kwargs=kwargs)


def app_code(site, email):
    """What the person's authenticator app shows; a code is good once, so the next one is awaited when it was used."""
    row = site.execute(
        "SELECT data FROM mfa_authenticator JOIN accounts_user ON accounts_user.id = user_id"
        " WHERE type = 'totp' AND email = ?",
        email,
    )[0]
    data = json.loads(row["data"])
    with override_settings(FACTOR_KEY=SECRET_KEY):
        secret = MFAAdapter().decrypt(data["secret"])
    while (period := int(time.time()) // PERIOD) <= data.get("last_period", 0):
        time.sleep(1)
    return format_hotp_value(hotp_value(secret, period))


def sign_in(page, site, email, *, language="fi"):
    """Signs in by a mailed code, with the second step where the person has one."""
    page.goto(address("account_request_login_code", language))
    page.locator("main input[name=email]").fill(email)
    page.locator("main form.form button").first.click()
    page.locator("main input[name=code]").fill(site.code_for(email))
    page.locator("main form.form button").first.click()
    if page.url.endswith(address("mfa_authenticate", language)):
        page.locator("main input[name=code]").fill(app_code(site, email))
        page.locator("main form.form button").first.click()
    page.wait_for_url(lambda url: "/2fa/" not in url and address("account_login", language) not in url)
