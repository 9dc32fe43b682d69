from datetime import timedelta

import pytest
from django.utils import timezone

from jobs.postings.enums import PostingStatus
from jobs.postings.models import JobPosting
from jobs.postings.views import wizard
from tests.accounts.factories import UserFactory, sign_in
from tests.jobs.factories import JobPostingFactory, TaskFieldFactory
from tests.organisations.factories import MunicipalityFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
# How many tasks the page shows.
ROWS = "task-TOTAL_FORMS"


@pytest.fixture
def writer():
    return UserFactory()


@pytest.fixture
def organisation(writer):
    return OrganisationFactory(member=writer)


@pytest.fixture
def member(client, writer, organisation):
    return sign_in(client, writer)


def url(posting, step):
    return f"/tyopoyta/tyot/{posting.pk}/muokkaa/{step}/"


def in_three(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_seven_answers_make_a_posting_that_can_be_sent(member, organisation):
    field, municipality = TaskFieldFactory(), MunicipalityFactory()
    assert member.get("/tyopoyta/tyot/uusi/").status_code == 200
    first = member.post("/tyopoyta/tyot/uusi/")
    posting = JobPosting.objects.get()
    assert first.headers["Location"] == url(posting, "nimi")
    steps = [
        ("nimi", {"title": "Kahvilan apulainen", "task_field": field.pk}),
        (
            "tehtavat",
            {ROWS: 2, "task-0-title": "Kahvi", "task-0-kind": "CORE", "task-0-minutes_per_week": 600},
        ),
        ("paikka", {"municipality": municipality.pk}),
        (
            "aika",
            {
                "hours_min": "24,5",
                "day_parts": ["WEEKDAY"],
                "start_kind": "SOON",
                **in_three("application_deadline", timezone.localdate() + timedelta(days=20)),
            },
        ),
        ("yhteys", {"contact_name": "Maija", "contact_phone": "013 000 0001"}),
        ("vaatimukset", {}),
        ("palkka", {"openings": 1}),
    ]
    for step, answers in steps:
        answer = member.post(url(posting, step), answers)
        assert answer.status_code == 302, (step, answer.context["form"].errors)
    assert member.get(url(posting, "tarkista")).status_code == 200
    member.post(f"/tyopoyta/tyot/{posting.pk}/laheta/")
    posting.refresh_from_db()
    assert posting.status == PostingStatus.SUBMITTED
    assert (posting.hours_min, posting.hours_max) == (24.5, 24.5)


@pytest.mark.parametrize(
    ("step", "answers", "field", "words"),
    [
        ("nimi", {"title": ""}, "title", "Kirjoita työlle nimi"),
        ("aika", {"hours_min": "paljon"}, "hours_min", "Kirjoita tunnit numeroina"),
        ("aika", {"hours_min": "41"}, "hours_min", "enintään 40\N{NO-BREAK SPACE}tuntia"),
        ("aika", {"hours_min": "20", "hours_max": "10"}, "hours_max", "pienempi kuin ensimmäinen"),
        ("aika", {"start_kind": "DATE"}, "start_date", "Kirjoita päivä, jona työ alkaa"),
        ("yhteys", {"contact_name": "M", "contact_phone": "", "contact_email": ""}, "contact_phone", "puhelinnumero"),
        ("yhteys", {"contact_name": "M", "contact_phone": "abc"}, "contact_phone", "Tarkista puhelinnumero"),
        ("paikka", {"postal_code": "8010"}, "postal_code", "viisi numeroa"),
        ("paikka", {"postal_code": "８０１００"}, "postal_code", "viisi numeroa"),
        ("palkka", {"pay_min": "15", "pay_max": "12"}, "pay_max", "Jälkimmäinen summa"),
    ],
)
def test_a_mistake_is_told_beside_its_question_and_the_rest_is_kept(  # noqa: PLR0917 — a table of mistakes
    member, organisation, step, answers, field, words
):
    posting = JobPostingFactory(draft=True, organisation=organisation)
    page = member.post(url(posting, step), answers)
    assert page.status_code == 200
    assert any(words in error for error in page.context["form"].errors[field])
    text = page.content.decode()
    assert "<title>Virhe:" in text
    for value in answers.values():
        assert not value or value in text


def test_what_is_right_is_saved_beside_what_is_wrong(member, organisation):
    posting = JobPostingFactory(draft=True, organisation=organisation)
    member.post(url(posting, "paikka"), {"district": "Rantakylä", "postal_code": "x", "municipality": ""})
    posting.refresh_from_db()
    assert (posting.district, posting.postal_code) == ("Rantakylä", "")


def test_leaving_saves_and_asks_nothing(member, organisation):
    posting = JobPostingFactory(draft=True, organisation=organisation, title="")
    answer = member.post(url(posting, "nimi"), {"title": "", "fits": "Sopii, jos …", "wish": "leave"})
    assert answer.headers["Location"] == "/tyopoyta/tyot/"
    posting.refresh_from_db()
    assert posting.fits == "Sopii, jos …"


def test_typing_saves_in_place_and_shows_the_card(member, organisation):
    posting = JobPostingFactory(draft=True, organisation=organisation)
    part = member.post(url(posting, "nimi"), {"title": "Uusi nimi"}, headers={"HX-Request": "true"})
    assert "Uusi nimi" in part.content.decode() and "<html" not in part.content.decode()
    posting.refresh_from_db()
    assert posting.title == "Uusi nimi"
    assert f'value="{posting.revision}"' in part.content.decode()


def test_what_was_sent_to_review_in_between_is_not_changed(member, organisation, monkeypatch):
    posting = JobPostingFactory(draft=True, organisation=organisation, title="Lähetetty")
    stale = type(posting).objects.select_related("organisation", "municipality", "task_field").get(pk=posting.pk)
    type(posting).objects.filter(pk=posting.pk).update(status="SUBMITTED")
    monkeypatch.setattr(wizard, "own_posting", lambda request, pk: stale)
    answer = member.post(url(posting, "nimi"), {"title": "Muutettu", "task_field": posting.task_field.pk})
    assert answer.headers["Location"] == f"/tyopoyta/tyot/{posting.pk}/"
    posting.refresh_from_db()
    assert posting.title == "Lähetetty"


def test_ones_own_answers_saved_beside_a_mistake_are_not_a_colleagues(member, organisation):
    posting = JobPostingFactory(draft=True, organisation=organisation, title="Vanha")
    answers = {"title": "Uusi", "task_field": "", "revision": posting.revision}
    page = member.post(url(posting, "nimi"), answers)
    posting.refresh_from_db()
    assert posting.title == "Uusi"
    answers |= {"title": "Vielä uudempi", "task_field": posting.task_field.pk}
    answers["revision"] = page.context["form"]["revision"].value()
    assert member.post(url(posting, "nimi"), answers).status_code == 302


def test_an_open_posting_changes_only_when_all_is_right_and_enters_the_list_of_edits(member, organisation):
    posting = JobPostingFactory(organisation=organisation, title="Avoin", fits="")
    field = posting.task_field.pk
    member.post(url(posting, "nimi"), {"title": "", "fits": "Uusi", "task_field": field})
    posting.refresh_from_db()
    assert (posting.title, posting.fits, posting.is_edited_after_approval) == ("Avoin", "", False)
    member.post(url(posting, "nimi"), {"title": "Muutettu", "task_field": field})
    posting.refresh_from_db()
    assert (posting.title, posting.is_edited_after_approval) == ("Muutettu", True)
    assert posting.events.get().changed_fields == ["title"]


@pytest.mark.parametrize("trait", ["submitted", "filled", "withdrawn"])
def test_what_cannot_be_edited_leads_to_its_page(member, organisation, trait):
    posting = JobPostingFactory(organisation=organisation, **{trait: True})
    answer = member.post(url(posting, "nimi"), {"title": "Muutettu"})
    assert answer.headers["Location"] == f"/tyopoyta/tyot/{posting.pk}/"
    posting.refresh_from_db()
    assert posting.title != "Muutettu"


def test_an_identity_code_is_taken_out_of_what_was_typed(member, organisation):
    posting = JobPostingFactory(draft=True, organisation=organisation)
    page = member.post(url(posting, "tehtavat"), {ROWS: 1, "description": "Hei 010190-900P hei", "task-0-title": "x"})
    assert "010190" not in page.content.decode()
    posting.refresh_from_db()
    assert "010190" not in posting.description


def test_more_rows_of_tasks_come_by_a_button(member, organisation):
    posting = JobPostingFactory(draft=True, organisation=organisation, tasks=[])
    page = member.post(url(posting, "tehtavat"), {ROWS: 1, "task-0-title": "Kahvi", "wish": "add_row"})
    assert len(page.context["form"].tasks.forms) == 2
    assert 'value="Kahvi"' in page.content.decode()
    assert posting.tasks.get().title == "Kahvi"


def test_demands_and_languages_are_kept_and_counted_as_limits(member, organisation):
    posting = JobPostingFactory(draft=True, organisation=organisation)
    answers = {
        "demand-LIFTING-level": 2,
        "demand-PEOPLE-level": 1,
        "demand-PEOPLE-can_be_adapted": "on",
        "demand-PEOPLE-note": "Tarjoilun voi jättää pois.",
        "language-0-language": "fi",
        "language-0-level": "A1",
        "licences": ["022"],
    }
    assert member.post(url(posting, "vaatimukset"), answers).status_code == 302
    posting.refresh_from_db()
    assert {demand.demand for demand in posting.demands.all()} == {"LIFTING", "PEOPLE"}
    assert posting.firm_demands == 2
    assert (posting.languages.get().level, posting.licences) == ("A1", ["022"])
    page = member.post(url(posting, "vaatimukset"), {"language-0-language": "fi", "language-0-level": ""})
    assert "Valitse, miten hyvin" in page.content.decode()
    assert posting.languages.get().level == "A1"


def test_odd_text_is_kept_as_it_is(member, organisation):
    posting = JobPostingFactory(draft=True, organisation=organisation)
    odd = "<b>Työ</b> 😀 مرحبا & 'x' \"y\""
    member.post(url(posting, "nimi"), {"title": odd, "task_field": posting.task_field.pk})
    posting.refresh_from_db()
    assert posting.title == odd
    page = member.get(url(posting, "nimi")).content.decode()
    assert "<b>Työ</b>" not in page


def test_sending_twice_is_once(member, organisation):
    posting = JobPostingFactory(draft=True, organisation=organisation)
    for _click in range(2):
        answer = member.post(f"/tyopoyta/tyot/{posting.pk}/laheta/")
        assert answer.headers["Location"] == f"/tyopoyta/tyot/{posting.pk}/"
    assert posting.events.count() == 1


def test_sending_what_is_not_ready_lists_what_is_missing(member, organisation):
    posting = JobPostingFactory(draft=True, organisation=organisation, title="", tasks=[])
    page = member.post(f"/tyopoyta/tyot/{posting.pk}/laheta/")
    links = [f"{url(posting, 'nimi')}#id_title", f"{url(posting, 'tehtavat')}#id_task-0-title"]
    assert [answer["url"] for answer in page.context["missing"]] == links


def test_each_missing_answer_leads_to_its_control(member, organisation):
    posting = JobPosting.objects.create(organisation=organisation)
    missing = member.get(url(posting, "tarkista")).context["missing"]
    assert len(missing) == len(posting.missing) > 8
    for answer in missing:
        address, _separator, control = answer["url"].partition("#")
        assert f'id="{control}"' in member.get(address).content.decode(), answer


def test_the_start_offers_a_copy_of_an_earlier_posting(member, organisation):
    earlier = JobPostingFactory(organisation=organisation, filled=True)
    assert earlier.title in member.get("/tyopoyta/tyot/uusi/").content.decode()
    member.post(f"/tyopoyta/tyot/{earlier.pk}/kopioi/")
    assert JobPosting.objects.filter(title=earlier.title, status="DRAFT").count() == 1


def test_the_preview_is_the_posting_s_own_page_without_form(member, organisation):
    posting = JobPostingFactory(draft=True, organisation=organisation)
    text = member.get(f"/tyopoyta/tyot/{posting.pk}/esikatselu/").content.decode()
    assert "Tältä ilmoitus näyttää" in text and "ld+json" not in text
