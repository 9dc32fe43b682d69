"""A member, then a moderator, sign in on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import assert_page_is_right
from tests.browser.people import address, sign_in

MEMBER = "maija.malli@ruokatupa.example"
MODERATOR = "moderaattori@jarjestotyo.example"


@pytest.mark.parametrize("width", [390, 1280])
def test_member_signs_in_by_a_mailed_code(open_page, site, width):
    page = open_page(address("account_login"), width=width)
    assert_page_is_right(page)
    sign_in(page, site, MEMBER)
    expect(page.locator("h1")).to_have_count(1)
    assert_page_is_right(page)


def test_wrong_code_is_told_kindly(open_page, site):
    page = open_page(address("account_request_login_code"), width=390, dark=True)
    page.locator("main input[name=email]").fill(MEMBER)
    page.locator("main form.form button").first.click()
    page.locator("main input[name=code]").fill("123")
    page.locator("main form.form button").first.click()
    expect(page.locator("[aria-invalid=true]")).to_have_count(1)
    assert_page_is_right(page)


def test_moderator_needs_the_second_step(open_page, site):
    page = open_page(width=1280)
    sign_in(page, site, MODERATOR)
    assert page.goto("/admin/").ok
