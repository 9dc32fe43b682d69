"""What the search field suggests while somebody types, by keyboard and for a screen reader."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import assert_page_is_right


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_suggestions_are_moved_through_and_taken_by_keyboard(open_page, dark):
    page = open_page("/", width=320, dark=dark)
    field = page.get_by_role("combobox", name="Työ tai ala")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("puutarha")
    listbox = page.get_by_role("listbox", name="Työ tai ala")
    options = listbox.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="Valitse alanuolella")).to_have_count(1)
    assert_page_is_right(page)

    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.last.get_attribute("id"))
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(options.last).to_have_attribute("aria-selected", "false")

    field.press("Escape")
    expect(listbox).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("puutarha")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")


def test_a_field_of_work_leads_to_its_jobs(open_page):
    page = open_page("/", width=390)
    page.get_by_role("combobox", name="Työ tai ala").press_sequentially("piha ja puu")
    expect(page.get_by_role("option", name="Piha ja puutarha")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/tyopaikat/\?ala=garden$"))
