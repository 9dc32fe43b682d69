"""The association: it registers, writes a job, mends it, invites a colleague, answers applicants and hires."""

import re
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.browser.people import address

WRITER, PHONE = "Maija Malli", "013 000 0099"


def registers(window, email, name, number):
    """From the first page to an association that waits for verification."""
    window.goes(address("organisations:organisation_register"))
    window.sees("Liitä yhdistyksesi", "An association joins")
    window.follow("Luo tili")
    window.press("Jatka")
    window.sees_mistake("sähköposti", "tili", "An account, a mistake told")
    window.answer("Nimesi", WRITER)
    window.answer("Sähköposti", email)
    window.press("Jatka")
    window.sees("koodi", "The code")
    window.answer("Koodi", window.site.code_for(email))
    window.press("Jatka")
    window.sees("Liitä yhdistyksesi", "The association's details")
    window.answer("Nimi", name)
    window.answer("Y-tunnus", "1234567-2")
    window.press("Liitä yhdistys")
    window.sees_mistake("Y-tunnus", "Liitä yhdistyksesi", "Mistakes told, nothing lost")
    expect(window.main.get_by_label("Nimi").first).to_have_value(name)
    window.answer("Y-tunnus", "")
    window.answer("Yhdistysrekisterin numero", number)
    window.main.get_by_role("group", name="Mitä yhdistyksesi tekee?").get_by_role("checkbox").first.check()
    window.main.get_by_label("Kotikunta").select_option(label="Joensuu")
    window.answer("Puhelin", PHONE)
    window.press("Liitä yhdistys")
    window.is_told(f"Kiitos! Saimme tiedot: {name}")
    window.sees("työpöytä", "The desk, waiting for verification")


def writes_a_job(window, title):
    """Seven questions with a mistake in each step that can have one, then what one may add."""
    window.goes(address("jobs:posting_create"))
    window.sees("Uusi työtehtävä", "A new job")
    window.press("Aloita tyhjästä")
    names_it(window, title)
    lists_tasks(window)
    places_it(window)
    times_it(window)
    tells_whom_to_ask(window)
    adds_what_helps(window)
    window.sees("Tarkista ja lähetä", "Check and send")
    window.press("Lähetä tarkistettavaksi", twice=True)
    window.is_told("Ilmoitus lähetettiin tarkistettavaksi")
    window.sees(title, "Sent to review")
    return int(re.search(r"/(\d+)/", window.page.url).group(1))


def names_it(window, title):
    window.press("Jatka")
    window.sees_mistake("Kirjoita työlle nimi", "Nimi ja ala", "1 Name, mistakes told")
    window.answer("Mikä on työn nimi?", title)
    window.main.get_by_label("Mikä on työn ala?").select_option(index=1)
    window.answer("Kenelle työ sopii?", "Sopii, jos haluat oppia kahvilan työtä.")
    expect(window.main.locator("#preview")).to_contain_text(title)
    window.sees("Nimi ja ala", "1 Name and field")
    window.press("Jatka")


def lists_tasks(window):
    window.sees("Tehtävät")
    window.press("Jatka")
    window.sees_mistake("Kirjoita ainakin yksi tehtävä", "Tehtävät")
    first = window.main.get_by_role("group", name="Tehtävä 1")
    first.get_by_label("Mitä tehdään?").fill("Kahvin keittäminen")
    first.get_by_label("Minuuttia viikossa").fill("600")
    window.answer("Kerro työstä", "Keität kahvia ja leivot pullaa. Soita 040 123 4567.")
    window.sees("Tehtävät", "2 Tasks")
    window.press("Jatka")


def places_it(window):
    window.answer("Postinumero", "801")
    window.press("Jatka")
    window.sees_mistake("Postinumerossa on viisi numeroa", "Paikka", "3 Place, a mistake told")
    window.answer("Postinumero", "80100")
    window.answer("Kaupunginosa tai kylä", "keskusta")
    window.press("Jatka")


def times_it(window):
    """The end before the beginning, a day that is gone; then right."""
    window.sees("Työaika ja aloitus")
    window.answer("Montako tuntia viikossa?", "20")
    window.answer("Enintään, jos tunnit vaihtelevat", "15")
    window.choose("Mihin aikaan työtä tehdään?", "Arkipäivisin")
    window.choose("Milloin työ alkaa?", "Sovitaan yhdessä")
    window.date("Mihin asti työtä voi hakea?", date.today() - timedelta(days=1))
    window.press("Jatka")
    window.sees_mistake("Jälkimmäinen luku on pienempi", "Työaika ja aloitus", "4 Hours, mistakes told")
    window.answer("Enintään, jos tunnit vaihtelevat", "")
    window.date("Mihin asti työtä voi hakea?", date.today() + timedelta(days=20))
    window.press("Jatka")


def tells_whom_to_ask(window):
    window.sees("Yhteystiedot")
    window.answer("Kuka vastaa hakijoille?", "")
    window.press("Jatka")
    window.sees_mistake("Kirjoita, kuka vastaa hakijoille", "Yhteystiedot", "5 Contact, a mistake told")
    window.answer("Kuka vastaa hakijoille?", WRITER)
    window.answer("Puhelin", PHONE)
    window.press("Jatka")


