import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jobs.applications.models import Application
from jobs.postings import actions, desk
from jobs.postings.enums import VIEWS
from jobs.postings.models import JobPosting
from organisations.enums import OrganisationStatus
from organisations.roles import Verb, may
from portal.models import DailyCount
from tests.accounts.factories import UserFactory, sign_in
from tests.jobs.factories import ApplicationFactory, JobPostingFactory
from tests.organisations.factories import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory(member=UserFactory(email="jasen@yhdistys.example"))


@pytest.fixture
def member(client, organisation):
    return sign_in(client, organisation.members.get())


def test_the_desk_says_what_waits(member, organisation):
    posting = JobPostingFactory(organisation=organisation, title="Keittiö")
    ApplicationFactory(posting=posting, created_at=timezone.now() - timedelta(days=2))
    JobPostingFactory(organisation=organisation, title="Siivous", changes_requested=True)
    JobPostingFactory(organisation=organisation, title="Vahti", confirmed_at=timezone.now() - timedelta(days=61))
    JobPostingFactory(organisation=organisation, title="Kesä", expired=True)
    text = member.get("/tyopoyta/").content.decode()
    assert "Sinua odottaa 4 asiaa" in text
    for words in ("Vastaa hakemukseen: Keittiö", "odottanut 2", "Täydennä ilmoitus: Siivous", "yhä avoinna: Vahti"):
        assert words in text


@pytest.mark.parametrize("rows", [2, 20])
def test_the_table_asks_the_same_few_questions(member, organisation, rows, django_assert_num_queries):
    for _row in range(rows):
        ApplicationFactory(posting=JobPostingFactory(organisation=organisation, tasks=[]))
    member.get("/tyopoyta/tyot/")
    with django_assert_num_queries(DESK_QUERIES):
        member.get("/tyopoyta/tyot/")


def test_the_column_of_views_sums_all_days_in_one_question(organisation, django_assert_num_queries):
    postings = [JobPostingFactory(organisation=organisation) for _number in range(3)]
    for days, views in ((0, 2), (1, 40)):
        day = timezone.localdate() - timedelta(days=days)
        DailyCount.objects.create(name=VIEWS, subject=str(postings[0].pk), day=day, count=views)
        DailyCount.objects.create(name="another", subject=str(postings[1].pk), day=day, count=views)
    with django_assert_num_queries(1):
        assert desk.view_counts(postings) == {postings[0].pk: 42, postings[1].pk: 0, postings[2].pk: 0}


DESK_QUERIES = 11  # one of them sums the views of all rows


@pytest.mark.parametrize(
    ("trait", "action", "state"),
    [
        ("submitted", "take-back", "DRAFT"),
        ("published", "fill", "FILLED"),
        ("filled", "reopen", "PUBLISHED"),
        ("published", "withdraw", "WITHDRAWN"),
        ("published", "confirm", "PUBLISHED"),
    ],
)
def test_a_button_changes_the_state_and_a_second_click_changes_nothing_more(member, organisation, trait, action, state):
    posting = JobPostingFactory(organisation=organisation, **{trait: True})
    address = f"/tyopoyta/tyot/{posting.pk}/tee/{action}/"
    member.post(address)
    posting.refresh_from_db()
    assert posting.status == state
    answer = member.post(address, follow=True)
    assert answer.status_code == 200
    posting.refresh_from_db()
    assert posting.status == state


def test_an_unknown_button_is_not_found(member, organisation):
    posting = JobPostingFactory(organisation=organisation)
    assert member.post(f"/tyopoyta/tyot/{posting.pk}/tee/publish/").status_code == 404


