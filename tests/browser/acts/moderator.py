"""The moderators, in the Wagtail admin."""

import re

from playwright.sync_api import expect

from tests.browser.pages import assert_no_axe_findings


def verifies(window, name):
    page = window.page
    page.goto("/admin/organisation/?status=PENDING")
    page.get_by_role("link", name=name).first.click()
    page.get_by_role("link", name="Merkitse tarkistetuksi").first.click()
    window.keep("Verifying an association")
    page.get_by_role("button", name="Merkitse tarkistetuksi").first.click()
    expect(page.locator(".messages")).to_contain_text(name)


def asks_for_a_change(window, pk):
    """What the checks found stands on the page; a request without words is not sent."""
    page = window.page
    page.goto(f"/admin/posting/inspect/{pk}/")
    expect(page.locator("main")).to_contain_text("040 123 4567")
    assert_no_axe_findings(page, "main")  # what is ours in the admin
    window.keep("Review of a job")
    page.get_by_role("button", name="Pyydä nämä muutokset").click()
    expect(page).to_have_title(re.compile("^Virhe:"))
    expect(page.locator("main")).to_contain_text("Valitse valmis lause tai kirjoita")
    window.keep("A request without words")
    page.locator("[name=words_description]").fill("Siirrä puhelinnumero yhteystietoihin.")
    page.get_by_role("button", name="Pyydä nämä muutokset").click()
    expect(page.locator(".messages")).to_contain_text("Yhdistystä pyydettiin muuttamaan")


def opens(window, pk):
    window.page.goto(f"/admin/posting/inspect/{pk}/")
    expect(window.page.locator("main")).to_contain_text("Muuttunut edellisen luvun jälkeen")
    assert_no_axe_findings(window.page, "main")
    window.keep("What has changed since")


def publishes(window, title):
    """The page was opened before: a double click publishes once and leads to the next job of the queue."""
    window.page.get_by_role("button", name="Julkaise").first.dblclick()
    expect(window.page.locator(".messages")).to_contain_text(title)


def comes_second(window):
    window.page.get_by_role("button", name="Julkaise").first.click()
    expect(window.page.locator(".messages")).to_contain_text("joku ehti ensin")
    window.keep("Somebody was faster")
