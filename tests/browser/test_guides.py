"""A guide is read, printed and found in another language; a second person approves a change to it."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import assert_page_is_right
from tests.browser.people import sign_in

WRITER, READER = "moderaattori@jarjestotyo.example", "moderaattori2@jarjestotyo.example"
GUIDE = "Työn pilkkominen"


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)], ids=["phone, dark", "desk, light"])
def test_reader_finds_a_guide_and_prints_its_checklist(open_page, screens, width, dark):
    page = open_page("/oppaat/", width=width, dark=dark)
    assert_page_is_right(page)
    screens.keep(page, "guides", "Guides and training")
    page.get_by_role("link", name="Työn muotoilu").first.click()
    expect(page.locator("nav.tabs [aria-current=page]")).to_have_text("Työn muotoilu")
    page.get_by_role("link", name=GUIDE).click()
    expect(page.locator("h1")).to_contain_text(GUIDE)
    assert_page_is_right(page)
    screens.keep(page, "guides", "A guide")
    page.get_by_role("link", name="Tulosta tarkistuslista").first.click()
    expect(page.get_by_role("button", name="Tulosta")).to_be_visible()
    expect(page.locator("ul.checklist > li").first).to_be_visible()
    assert_page_is_right(page)
    screens.keep(page, "guides", "Its checklist, for printing")


def test_part_that_is_read_is_marked(open_page):
    page = open_page("/oppaat/")
    page.get_by_role("link", name=GUIDE).click()
    part = page.locator(".part-nav a").nth(2)
    part.click()
    expect(page.locator(".part-nav [aria-current]")).to_have_text(part.inner_text())


def test_swedish_reader_is_told_what_is_in_finnish(open_page):
    page = open_page("/sv/guider/", width=390)
    expect(page.locator("main a[lang=fi]").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("på finska")
    assert_page_is_right(page)


def test_parts_and_checklist_work_without_script(open_page):
    page = open_page("/oppaat/", width=320, javascript=False)
    page.get_by_role("link", name=GUIDE).click()
    page.locator(".part-nav summary").click()
    page.locator(".part-nav a").first.click()
    assert "#osa-" in page.url
    page.get_by_role("link", name="Tulosta tarkistuslista").first.click()
    expect(page.locator("h1")).to_contain_text(GUIDE)


def test_second_person_approves(open_page, site):
    page_id = site.execute("SELECT id FROM wagtailcore_page WHERE title LIKE ?", f"{GUIDE}%")[0]["id"]
    edit = f"/admin/pages/{page_id}/edit/"

    def open_menu(page):
        page.goto(edit)
        page.locator("footer [data-w-dropdown-target=toggle]").last.click()

    writer = open_page()
    sign_in(writer, site, WRITER)
    open_menu(writer)
    expect(writer.get_by_role("button", name="Julkaise", exact=True)).to_have_count(0)
    writer.get_by_role("button", name="Toinen ihminen tarkistaa").click()
    expect(writer.locator(".messages")).to_contain_text("lähetetty")
    open_menu(writer)
    expect(writer.get_by_role("button", name="Hyväksy ja julkaise")).to_have_count(0)

    reader = open_page()
    sign_in(reader, site, READER)
    open_menu(reader)
    reader.get_by_role("button", name="Hyväksy ja julkaise", exact=True).click()
    expect(reader.locator(".messages")).to_contain_text(GUIDE)
    state = site.execute("SELECT status FROM wagtailcore_workflowstate ORDER BY id DESC")[0]["status"]
    assert state == "approved"