def test_a_wrong_new_deadline_is_told_on_the_page(member, organisation):
    posting = JobPostingFactory(organisation=organisation, expired=True)
    yesterday = timezone.localdate() - timedelta(days=1)
    typed = {"deadline_day": yesterday.day, "deadline_month": yesterday.month, "deadline_year": yesterday.year}
    page = member.post(f"/tyopoyta/tyot/{posting.pk}/jatka-aikaa/", typed, follow=True)
    assert page.redirect_chain == [(f"/tyopoyta/tyot/{posting.pk}/", 302)]
    assert "aikaisintaan" in page.text
    assert f'value="{yesterday.year}"' in page.text
    assert "aikaisintaan" not in member.get(f"/tyopoyta/tyot/{posting.pk}/").text
    later = timezone.localdate() + timedelta(days=10)
    typed = {"deadline_day": later.day, "deadline_month": later.month, "deadline_year": later.year}
    assert member.post(f"/tyopoyta/tyot/{posting.pk}/jatka-aikaa/", typed).status_code == 302
    posting.refresh_from_db()
    assert posting.is_open


@pytest.mark.parametrize("trait", ["draft", "submitted", "changes_requested", "filled", "expired", "withdrawn"])
def test_every_state_has_a_page_that_says_what_it_means(member, organisation, trait):
    posting = JobPostingFactory(organisation=organisation, **{trait: True})
    assert member.get(f"/tyopoyta/tyot/{posting.pk}/").status_code == 200


def test_the_talk_with_the_moderator_is_on_the_page(member, organisation):
    posting = JobPostingFactory(organisation=organisation, changes_requested=True)
    posting.comments.create(field="easy_text", is_from_moderator=True, text="Lyhennä lauseita.")
    assert "Lyhennä lauseita." in member.get(f"/tyopoyta/tyot/{posting.pk}/").content.decode()
    member.post(f"/tyopoyta/tyot/{posting.pk}/vastaa/", {"text": "Lyhensin."})
    assert "Lyhensin." in member.get(f"/tyopoyta/tyot/{posting.pk}/").content.decode()
    member.post(f"/tyopoyta/tyot/{posting.pk}/vastaa/", {"text": ""})
    assert posting.comments.count() == 2


def test_what_was_written_to_the_moderator_is_never_cut_or_lost(member, organisation):
    posting = JobPostingFactory(organisation=organisation, changes_requested=True)
    posting.comments.create(field="easy_text", is_from_moderator=True, text="Lyhennä lauseita.")
    address = f"/tyopoyta/tyot/{posting.pk}/vastaa/"
    long = "Pitkä vastaus. " * 100
    page = member.post(address, {"text": long}).content.decode()
    assert long.strip() in page and "liian pitkä" in page
    page = member.post(address, {"text": "Hän on 131052-308T, soita."}).content.decode()
    assert "131052" not in page and ", soita." in page
    assert posting.comments.count() == 1


def test_a_double_click_answers_the_moderator_once(member, organisation):
    posting = JobPostingFactory(organisation=organisation, changes_requested=True)
    posting.comments.create(field="easy_text", is_from_moderator=True, text="Lyhennä lauseita.")
    for _click in range(2):
        member.post(f"/tyopoyta/tyot/{posting.pk}/vastaa/", {"text": "Lyhensin."})
    assert posting.comments.count() == 2


