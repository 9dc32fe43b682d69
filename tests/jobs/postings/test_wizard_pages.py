"""What a step of the wizard says when a colleague was faster, and where the lines of its error summary lead."""

from html.parser import HTMLParser

import pytest

from tests.accounts.factories import UserFactory, sign_in
from tests.jobs.factories import JobPostingFactory
from tests.organisations.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
# How many tasks the page shows.
ROWS = "task-TOTAL_FORMS"


@pytest.fixture
def organisation():
    return OrganisationFactory(member=UserFactory())


@pytest.fixture
def member(client, organisation):
    return sign_in(client, organisation.members.get())


def url(posting, step):
    return f"/tyopoyta/tyot/{posting.pk}/muokkaa/{step}/"


# A colleague was faster


def test_a_colleagues_answer_is_not_overwritten_unseen(member, organisation):
    posting = JobPostingFactory(draft=True, organisation=organisation, title="Vanha")
    old = posting.revision
    field = posting.task_field.pk
    member.post(url(posting, "nimi"), {"title": "Työkaverin", "task_field": field, "revision": old})
    page = member.post(url(posting, "nimi"), {"title": "Minun", "task_field": field, "revision": old})
    assert page.status_code == 409
    text = page.content.decode()
    assert "Työkaverin" in text and 'value="Minun"' in text
    posting.refresh_from_db()
    assert posting.title == "Työkaverin"
    again = {"title": "Minun", "task_field": field, "revision": posting.revision}
    assert member.post(url(posting, "nimi"), again).status_code == 302
    posting.refresh_from_db()
    assert posting.title == "Minun"


def test_a_colleagues_tasks_are_not_overwritten_unseen(member, organisation):
    posting = JobPostingFactory(draft=True, organisation=organisation)
    old, address = posting.revision, url(posting, "tehtavat")
    member.post(address, {ROWS: 1, "task-0-title": "Työkaverin tiski", "revision": old})
    page = member.post(address, {ROWS: 1, "task-0-title": "Minun tiskini", "revision": old})
    assert page.status_code == 409
    text = page.content.decode()
    assert "Työkaverin tiski" in text and 'value="Minun tiskini"' in text
    assert posting.tasks.get().title == "Työkaverin tiski"
    again = {
        ROWS: 1,
        "task-0-title": "Minun tiskini",
        "revision": page.context["form"]["revision"].value(),
    }
    assert member.post(address, again).status_code == 302
    assert posting.tasks.get().title == "Minun tiskini"


def test_a_colleagues_demands_are_not_overwritten_unseen(member, organisation):
    posting = JobPostingFactory(draft=True, organisation=organisation)
    old, address = posting.revision, url(posting, "vaatimukset")
    theirs = {"demand-LIFTING-level": 2, "language-0-language": "fi", "language-0-level": "A1"}
    member.post(address, theirs | {"revision": old})
    page = member.post(address, {"demand-LIFTING-level": 1, "demand-LIFTING-note": "Kevyesti", "revision": old})
    assert page.status_code == 409
    assert "A1" in page.content.decode() and "Kevyesti" in page.content.decode()
    assert (posting.demands.get().level, posting.languages.get().level) == (2, "A1")


@pytest.mark.parametrize(
    ("step", "theirs", "mine", "words"),
    [
        (
            "aika",
            {"day_parts": ["WEEKDAY", "EVENING"], "start_kind": "AGREED", "hours_min": "24,5"},
            {"day_parts": ["SHIFT"], "start_kind": "SOON", "hours_min": "10"},
            ["Arkipäivisin, Iltaisin", "Vuoroissa", "Sovitaan yhdessä", "Mahdollisimman pian", "24,5"],
        ),
        ("vaatimukset", {"licences": ["022"]}, {"licences": []}, ["Tallennettu nyt: Hygieniapassi", "Sinun: –"]),
        ("palkka", {"support": ["WORK_PAIR"]}, {"pay_basis": "TIME"}, ["Työpari neuvoo sinua", "Tuntipalkka"]),
        ("palkka", {"is_tailored": "on", "openings": 2}, {"openings": 3}, ["Tallennettu nyt: kyllä", "Sinun: ei"]),
        (
            "tehtavat",
            {ROWS: 1, "task-0-title": "Tiski", "task-0-kind": "CORE", "task-0-can_be_left_out": "on"},
            {ROWS: 1, "task-0-title": "Tiski", "task-0-kind": "SUPPORTING"},
            ["Tiski (Päätehtävä, 0 min), voidaan jättää pois", "Tiski (Avustava tehtävä, 0 min)"],
        ),
        (
            "vaatimukset",
            {"demand-LIFTING-level": 2, "demand-LIFTING-can_be_adapted": "on"},
            {"demand-LIFTING-level": 2},
            ["Nostaminen: Paljon, voidaan sovittaa", "Nostaminen: Paljon<"],
        ),
    ],
)
def test_both_versions_are_shown_in_the_words_that_people_know(  # noqa: PLR0917 — a table of answers
    member, organisation, step, theirs, mine, words
):
    posting = JobPostingFactory(draft=True, organisation=organisation, tasks=[])
    old = posting.revision
    member.post(url(posting, step), theirs | {"revision": old})
    page = member.post(url(posting, step), mine | {"revision": old})
    assert page.status_code == 409
    shown = page.content.decode().partition('role="alert"')[2].partition("</dl>")[0].replace("\N{NO-BREAK SPACE}", " ")
    for text in words:
        assert text in shown
    for code in (
        "WEEKDAY",
        "SHIFT",
        "SOON",
        "AGREED",
        "022",
        "WORK_PAIR",
        "TIME",
        "CORE",
        "True",
        "False",
        "[",
        "None",
    ):
        assert code not in shown


