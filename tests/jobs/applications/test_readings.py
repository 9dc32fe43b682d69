"""Who may read an applicant, and who has: a closed organisation sees nothing, a paused one states alone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobs.applications.actions import readings
from jobs.applications.models import ApplicationReading
from jobs.applications.retention import delete_applications
from portal.models import OutgoingMail
from tests.accounts.factories import UserFactory, sign_in
from tests.jobs.factories import ApplicationFactory, JobPostingFactory
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.portal.test_refusing_database import refusing_database

pytestmark = pytest.mark.django_db

SECRETS = (
    "Salainen Nimi",
    "040 555 1234",
    "salainen@esimerkki.fi",
    "Salaiset sanat",
    "Salainen tehtävä",
    "Oma lappu",
)


def application_to(organisation, **fields):
    application = ApplicationFactory(
        posting=JobPostingFactory(organisation=organisation),
        name="Salainen Nimi",
        phone="040 555 1234",
        email="salainen@esimerkki.fi",
        message="Salaiset sanat",
        tasks=["Salainen tehtävä"],
        **fields,
    )
    application.notes.create(text="Oma lappu")
    return application


def detail(application):
    return reverse("jobs:application_detail", args=[application.pk])


def pages_of(application):
    return [
        reverse("organisations:desk"),
        reverse("jobs:desk_applications"),
        reverse("jobs:desk_posting", args=[application.posting_id]),
        detail(application),
        reverse("jobs:application_decline", args=[application.pk]),
    ]


@pytest.mark.parametrize("state", ["paused", "closed"])
@pytest.mark.parametrize("role", ["admin", "member"])
def test_no_page_of_a_paused_or_closed_organisation_shows_an_applicant(client, state, role):
    person = UserFactory()
    application = application_to(OrganisationFactory(**{state: True, role: person}))
    desk = sign_in(client, person)
    for address in pages_of(application):
        text = desk.get(address, follow=True).text.replace("\N{NO-BREAK SPACE}", " ")
        assert [secret for secret in SECRETS if secret in text] == []


def test_a_closed_organisation_does_not_even_see_that_there_is_one(client):
    person = UserFactory()
    application = application_to(OrganisationFactory(closed=True, admin=person))
    desk = sign_in(client, person)
    assert desk.get(detail(application)).status_code == 404
    for address in pages_of(application)[:3]:
        assert detail(application) not in desk.get(address).text
    table = desk.get(reverse("jobs:desk_postings")).context["rows"][0]["cells"]
    assert [cell["text"] for cell in table if cell["label"] == "Hakemukset"] == ["0"]
    text = desk.get(reverse("jobs:desk_applications")).text
    assert "suljettu" in text.lower()


def test_a_paused_one_sees_states_and_is_told_why_no_more(client):
    person = UserFactory()
    application = application_to(OrganisationFactory(paused=True, admin=person))
    desk = sign_in(client, person)
    page = desk.get(reverse("jobs:desk_applications"))
    assert detail(application) in page.text
    assert "tauolla" in page.text
    assert application.get_status_display() in desk.get(detail(application)).text


def test_who_opens_the_contact_data_is_written_down_once_a_day(client):
    member, admin = UserFactory(name="Milla Malli"), UserFactory(name="Maija Malli")
    application = application_to(OrganisationFactory(member=member, admin=admin))
    desk = sign_in(client, member)
    for _time in range(2):
        assert "Kuka on lukenut" not in desk.get(detail(application)).text
    reading = ApplicationReading.objects.get()
    assert (reading.application, reading.reader, reading.day) == (application, member, timezone.localdate())
    ApplicationReading.objects.update(day=timezone.localdate() - timedelta(days=1))
    desk.get(detail(application))
    assert ApplicationReading.objects.count() == 2
    text = sign_in(client, admin).get(detail(application)).text
    assert text.count("Milla Malli") == 2
    assert "Kuka on lukenut" in text


def test_who_sees_no_contact_data_has_read_none(client):
    person = UserFactory()
    application = application_to(OrganisationFactory(paused=True, admin=person))
    sign_in(client, person).get(detail(application))
    assert not ApplicationReading.objects.exists()


def test_two_at_once_are_one_row(client):
    reader = UserFactory()
    application = application_to(OrganisationFactory(member=reader))
    readings.note(application, by=reader)
    readings.note(application, by=reader)
    assert ApplicationReading.objects.count() == 1


def test_somebody_whose_account_is_gone_is_still_told_of(client):
    admin, gone = UserFactory(), UserFactory(name="Entinen Jäsen")
    application = application_to(OrganisationFactory(admin=admin))
    readings.note(application, by=gone)
    gone.delete()
    text = sign_in(client, admin).get(detail(application)).text
    assert "entinen jäsen" in text
    assert "Entinen Jäsen" not in text


def test_a_reading_goes_with_its_application():
    application = application_to(OrganisationFactory())
    readings.note(application, by=UserFactory())
    application.delete_on = timezone.localdate()
    application.save()
    delete_applications(False)
    assert not ApplicationReading.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_refuses_writes_shows_the_application(client, caplog):
    member = UserFactory()
    application = application_to(OrganisationFactory(member=member))
    desk = sign_in(client, member)
    desk.get(detail(application))
    ApplicationReading.objects.all().delete()
    with refusing_database():
        page = desk.get(detail(application))
    assert page.status_code == 200
    assert "Salainen Nimi" in page.text
    assert "could not be written down" in caplog.text
    assert not ApplicationReading.objects.exists()


def test_the_page_asks_the_same_questions_for_2_and_20_readers(client):
    admin = UserFactory()
    application = application_to(OrganisationFactory(admin=admin))
    desk = sign_in(client, admin)
    desk.get(detail(application))
    asked = []
    for count in (2, 18):
        for _number in range(count):
            readings.note(application, by=MembershipFactory(organisation=application.posting.organisation).user)
        with CaptureQueriesContext(connection) as queries:
            desk.get(detail(application))
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert not OutgoingMail.objects.exists()
