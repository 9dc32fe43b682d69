"""The organisation's inbox: what waits, who it is, and what two members do at the same time."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobs.applications.actions import applications as actions
from jobs.applications.enums import ApplicationStatus, DeclineReason
from portal.models import OutgoingMail
from tests.accounts.factories import UserFactory, sign_in
from tests.jobs.factories import ApplicationFactory, JobPostingFactory
from tests.organisations.factories import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

INBOX = "jobs:desk_applications"
QUERY_BUDGET = 12


@pytest.fixture
def member():
    return UserFactory(name="Maija Malli")


@pytest.fixture
def organisation(member):
    return OrganisationFactory(member=member)


@pytest.fixture
def posting(organisation):
    return JobPostingFactory(organisation=organisation)


@pytest.fixture
def desk(client, member, organisation):
    return sign_in(client, member)


def detail(application):
    return reverse("jobs:application_detail", args=[application.pk])


def step(name, application):
    return reverse(f"jobs:application_{name}", args=[application.pk])


def test_what_waits_stands_first_and_shows_no_names(desk, posting):
    waiting = ApplicationFactory(posting=posting, name="Salainen Nimi")
    ApplicationFactory(posting=posting, declined=True)
    answer = desk.get(reverse(INBOX))
    assert [row.url for row in answer.context["rows"]] == [detail(waiting)]
    assert "Salainen Nimi" not in answer.content.decode()


@pytest.mark.parametrize(
    ("state", "situation"),
    [("sovittu", "agreed"), ("vastattu", "declined"), ("vastattu", "withdrawn"), ("vastattu", "obsolete")],
)
def test_each_state_has_its_tab(desk, posting, state, situation):
    ApplicationFactory(posting=posting)
    application = ApplicationFactory(posting=posting, **{situation: True})
    answer = desk.get(reverse(INBOX), {"tila": state})
    assert [row.url for row in answer.context["rows"]] == [detail(application)]


def test_the_list_can_be_limited_to_a_posting_and_unknown_values_change_nothing(desk, organisation, posting):
    ApplicationFactory(posting=posting)
    other = ApplicationFactory(posting=JobPostingFactory(organisation=organisation))
    limited = desk.get(reverse(INBOX), {"tyo": other.posting_id})
    assert [row.url for row in limited.context["rows"]] == [detail(other)]
    assert len(desk.get(reverse(INBOX), {"tyo": "x", "tila": "y"}).context["rows"]) == 2
    assert desk.get(reverse(INBOX), {"page": "99999999999"}).status_code == 404


def test_the_inbox_asks_the_same_number_of_questions_for_2_and_20(desk, posting):
    desk.get(reverse(INBOX))  # the first page ever makes the site's settings
    asked = []
    for count in (2, 18):
        ApplicationFactory.create_batch(count, posting=posting)
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse(INBOX))
        asked.append(len(queries))
    assert asked[0] == asked[1] <= QUERY_BUDGET


def test_an_application_page_shows_what_contact_needs(desk, posting):
    application = ApplicationFactory(posting=posting, email="aino@esimerkki.fi", message="<b>Hei</b> مرحبا")
    html = desk.get(detail(application)).content.decode()
    for words in (application.name, application.phone.split()[-1], "aino@esimerkki.fi", "&lt;b&gt;Hei&lt;/b&gt; مرحبا"):
        assert words in html


def test_a_strangers_application_is_not_there(desk):
    application = ApplicationFactory()
    for address in (detail(application), step("decline", application)):
        assert desk.get(address).status_code == 404
    assert desk.post(step("move", application), {"to": "IN_CONTACT", "seen": "NEW"}).status_code == 404
    assert desk.post(step("note", application), {"text": "x"}).status_code == 404
    application.refresh_from_db()
    assert application.status == ApplicationStatus.NEW


def test_the_way_from_new_to_agreed(desk, member, posting):
    application = ApplicationFactory(posting=posting)
    seen = "NEW"
    for to in ("IN_CONTACT", "INTERVIEW", "AGREED"):
        desk.post(step("move", application), {"to": to, "seen": seen})
        seen = to
    application.refresh_from_db()
    assert application.status == ApplicationStatus.AGREED
    assert [event.by for event in application.events.all()] == [member] * 3
    assert reverse("jobs:desk_posting", args=[posting.pk]) in desk.get(detail(application)).content.decode()


def test_the_second_member_is_told_and_changes_nothing(desk, organisation, posting):
    application = ApplicationFactory(posting=posting)
    other = MembershipFactory(organisation=organisation, user__name="Eero Esimerkki").user
    actions.move(application, ApplicationStatus.INTERVIEW, by=other, seen=ApplicationStatus.NEW)
    answer = desk.post(step("move", application), {"to": "IN_CONTACT", "seen": "NEW"}, follow=True)
    application.refresh_from_db()
    assert application.status == ApplicationStatus.INTERVIEW
    assert "Eero Esimerkki" in answer.content.decode()
    words = {"reason": "HOURS", "text": "Hei", "seen": "NEW"}
    desk.post(step("decline", application), words)
    application.refresh_from_db()
    assert application.status == ApplicationStatus.INTERVIEW
    assert not OutgoingMail.objects.exists()


def test_a_double_click_is_one_event_and_no_warning(desk, posting):
    application = ApplicationFactory(posting=posting)
    for _click in range(2):
        answer = desk.post(step("move", application), {"to": "IN_CONTACT", "seen": "NEW"}, follow=True)
    assert application.events.count() == 1
    assert [message.level_tag for message in answer.context["messages"]] == []


@pytest.mark.parametrize("to", ["WITHDRAWN", "OBSOLETE", "NEW", "x", ""])
def test_a_state_that_is_not_offered_is_not_taken(desk, posting, to):
    application = ApplicationFactory(posting=posting)
    assert desk.post(step("move", application), {"to": to, "seen": "NEW"}).status_code == 404


@pytest.mark.parametrize("situation", ["in_contact", "interview", "agreed", "declined", "withdrawn", "obsolete"])
def test_every_state_has_a_page(desk, posting, situation):
    application = ApplicationFactory(posting=posting, **{situation: True})
    assert desk.get(detail(application)).status_code == 200


def test_who_was_let_go_can_be_called_when_the_job_is_open_again(desk, organisation):
    let_go = ApplicationFactory(obsolete=True, posting=JobPostingFactory(organisation=organisation))
    assert [step["value"] for step in desk.get(detail(let_go)).context["steps"]] == ["IN_CONTACT"]
    closed = ApplicationFactory(obsolete=True, posting=JobPostingFactory(organisation=organisation, filled=True))
    assert desk.get(detail(closed)).context["steps"] == []


def test_saying_no_shows_ready_words_and_mails_the_changed_ones(desk, posting):
    application = ApplicationFactory(posting=posting, email="aino@esimerkki.fi", language="en")
    reason = desk.get(step("decline", application))
    assert "reason" in reason.context["form"].fields
    ready = desk.get(step("decline", application), {"reason": "HOURS"})
    assert "working hours" in ready.context["form"].initial["text"]
    words = {"reason": "HOURS", "text": "Dear Aino, not this time.", "seen": "NEW"}
    desk.post(step("decline", application), words)
    desk.post(step("decline", application), words)
    application.refresh_from_db()
    assert (application.status, application.decline_reason) == (ApplicationStatus.DECLINED, DeclineReason.HOURS)
    mail = OutgoingMail.objects.get()
    assert mail.recipient == "aino@esimerkki.fi"
    assert "Dear Aino, not this time." in mail.text


def test_saying_no_needs_a_reason_and_words(desk, posting):
    application = ApplicationFactory(posting=posting)
    assert desk.get(step("decline", application), {"reason": ""}).context["form"].errors
    answer = desk.post(step("decline", application), {"reason": "HOURS", "text": " ", "seen": "NEW"})
    assert answer.context["form"].has_error("text")
    application.refresh_from_db()
    assert application.status == ApplicationStatus.NEW


def test_notes_stay_with_the_organisation_and_refuse_identity_codes(desk, posting):
    application = ApplicationFactory(posting=posting)
    desk.post(step("note", application), {"text": "Soitin, vastaa iltapäivällä."})
    assert "Soitin, vastaa" in desk.get(detail(application)).content.decode()
    refused = desk.post(step("note", application), {"text": "Hänen tunnuksensa on 131052-308T."})
    assert "131052-308T" not in str(dict(desk.session))
    assert refused.url == detail(application)
    assert "Hänen tunnuksensa on ." in desk.get(refused.url).text
    assert "Hänen tunnuksensa" not in desk.get(refused.url).text
    assert application.notes.count() == 1
    desk.post(step("note", application), {"text": "Soitin, vastaa iltapäivällä."})
    assert application.notes.count() == 1  # a double click


def test_who_belongs_to_none_has_no_inbox(client):
    assert sign_in(client, UserFactory()).get(reverse(INBOX)).status_code == 404


def test_staff_read_no_applications(client):
    application = ApplicationFactory()
    boss = sign_in(client, UserFactory(superuser=True))
    assert boss.get(detail(application)).status_code == 404


def test_a_message_about_a_new_application_goes_to_members_in_their_language(organisation, posting):
    MembershipFactory(organisation=organisation, user__email="anna@yhdistys.example", user__language="sv")
    actions.apply(
        posting,
        form_key="6d1c7a0e-6f5b-4c6b-9a3c-3f1a1c2b3d4e",
        answers={"name": "Salainen Nimi", "phone": "040 123 4567", "message": "Salaiset sanat"},
        language="fi",
    )
    mails = OutgoingMail.objects.all()
    assert len(mails) == 3
    assert {mail.recipient: mail.language for mail in mails}["anna@yhdistys.example"] == "sv"
    for mail in mails:
        for secret in ("Salainen", "123 4567", "Salaiset"):
            assert secret not in mail.subject + mail.text + mail.html


def test_the_first_page_of_the_desk_shows_what_waits_and_what_is_newest(desk, posting):
    application = ApplicationFactory(posting=posting, name="Salainen Nimi")
    html = desk.get(reverse("organisations:desk")).content.decode()
    assert html.count(f'href="{detail(application)}"') == 2
    assert "Salainen Nimi" not in html
