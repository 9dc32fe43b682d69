"""A window in front of a person: what they see, what they press, and the checks that every page passes."""

import re

from playwright.sync_api import expect

from tests.browser.pages import assert_page_is_right


class Window:
    def __init__(self, page, site, screens, sheet):
        self.page, self.site, self.screens, self.sheet = page, site, screens, sheet
        self.main = page.locator("main")

    # Looking

    def sees(self, heading, label=None):
        """The page has this heading and stands every check; with a label it goes on the contact sheet."""
        expect(self.main.locator("h1")).to_contain_text(heading)
        assert_page_is_right(self.page)
        self.keep(label)

    def keep(self, label):
        if label:
            self.screens.keep(self.page, self.sheet, label)

    def is_told(self, words):
        expect(self.main).to_contain_text(words)

    def sees_mistake(self, words, heading, label=None):
        """The mistake is told in the title, in the summary that has the focus, and beside the answer."""
        expect(self.page).to_have_title(re.compile("^Virhe:"))
        expect(self.main.locator("[data-portal-errors]")).to_be_focused()
        self.is_told(words)
        self.sees(heading, label)

    # Doing

    def goes(self, path):
        response = self.page.goto(path)
        assert response.ok, f"{response.status} {path}"

    def answer(self, label, value):
        self.main.get_by_label(label).first.fill(value)

    def date(self, question, day):
        boxes = self.main.get_by_role("group", name=question)
        for label, part in (("Päivä", day.day), ("Kuukausi", day.month), ("Vuosi", day.year)):
            boxes.get_by_label(label).fill(str(part))

    def choose(self, question, answer):
        self.main.get_by_role("group", name=question).get_by_label(answer).first.check()

    def press(self, name, *, twice=False):
        button = self.main.get_by_role("button", name=name).first
        if twice:
            button.dblclick()
        else:
            button.click()

    def follow(self, name):
        self.main.get_by_role("link", name=name).first.click()