def test_the_words_of_both_versions_are_marked_with_their_language(member, organisation):
    posting = JobPostingFactory(draft=True, organisation=organisation, language="sv")
    answers = {"task_field": posting.task_field.pk, "revision": posting.revision}
    member.post(url(posting, "nimi"), answers | {"title": "Kollegans"})
    page = member.post(url(posting, "nimi"), answers | {"title": "Min"})
    assert '<span lang="sv">Kollegans</span>' in page.content.decode()


def test_saving_the_same_rows_again_is_no_conflict(member, organisation):
    posting = JobPostingFactory(draft=True, organisation=organisation)
    old, address = posting.revision, url(posting, "vaatimukset")
    answers = {"demand-PEOPLE-level": 1, "demand-LIFTING-level": 2, "demand-LIFTING-note": "Kevyesti"}
    for number, language in enumerate(("sv", "fi", "en")):
        answers |= {f"language-{number}-language": language, f"language-{number}-level": "B1"}
    for _click in range(2):
        assert member.post(address, answers | {"revision": old}).status_code == 302
    posting.refresh_from_db()
    assert posting.revision == old + 1


# Mistakes


class Links(HTMLParser):
    """The lines of the error summary with the place that each leads to, and the ids of the controls of the page."""

    def __init__(self):
        super().__init__()
        self.lines, self.controls, self.is_summary = {}, set(), False
        self.place = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if "error-summary" in attrs.get("class", ""):
            self.is_summary = True
        if tag in {"li", "a"}:
            self.place = attrs.get("href", "")
        if tag in {"input", "select", "textarea"} and attrs.get("type") != "hidden":
            self.controls.add(attrs.get("id"))

    def handle_endtag(self, tag):
        if tag in {"li", "a"}:
            self.place = None
        if tag == "ul":
            self.is_summary = False

    def handle_data(self, data):
        if self.is_summary and self.place is not None:
            self.lines[data] = self.place


@pytest.mark.parametrize(
    ("step", "answers", "lines"),
    [
        (
            "tehtavat",
            {
                ROWS: 2,
                "task-0-title": "Kahvi",
                "task-1-minutes_per_week": "9999",
                "description": "x" * 5001,
            },
            {"Tehtävä 2: Viikossa on työtä": "#id_task-1-minutes_per_week", "": "#id_description"},
        ),
        (
            "tehtavat",
            {ROWS: 2, "task-1-minutes_per_week": "60"},
            {"Tehtävä 2: Kirjoita": "#id_task-1-title"},
        ),
        ("tehtavat", {ROWS: 2}, {"Tehtävä 1: Kirjoita ainakin": "#id_task-0-title"}),
        (
            "vaatimukset",
            {"language-1-language": "sv", "demand-LIFTING-level": "9", "demand-PEOPLE-note": "x" * 161},
            {
                "Nostaminen: ": "#id_demand-LIFTING-level_0",
                "Ihmisten kohtaaminen: ": "#id_demand-PEOPLE-note",
                "ruotsi: Valitse, miten hyvin": "#id_language-1-level",
            },
        ),
        ("aika", {"start_kind": "DATE"}, {"Kirjoita päivä, jona": "#id_start_date_day"}),
        ("palkka", {"support": ["X"], "pay_min": "x", "openings": 1}, {"": "#id_pay_min", "Valitse": "#id_support_0"}),
    ],
)
def test_each_line_of_the_summary_leads_to_its_control(member, organisation, step, answers, lines):
    posting = JobPostingFactory(draft=True, organisation=organisation)
    page = member.post(url(posting, step), answers)
    assert page.status_code == 200
    text = page.content.decode()
    assert "<title>Virhe:" in text
    links = Links()
    links.feed(text)
    for words, place in lines.items():
        assert any(words.lower() in line.lower() and to == place for line, to in links.lines.items()), links.lines
    assert {to.removeprefix("#") for to in links.lines.values()} <= links.controls