def adds_what_helps(window):
    window.sees("Mitä työ vaatii")
    window.choose("Nostaminen", "Jonkin verran")
    window.main.get_by_label("Kieli").first.select_option(label="suomi")
    window.press("Jatka")
    window.sees_mistake("Valitse, miten hyvin", "Mitä työ vaatii", "6 What the work asks, a mistake told")
    window.main.get_by_label("Taso").first.select_option(index=1)
    window.press("Jatka")
    window.sees("Palkka ja tuki")
    window.answer("Palkka euroina, vähintään", "13")
    window.answer("Palkka euroina, enintään", "12")
    window.main.get_by_label("Palkkatuki on mahdollinen").check()
    window.press("Jatka")
    window.sees_mistake("pienempi", "Palkka ja tuki", "7 Pay and support, a mistake told")
    window.answer("Palkka euroina, enintään", "14")
    window.press("Jatka")


def mends(window, pk, title):
    """The desk leads to the answer that a moderator asks about."""
    window.goes(address("organisations:desk"))
    window.follow(re.compile(f"Täydennä.*{title}"))
    window.is_told("Siirrä puhelinnumero yhteystietoihin.")
    window.sees("Tarkista ja lähetä", "A change is asked for")
    window.main.locator(".rows").get_by_role("link", name="Tehtävät").click()
    window.is_told("Siirrä puhelinnumero yhteystietoihin.")
    window.sees("Tehtävät", "The answer to mend")
    window.answer("Kerro työstä", "Keität kahvia ja leivot pullaa kahden muun kanssa.")
    window.press("Jatka")
    window.goes(address("jobs:posting_edit", pk=pk, step="tarkista"))
    window.press("Lähetä tarkistettavaksi")
    window.is_told("Ilmoitus lähetettiin tarkistettavaksi")


def invites(window, organisation, email):
    """A mistake, then an invitation; the answer is the link that came to the colleague."""
    window.goes(address("organisations:members", pk=organisation))
    window.press("Lähetä kutsu")
    window.sees_mistake("Kirjoita sähköpostiosoite", "Jäsenet ja kutsut")
    window.answer("Sähköposti", email)
    window.choose("Rooli", "Jäsen")
    window.press("Lähetä kutsu", twice=True)
    window.is_told(email)
    window.sees("Jäsenet ja kutsut", "Members and invitations")
    assert len(window.site.mails(email)) == 1
    return window.site.link_for(email)


def sends_the_invitation_again(window, organisation, email):
    window.goes(address("organisations:members", pk=organisation))
    window.is_told("linkki on vanhentunut")
    window.follow(re.compile("Lähetä uudelleen"))
    window.press("Lähetä uudelleen")
    return window.site.link_for(email)


def joins(window, link, email, name):
    """The invited colleague makes an account from the link and comes back to it."""
    window.goes(link)
    window.sees("Kutsu", "An invitation")
    window.follow("Luo tili")
    window.answer("Nimesi", "Veikko Malli")
    window.answer("Sähköposti", email)
    window.press("Jatka")
    window.answer("Koodi", window.site.code_for(email))
    window.press("Jatka")
    window.sees(name)
    window.press("Hyväksy kutsu", twice=True)
    window.sees("työpöytä")
    window.is_told(name)


def meets_an_expired_invitation(window, link):
    assert window.page.goto(link).status == 410
    window.sees("Kutsu ei ole enää voimassa", "An invitation that has expired")


def opens_the_application(window, name):
    """From what waits on the desk, or from the inbox, to one applicant."""
    window.goes(address("jobs:desk_applications"))
    window.sees("työpöytä")
    for link in window.main.locator(".rows a").all():
        path = link.get_attribute("href")
        window.goes(path)
        if window.main.get_by_role("heading", name=name).count():
            return path
        window.page.go_back()
    raise AssertionError(f"nothing from {name} in the inbox")


def hires(window, name):
    """In contact, a meeting, agreed: each told in its turn, a double click once."""
    opens_the_application(window, name)
    window.sees("työpöytä", "An application")
    window.answer("Uusi muistiinpano", "Soitettu, kahvila on tuttu paikka.")
    window.press("Tallenna muistiinpano")
    window.press("Olen ottanut yhteyttä", twice=True)
    window.is_told("olet ottanut yhteyttä hakijaan")
    window.press("Sovimme tapaamisesta")
    window.is_told("olette sopineet tapaamisesta")
    window.press("Sovimme työstä")
    window.is_told("olette sopineet työstä")
    window.sees("työpöytä", "Agreed on the job")


def declines(window, name):
    """A reason, then ready words that may be changed."""
    opens_the_application(window, name)
    window.follow("Vastaa kieltävästi")
    window.press("Jatka viestiin")
    window.sees_mistake("Valitse syy", "työpöytä", "Answer no: the reason")
    window.main.get_by_label("Valittiin toinen hakija").check()
    window.press("Jatka viestiin")
    expect(window.main.get_by_label("Viesti hakijalle")).not_to_be_empty()
    window.sees("työpöytä", "Answer no: the ready message")
    window.press("Lähetä vastaus hakijalle", twice=True)
    window.is_told("Vastauksesi lähetettiin hakijalle")


def fills(window, pk, title):
    window.goes(address("jobs:desk_posting", pk=pk))
    window.sees(title, "The job on the desk")
    window.press("Merkitse paikka täytetyksi", twice=True)
    window.is_told("Paikka on täytetty")
    window.sees(title, "The job is filled")
