"""The pages that everybody meets, in each size and in the dark."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import assert_fits, assert_page_is_right

ADDRESSES = ["/", "/tyopaikat/", "/sv/", "/en/"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_public_pages_fit_and_are_accessible(open_page, width, dark):
    page = open_page(width=width, dark=dark)
    for address in ADDRESSES:
        response = page.goto(address)
        assert response.ok, f"{response.status} {address}"
        expect(page.locator("h1")).to_have_count(1)
        assert_page_is_right(page)


def test_public_pages_work_without_javascript(open_page):
    page = open_page(width=320, javascript=False)
    for address in ADDRESSES:
        assert page.goto(address).ok
        expect(page.locator("main h1")).to_be_visible()


def test_unknown_address_gets_a_kind_page(open_page):
    page = open_page(width=390)
    assert page.goto("/ei-ole-olemassa/").status == 404
    assert_page_is_right(page)


def test_large_text_does_not_break_the_page(open_page):
    page = open_page("/", width=390)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert_fits(page)
