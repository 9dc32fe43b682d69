"""Sent once more with the same number from another browser: one for the organisation, and a stranger learns nothing."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobs.applications import inbox
from jobs.applications.actions import applications as actions
from jobs.applications.enums import ApplicationStatus
from jobs.applications.models import Application
from portal.models import OutgoingMail
from tests.accounts.factories import UserFactory, sign_in
from tests.jobs.applications.test_apply import address, form_key, receipt, to_the_last_step
from tests.jobs.factories import ApplicationFactory, JobPostingFactory
from tests.organisations.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
PHONE = "040 123 4567"


@pytest.fixture
def member():
    return UserFactory(name="Maija Malli")


@pytest.fixture
def posting(member):
    return JobPostingFactory(organisation=OrganisationFactory(member=member))


@pytest.fixture
def first(posting):
    words = {"name": "Ensimmäinen Esimerkki", "email": "eka@esimerkki.fi", "message": "Ensimmäisen sanat"}
    return ApplicationFactory(posting=posting, phone=PHONE, **words)


def send(posting, client=None):
    client = client or Client()
    about = {"name": "Toinen Esimerkki", "phone": "+358 40 123 4567", "email": "toka@esimerkki.fi"}
    check = to_the_last_step(client, posting, about=about)
    return client.post(address(posting, 3), {"form_key": form_key(check)})


def again(posting, **answers):
    answers = {"name": "Toinen Esimerkki", "phone": PHONE} | answers
    return actions.apply(posting, form_key=uuid.uuid4(), answers=answers, language="fi")


def test_another_browser_is_answered_as_if_there_were_no_first(posting, first):
    other = JobPostingFactory()
    for client, to in ((Client(), posting), (Client(), other)):
        assert send(to, client).url == receipt(to)
        sent = Application.objects.exclude(pk=first.pk).get(posting=to)
        page = client.get(receipt(to)).text
        assert sent.reference in page
        for secret in (first.reference, "Ensimmäi", "eka@", "Ensimmäisen sanat"):
            assert secret not in page
    receipts = OutgoingMail.objects.filter(recipient="toka@esimerkki.fi")
    assert receipts.count() == 2
    assert not OutgoingMail.objects.filter(recipient="eka@esimerkki.fi").exists()


def test_the_organisation_sees_one_with_both_texts(posting, first, member, client):
    send(posting)
    desk = sign_in(client, member)
    rows = desk.get(reverse("jobs:desk_applications")).context["rows"]
    assert [row.url for row in rows] == [first.get_absolute_url()]
    html = desk.get(first.get_absolute_url()).text
    for words in ("Ensimmäisen sanat", "Teen mielelläni ruokaa.", "Ensimmäinen Esimerkki", "Toinen Esimerkki"):
        assert words in html
    joined = first.joined.get()
    assert joined.reference in html
    assert desk.get(joined.get_absolute_url()).status_code == 404
    mail = OutgoingMail.objects.filter(recipient=member.email).latest("pk")
    assert first.get_absolute_url() in mail.text


def test_a_paused_organisation_reads_neither(posting, first, member, client):
    send(posting)
    type(posting.organisation).objects.filter(pk=posting.organisation_id).update(status="PAUSED")
    html = sign_in(client, member).get(first.get_absolute_url()).text
    assert "Toinen Esimerkki" not in html
    assert "Teen mielelläni ruokaa." not in html


def test_it_is_counted_once_everywhere(posting, first, member):
    again(posting)
    organisation = posting.organisation
    assert inbox.count_waiting(organisation) == 1
    assert inbox.count_by_posting([posting]) == {posting.pk: 1}
    assert inbox.tab_counts(Application.objects.visible_to(member)) == {"odottaa": 1, "sovittu": 0, "vastattu": 0}
    assert len(inbox.todo_of(organisation.memberships.get())) == 1
    ours = Application.objects.for_organisation(organisation)
    assert len(inbox.newest(ours, may_read=True)) == 1
    assert actions.make_obsolete_for(posting, by=member) == 1
    assert set(Application.objects.values_list("status", flat=True)) == {ApplicationStatus.OBSOLETE}


def test_its_own_code_shows_its_own_state_and_nothing_of_the_first(posting, first, member):
    actions.move(first, ApplicationStatus.IN_CONTACT, by=member, seen=ApplicationStatus.NEW)
    joined = again(posting)
    client = Client()
    client.post(reverse("jobs:application_status"), {"reference": joined.reference, "digits": "4567"})
    page = client.get(reverse("jobs:application_state"))
    assert page.context["application"] == joined
    assert joined.status == ApplicationStatus.NEW
    assert first.reference not in page.text
    actions.move(first, ApplicationStatus.INTERVIEW, by=member, seen=ApplicationStatus.IN_CONTACT)
    joined.refresh_from_db()
    assert joined.status == ApplicationStatus.INTERVIEW


def test_an_answer_is_for_both_and_its_words_for_the_first_alone(posting, first, member):
    joined = again(posting, email="toka@esimerkki.fi")
    before = OutgoingMail.objects.filter(recipient="toka@esimerkki.fi").count()
    actions.decline(first, by=member, seen=ApplicationStatus.NEW, reason="HOURS", text="Hei Ensimmäinen")
    joined.refresh_from_db()
    assert (joined.status, joined.decline_reason) == (ApplicationStatus.DECLINED, "HOURS")
    assert OutgoingMail.objects.filter(recipient="toka@esimerkki.fi").count() == before


def test_who_sent_again_takes_back_his_own_alone(posting, first):
    joined = again(posting)
    actions.withdraw(joined)
    first.refresh_from_db()
    joined.refresh_from_db()
    assert (joined.status, first.status) == (ApplicationStatus.WITHDRAWN, ApplicationStatus.NEW)


def test_when_the_first_is_taken_back_the_next_stands_in_its_place(posting, first, member):
    second, third = again(posting), again(posting)
    actions.withdraw(again(posting))
    actions.withdraw(first)
    assert set(Application.objects.visible_to(member).waiting()) == {second}
    third.refresh_from_db()
    assert third.joined_to == second


def test_the_next_one_joins_whom_it_shares_an_address_with(posting, first, member):
    """Number of one, address of another: it belongs to the first, and then to the other."""
    other = ApplicationFactory(posting=posting, phone="", email="muu@esimerkki.fi")
    both = again(posting, email="muu@esimerkki.fi")
    assert both.joined_to == first
    actions.withdraw(first)
    both.refresh_from_db()
    assert both.joined_to == other


def test_who_opened_the_first_by_its_code_is_told(posting, first):
    client = Client()
    client.post(reverse("jobs:application_status"), {"reference": first.reference, "digits": "4567"})
    assert send(posting, client).status_code == 200
    assert Application.objects.count() == 1


def test_a_double_click_is_one_here_too(posting, first):
    client = Client()
    to_the_last_step(client, posting)
    key = form_key(client.get(address(posting, 3)))
    for _click in range(2):
        assert client.post(address(posting, 3), {"form_key": key}).url == receipt(posting)
    assert Application.objects.count() == 2


def test_the_page_asks_as_much_for_twenty_as_for_two(posting, first, member, client, django_assert_num_queries):
    desk = sign_in(client, member)
    again(posting), again(posting)
    desk.get(first.get_absolute_url())  # what is asked once
    with CaptureQueriesContext(connection) as asked:
        desk.get(first.get_absolute_url())
    for _time in range(18):
        again(posting)
    with django_assert_num_queries(len(asked)):
        desk.get(first.get_absolute_url())
