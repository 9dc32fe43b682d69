"""The jobseeker: finds a job, applies without an account, looks how it is doing, takes it back."""

import re

from tests.browser.people import address

CODE = re.compile(r"\b[A-Z0-9]{3}-[A-Z0-9]{3}\b")


def finds(window, title):
    """With the words bent as people write them."""
    window.goes("/")
    window.sees("Millaista työtä etsit?", "Home")
    window.answer("Työ tai ala", "kahvilan apulaisena")
    window.press("Etsi")
    window.sees("kahvilan apulaisena", "What was found")
    window.follow(title)
    window.sees(title, "The job")


def applies(window, name, phone, email=""):
    """Three steps; the first try has a mistake, and the sending is double clicked. Answers the code."""
    window.follow("Hae työtä")
    window.press("Jatka")
    window.sees_mistake("Kirjoita nimesi", "Miten sinut tavoittaa?", "Apply 1, mistakes told")
    window.answer("Nimesi", name)
    window.answer("Puhelinnumero", phone)
    window.answer("Sähköpostiosoite", email)
    window.press("Jatka")
    window.sees("Mitä osaat ja toivot?")
    window.press("Jatka")
    window.sees_mistake("Valitse, montako tuntia", "Mitä osaat ja toivot?", "Apply 2, mistakes told")
    window.main.get_by_label("Kahvin keittäminen").check()
    window.choose("Montako tuntia viikossa sopii", "Ilmoituksen tunnit")
    window.choose("Milloin voit aloittaa", "Kun työ alkaa")
    window.answer("Kerro itsestäsi", "Olen leiponut paljon 😀 kotona. <b>مرحبا</b>")
    window.press("Jatka tarkistamaan")
    window.sees("Tarkista ja lähetä", "Apply 3, check and send")
    window.is_told("😀 kotona. <b>مرحبا</b>")
    window.press("Lähetä hakemus yhdistykselle", twice=True)
    window.sees("Hakemuksesi on lähetetty", "Sent, with a code")
    return CODE.search(window.main.inner_text()).group()


def applies_again(window, pk, name, phone):
    """The same person from another browser: the association sees one application with both texts."""
    window.goes(address("jobs:posting_apply", pk=pk))
    window.answer("Nimesi", name)
    window.answer("Puhelinnumero", phone)
    window.press("Jatka")
    window.choose("Montako tuntia viikossa sopii", "Ilmoituksen tunnit")
    window.choose("Milloin voit aloittaa", "Kun työ alkaa")
    window.press("Jatka tarkistamaan")
    window.press("Lähetä hakemus yhdistykselle")
    window.sees("Hakemuksesi on lähetetty", "Sent again from another browser")


def looks_up(window, code, digits, words):
    """By the code and the end of the phone number; a wrong code first."""
    window.goes(address("jobs:application_status"))
    window.answer("Koodi", "AB")
    window.press("Näytä hakemuksen tila")
    window.sees_mistake("Tarkista koodi", "Missä hakemukseni on?", "Where is it, mistakes told")
    window.answer("Koodi", code.lower())
    window.answer("neljä viimeistä numeroa", digits)
    window.press("Näytä hakemuksen tila")
    window.sees(words, f"State: {words}")


def withdraws(window):
    window.follow("Peru hakemus")
    window.sees("Haluatko perua hakemuksesi?", "Taking it back")
    window.press("Peru hakemus", twice=True)
    window.sees("Peruit hakemuksesi")


def meets_a_closed_job(window, pk, title):
    window.goes(address("jobs:posting_short", pk=pk))
    window.is_told("Tähän työhön löytyi tekijä")
    assert not window.main.get_by_role("link", name="Hae työtä").count()
    window.sees(title, "The job is closed")
