"""One hire, walked whole: an association registers, publishes a job, people apply for it, and it is filled."""

import pytest

from tests.browser.acts import association, jobseeker, moderator
from tests.browser.acts.keyboard import Keyboard
from tests.browser.acts.window import Window
from tests.browser.people import address, sign_in

MODERATOR = "moderaattori@jarjestotyo.example"
SECOND_MODERATOR = "moderaattori2@jarjestotyo.example"
STRANGER = "eero.esimerkki@kierratyspiha.example"
TITLE = "Kahvilan apulainen keskustaan"


@pytest.fixture
def open_window(open_page, site, screens):
    """A window of one's own, with the name of the contact sheet that its pages go on."""

    def begin(sheet, **options):
        return Window(open_page(**options), site, screens, sheet)

    return begin


@pytest.mark.parametrize(("width", "number"), [(390, "912.345"), (1280, "923.456")], ids=["phone", "desk"])
def test_one_hire(open_window, site, width, number):
    title, name, email = f"{TITLE} {width}", f"Tarinan kahvila {width} ry", f"maija{width}@tarina.example"
    owner = open_window("association", width=width)
    association.registers(owner, email, name, number)
    pk = association.writes_a_job(owner, title)
    publish(open_window, site, owner, pk=pk, title=title, name=name)
    invite(open_window, site, owner, name, f"veikko{width}@tarina.example")

    seeker, other = open_window("jobseeker", width=width), open_window("jobseeker", width=width)
    other_mail, third_mail = f"otso{width}@hakija.example", f"tiina{width}@hakija.example"
    code = apply(open_window, seeker, pk, title, width)
    for window, person, mail in ((other, "Otso Esimerkki", other_mail), (other, "Tiina Esimerkki", third_mail)):
        window.goes(address("jobs:posting_short", pk=pk))
        jobseeker.applies(window, person, "", mail)

    assert_strangers_find_nothing(open_window, site, owner, pk)
    association.declines(owner, "Tiina Esimerkki")
    assert "kahvilan" in site.mails(third_mail)[-1]["text"].lower()
    association.hires(owner, "Aino Esimerkki")
    jobseeker.looks_up(seeker, code, phone_of(width)[-4:], "Olette sopineet työstä")
    association.fills(owner, pk, title)
    assert len(site.mails(other_mail)) == 2, "a receipt, then one kind message"
    assert len(site.mails(third_mail)) == 2, "who has an answer already gets no other"
    jobseeker.meets_a_closed_job(seeker, pk, title)


def publish(open_window, site, owner, *, pk, title, name):
    """A change is asked for and made; then two moderators have the page open, and one outcome stands."""
    first, second = open_window("moderator", width=1280), open_window("moderator", width=1280)
    sign_in(first.page, site, MODERATOR)
    sign_in(second.page, site, SECOND_MODERATOR)
    moderator.asks_for_a_change(first, pk)
    association.mends(owner, pk, title)
    moderator.verifies(first, name)
    moderator.opens(first, pk)
    moderator.opens(second, pk)
    moderator.publishes(first, title)
    moderator.comes_second(second)
    published = site.execute("SELECT * FROM postings_postingevent WHERE posting_id = ? AND to_status = 'PUBLISHED'", pk)
    assert len(published) == 1


def invite(open_window, site, owner, name, email):
    """The first link expires; the next one makes a colleague a member."""
    organisation = site.execute("SELECT id FROM organisations_organisation WHERE name = ?", name)[0]["id"]
    colleague = open_window("association", width=owner.page.viewport_size["width"])
    old_link = association.invites(owner, organisation, email)
    site.execute("UPDATE organisations_invitation SET sent_at = '2026-01-02 10:00:00' WHERE email = ?", email)
    association.meets_an_expired_invitation(colleague, old_link)
    link = association.sends_the_invitation_again(owner, organisation, email)
    association.joins(colleague, link, email, name)


def phone_of(width):
    return f"040 555 {width:04d}"


def apply(open_window, seeker, pk, title, width):
    """Found by words, applied, told when it is done again; taken back and sent anew."""
    jobseeker.finds(seeker, title)
    code = jobseeker.applies(seeker, "Aino Esimerkki", phone_of(width))
    jobseeker.applies_again(open_window("jobseeker", width=width), pk, "Aino Esimerkki", phone_of(width))
    jobseeker.looks_up(seeker, code, phone_of(width)[-4:], "Hakemuksesi on perillä")
    jobseeker.withdraws(seeker)
    seeker.goes(address("jobs:posting_short", pk=pk))
    return jobseeker.applies(seeker, "Aino Esimerkki", phone_of(width))


def assert_strangers_find_nothing(open_window, site, owner, pk):
    """Another association's administrator, and an address that was guessed."""
    path = association.opens_the_application(owner, "Aino Esimerkki")
    stranger = open_window("association", width=390)
    sign_in(stranger.page, site, STRANGER)
    for secret in (path, address("jobs:desk_posting", pk=pk), address("jobs:posting_edit", pk=pk, step="nimi")):
        assert stranger.page.goto(secret).status == 404, secret
    stranger.sees("Tätä sivua ei ole", "A stranger finds nothing")


def test_jobseeker_by_keyboard_without_script(open_window, site):
    """In the dark, on the narrowest phone, Tab by Tab."""
    window = open_window("jobseeker-dark", width=320, dark=True, javascript=False)
    hands = Keyboard(window)
    window.goes("/")
    window.sees("Millaista työtä etsit?", "Home")
    hands.type("q", "keittiöön")
    hands.press("Etsi")
    window.sees("keittiöön", "What was found")
    hands.tab_to(lambda focus: focus["tag"] == "A" and "stretched" in focus["html"], "the first job")
    with window.page.expect_navigation():
        window.page.keyboard.press("Enter")
    window.sees("", "The job")
    hands.follow("Hae työtä")
    hands.press("Jatka")
    window.sees("Miten sinut tavoittaa?", "Apply 1, mistakes told")
    hands.type("name", "Aino Esimerkki")
    hands.type("phone", "040 555 0320")
    hands.press("Jatka")
    window.sees("Mitä osaat ja toivot?", "Apply 2")
    hands.tick("tasks")
    hands.tick("hours_wish", "AS_POSTED")
    hands.tick("start_wish", "UNSURE")
    hands.type("message", "Olen tehnyt keittiötyötä.")
    hands.press("Jatka tarkistamaan")
    window.sees("Tarkista ja lähetä", "Apply 3")
    hands.press("Lähetä hakemus yhdistykselle")
    window.sees("Hakemuksesi on lähetetty", "Sent, with a code")
    code = jobseeker.CODE.search(window.main.inner_text()).group()
    see_and_take_back(hands, window, code)


def see_and_take_back(hands, window, code):
    window.goes(address("jobs:application_status"))
    hands.press("Näytä hakemuksen tila")
    window.sees("Missä hakemukseni on?", "Where is it, mistakes told")
    hands.type("reference", code)
    hands.type("digits", "0320")
    hands.press("Näytä hakemuksen tila")
    window.sees("Hakemuksesi on perillä", "The state")
    hands.follow("Peru hakemus")
    window.sees("Haluatko perua hakemuksesi?", "Taking it back")
    hands.press("Peru hakemus")
    window.sees("Peruit hakemuksesi", "Taken back")