def test_a_double_click_copies_once(member, organisation):
    posting = JobPostingFactory(organisation=organisation)
    first, second = (member.post(f"/tyopoyta/tyot/{posting.pk}/kopioi/") for _click in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert organisation.postings.count() == 2


@pytest.mark.parametrize("refusal", [actions.DeadlineNotValid, actions.TooLate])
def test_a_deadline_that_is_refused_late_is_told(member, organisation, monkeypatch, refusal):
    posting = JobPostingFactory(organisation=organisation)
    monkeypatch.setattr(actions, "extend", raising(refusal))
    day = timezone.localdate() + timedelta(days=90)
    boxes = {"deadline_day": day.day, "deadline_month": day.month, "deadline_year": day.year}
    assert member.post(f"/tyopoyta/tyot/{posting.pk}/jatka-aikaa/", boxes).status_code == 302


def raising(error):
    def raise_it(*args, **kwargs):
        raise error

    return raise_it


def test_an_empty_desk_shows_the_way(member):
    assert "Teillä ei ole vielä töitä" in member.get("/tyopoyta/tyot/").content.decode()
    assert "Mikään ei odota sinua tänään" in member.get("/tyopoyta/").content.decode()


def test_a_jobs_name_on_the_desk_is_marked_with_its_own_language(member, organisation):
    title = "Kökshjälp & <disk>"
    marked = '<span lang="sv">Kökshjälp &amp; &lt;disk&gt;</span>'
    posting = JobPostingFactory(organisation=organisation, title=title, language="sv")
    draft = JobPostingFactory(organisation=organisation, title=title, language="sv", draft=True, easy_text="Sana " * 20)
    JobPostingFactory(organisation=organisation, title="", language="sv", draft=True)
    application = ApplicationFactory(posting=posting, tasks=["Diska"])
    ApplicationFactory(posting=JobPostingFactory(organisation=organisation, title="Kahvi", language="fi"))
    texts = {
        address: member.get(address).content.decode()
        for address in (
            "/tyopoyta/",
            "/tyopoyta/tyot/",
            f"/tyopoyta/tyot/{posting.pk}/",
            "/tyopoyta/tyot/uusi/",
            f"/tyopoyta/tyot/{draft.pk}/muokkaa/tarkista/",
            "/tyopoyta/hakemukset/",
            application.get_absolute_url(),
        )
    }
    for address, text in texts.items():
        assert marked in text, address
        assert '<span lang="sv">Nimetön' not in text and '<span lang="fi">' not in text
        body = text.partition("</title>")[2].replace(marked, "")
        assert not re.search(r'(?<!lang="sv">)(?<!lang="sv" selected>)Kökshjälp', body), address
    assert '<span lang="sv">Diska</span>' in texts["/tyopoyta/hakemukset/"]
    assert '<span lang="sv">Diska</span>' in texts[application.get_absolute_url()]
    assert '<ul lang="fi"><li>Sana' in texts[f"/tyopoyta/tyot/{draft.pk}/muokkaa/tarkista/"]


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_in_a_paused_or_closed_organisation_nothing_is_written_and_it_is_said_why(client, state):
    person = UserFactory()
    posting = JobPostingFactory(draft=True, organisation=OrganisationFactory(member=person, **{state: True}))
    sign_in(client, person)
    page = f"/tyopoyta/tyot/{posting.pk}/"
    assert "Muokkaa" not in client.get(page).content.decode()
    for address in ("muokkaa/nimi/", "laheta/", "kopioi/", "tee/withdraw/"):
        answer = client.post(f"{page}{address}", {"title": "Muutettu"}, follow=True)
        assert answer.redirect_chain[-1][0] == page, address
        assert "tauolla tai suljettu" in answer.content.decode(), address
    posting.refresh_from_db()
    assert (posting.status, JobPosting.objects.count()) == ("DRAFT", 1)


def test_the_first_page_reads_its_postings_once(member, organisation):
    JobPostingFactory(organisation=organisation)
    with CaptureQueriesContext(connection) as asked:
        assert member.get("/tyopoyta/").status_code == 200
    lists = [query for query in asked.captured_queries if '"saved_at" DESC' in query["sql"]]
    assert len(lists) == 1


@pytest.mark.parametrize("status", OrganisationStatus)
def test_the_querysets_and_the_table_of_rights_agree(status):
    application = ApplicationFactory(posting__organisation__status=status)
    posting = application.posting
    user = MembershipFactory(organisation=posting.organisation).user
    assert JobPosting.objects.writable_by(user).exists() == may(user, Verb.WRITE_POSTINGS, posting.organisation)
    answerable = Application.objects.answerable_by(user).exists()
    assert answerable == may(user, Verb.ANSWER_APPLICATIONS, posting.organisation)
