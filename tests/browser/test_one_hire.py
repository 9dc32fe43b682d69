"""One hire, walked whole: an association registers, publishes a job, somebody applies on a phone, the job is filled."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.pages import assert_page_is_right
from tests.browser.people import address, sign_in

MODERATOR = "moderaattori@jarjestotyo.example"
SECOND_MODERATOR = "moderaattori2@jarjestotyo.example"
SEVEN = ["nimi", "tehtavat", "paikka", "aika", "yhteys", "vaatimukset", "palkka"]


class Story:
    """A window with the checks that every page passes, and the words of a person who uses it."""

    def __init__(self, page, screens, sheet):
        self.page, self.screens, self.sheet = page, screens, sheet

    def sees(self, heading, label=None):
        expect(self.page.locator("main h1")).to_contain_text(heading)
        assert_page_is_right(self.page)
        if label:
            self.screens.keep(self.page, self.sheet, label)

    def press(self, name, **options):
        self.page.locator("main").get_by_role("button", name=name, **options).first.click()

    def follow(self, name):
        self.page.locator("main").get_by_role("link", name=name).first.click()

    def write(self, name, value):
        self.page.locator(f"main [name='{name}']").first.fill(value)

    def choose(self, name, value):
        self.page.locator(f"main [name='{name}'][value='{value}']").check()

    def date(self, name, day):
        for part in ("day", "month", "year"):
            self.write(f"{name}_{part}", str(getattr(day, part)))

    def is_told(self, words):
        expect(self.page.locator("main")).to_contain_text(words)


@pytest.fixture
def story(open_page, screens):
    def begin(sheet, **options):
        return Story(open_page(**options), screens, sheet)

    return begin


def register(one, site, email, name, number):
    """From the front page to an association that waits for verification, with a mistake on the way."""
    one.page.goto(address("organisations:organisation_register"))
    one.sees("yhdistyksesi", "Registration begins")
    one.follow(re.compile("Luo tili|Tee tili|tunnu", re.IGNORECASE))
    one.write("email", email)
    one.write("name", "Maija Malli")
    one.page.locator("main form.form button").first.click()
    one.write("code", site.code_for(email))
    one.page.locator("main form.form button").first.click()
    one.page.goto(address("organisations:organisation_register"))
    one.write("business_id", "1234567-1")
    one.write("name", name)
    one.page.locator("main form.form button").last.click()
    expect(one.page).to_have_title(re.compile("^Virhe:"))
    one.sees("yhdistyksesi", "Registration, mistakes told")
    assert one.page.locator("main [name=name]").input_value() == name
    one.write("business_id", "")
    one.write("association_register_no", number)
    one.page.locator("main [name=activity_fields]").first.check()
    one.page.locator("main [name=municipality]").select_option(label="Joensuu")
    one.write("contact_name", "Maija Malli")
    one.write("contact_email", email)
    one.write("contact_phone", "013 000 0099")
    one.page.locator("main form.form button").last.click()
    one.page.goto(address("organisations:desk"))
    one.sees("työpöytä", "Desk of a new association")


def write_posting(one, title):
    """Seven answers, a mistake in each step that can have one, and the check before sending."""
    one.page.goto(address("jobs:posting_create"))
    one.sees("Uusi työtehtävä", "New job")
    one.press("Aloita tyhjästä")
    one.press("Jatka")
    expect(one.page).to_have_title(re.compile("^Virhe:"))
    one.sees("Nimi ja ala", "A mistake in the first step")
    one.write("title", title)
    one.page.locator("main [name=task_field]").select_option(index=1)
    one.write("fits", "Sopii, jos haluat oppia kahvilan työtä.")
    one.sees("Nimi ja ala", "Name and field")
    one.press("Jatka")
    one.sees("Tehtävät")
    one.press("Jatka")
    one.is_told("Kirjoita ainakin yksi tehtävä")
    one.write("task-0-title", "Kahvin keittäminen")
    one.write("task-0-minutes_per_week", "600")
    one.write("description", "Keität kahvia ja leivot pullaa. Soita 040 123 4567.")
    one.sees("Tehtävät", "Tasks")
    one.press("Jatka")
    one.write("postal_code", "801")
    one.press("Jatka")
    one.is_told("Postinumerossa on viisi numeroa")
    one.write("postal_code", "80100")
    one.write("district", "keskusta")
    one.sees("Paikka", "Place")
    one.press("Jatka")
    one.write("hours_min", "20")
    one.write("hours_max", "15")
    one.choose("day_parts", "WEEKDAY")
    one.choose("start_kind", "AGREED")
    one.date("application_deadline", date.today() - timedelta(days=1))
    one.press("Jatka")
    one.is_told("pienempi kuin ensimmäinen")
    one.write("hours_max", "")
    one.date("application_deadline", date.today() + timedelta(days=20))
    one.sees("Työaika ja aloitus", "Hours and start")
    one.press("Jatka")
    one.sees("Yhteystiedot", "Contact")
    one.press("Jatka")
    one.sees("Mitä työ vaatii", "What the work asks")
    one.choose("demand-LIFTING-level", "1")
    one.press("Jatka")
    one.sees("Palkka ja tuki", "Pay and support")
    one.page.locator("main [name=is_subsidy_possible]").check()
    one.press("Jatka")
    one.sees("Tarkista ja lähetä", "Check and send")
    one.page.locator("main").get_by_role("button", name="Lähetä tarkistettavaksi").dblclick()
    one.sees(title, "Sent to review")
    return int(re.search(r"/(\d+)/", one.page.url).group(1))


def verify_organisation(moderator, name):
    moderator.page.goto("/admin/organisation/")
    moderator.page.get_by_role("link", name=name).first.click()
    moderator.page.get_by_role("link", name="Vahvista").first.click()
    moderator.page.get_by_role("button", name="Vahvista").first.click()


def ask_for_a_change(moderator, pk):
    moderator.page.goto(f"/admin/posting/inspect/{pk}/")
    expect(moderator.page.locator("body")).to_contain_text("040 123 4567")
    moderator.screens.keep(moderator.page, moderator.sheet, "Review of a job")
    words = moderator.page.locator("[name=words_description]")
    words.fill("Siirrä puhelinnumero yhteystietoihin.")
    moderator.page.get_by_role("button", name="Pyydä nämä muutokset").click()
    expect(moderator.page.locator("body")).to_contain_text("Yhdistystä pyydettiin muuttamaan")


def mend(one, pk):
    one.page.goto(address("jobs:desk_posting", pk=pk))
    one.is_told("Siirrä puhelinnumero yhteystietoihin.")
    one.sees("Kahvilan apulainen", "A change is asked for")
    one.page.goto(address("jobs:posting_edit", pk=pk, step="tehtavat"))
    one.write("description", "Keität kahvia ja leivot pullaa kahden muun kanssa.")
    one.press("Jatka")
    one.page.goto(address("jobs:posting_edit", pk=pk, step="tarkista"))
    one.press("Lähetä tarkistettavaksi")
    one.is_told("Ilmoitus lähetettiin tarkistettavaksi")


def publish_in_two_tabs(moderator, second, pk):
    """Two moderators have the page open; the first publishes, the second is told."""
    for tab in (moderator, second):
        tab.page.goto(f"/admin/posting/inspect/{pk}/")
    expect(moderator.page.locator("body")).to_contain_text("Muuttunut edellisen luvun jälkeen")
    moderator.page.get_by_role("button", name="Julkaise").first.click()
    expect(moderator.page.locator("body")).to_contain_text("on julkaistu")
    second.page.get_by_role("button", name="Julkaise").first.click()
    expect(second.page.locator("body")).to_contain_text("joku ehti ensin")


def find_the_job(seeker, title):
    seeker.page.goto("/")
    seeker.sees("Millaista työtä etsit?", "Home")
    seeker.write("q", "kahvilan apulaisen")
    seeker.press("Etsi työtä")
    seeker.sees("kahvilan apulaisen", "Search")
    seeker.follow(title)
    seeker.sees(title, "The job")


def apply(seeker, pk, phone):
    seeker.follow("Hae työtä")
    seeker.press("Jatka")
    expect(seeker.page).to_have_title(re.compile("^Virhe:"))
    seeker.sees("tavoit", "A mistake in applying")
    seeker.write("name", "Aino Esimerkki")
    seeker.write("phone", phone)
    seeker.press("Jatka")
    seeker.sees("osaat", "What you can and would like")
    seeker.page.locator("main [name=tasks]").first.check()
    seeker.choose("hours_wish", "AS_POSTED")
    seeker.page.locator("main [name=start_wish]").first.check()
    seeker.write("message", "Olen leiponut paljon 😀 kotona.")
    seeker.press("Jatka")
    seeker.sees("Tarkista ja lähetä", "Check the application")
    seeker.page.locator("main form button").first.dblclick()
    expect(seeker.page.locator("main")).to_contain_text(re.compile(r"[A-Z0-9]{3}-[A-Z0-9]{3}"))
    assert_page_is_right(seeker.page)
    seeker.screens.keep(seeker.page, seeker.sheet, "Sent: the code")
    return re.search(r"[A-Z0-9]{3}-[A-Z0-9]{3}", seeker.page.locator("main").inner_text()).group()


@pytest.mark.parametrize(("width", "number"), [(390, "912.345"), (1280, "923.456")])
def test_one_hire(story, site, width, number):
    title, name, email = f"Kahvilan apulainen {width}", f"Tarinan kahvila {width} ry", f"maija{width}@tarina.example"
    association = story("association", width=width)
    register(association, site, email, name, number)
    pk = write_posting(association, title)

    moderator, second = story("moderator", width=1280), story("moderator", width=1280)
    sign_in(moderator.page, site, MODERATOR)
    sign_in(second.page, site, SECOND_MODERATOR)
    ask_for_a_change(moderator, pk)
    mend(association, pk)
    verify_organisation(moderator, name)
    publish_in_two_tabs(moderator, second, pk)

    seeker = story("jobseeker", width=width)
    find_the_job(seeker, title)
    phone = f"040 555 {width:04d}"
    code = apply(seeker, pk, phone)
    seeker.page.goto(address("jobs:application_status"))
    seeker.write("reference", code)
    seeker.write("digits", phone[-4:])
    seeker.page.locator("main form button").first.click()
    seeker.is_told("Uusi" if False else code)
    assert_page_is_right(seeker.page)

    association.page.goto(address("organisations:desk"))
    association.is_told("Vastaa hakemukseen")
    association.sees("työpöytä", "Desk: what waits")
    association.follow(re.compile("Vastaa hakemukseen"))
    assert_page_is_right(association.page)
    association.screens.keep(association.page, association.sheet, "An application")
    stranger = story("association", width=width)
    sign_in(stranger.page, site, "eero.esimerkki@kierratyspiha.example")
    assert stranger.page.goto(association.page.url).status == 404
    assert stranger.page.goto(address("jobs:desk_posting", pk=pk)).status == 404

    association.page.goto(address("jobs:desk_posting", pk=pk))
    association.press("Merkitse työ täytetyksi")
    association.is_told("Työ on täytetty")
    association.sees(title, "The job is filled")
    seeker.page.goto(f"/tyopaikat/{pk}/")
    seeker.is_told("Tähän työhön löytyi tekijä")
    seeker.sees(title, "The job is closed")
