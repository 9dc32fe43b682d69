import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from jobs.applications.actions import applications as actions
from jobs.applications.actions.errors import AlreadyApplied, PostingClosed
from jobs.applications.enums import ApplicationStatus, DeclineReason
from jobs.applications.models import KEEP_FOR, Application
from jobs.postings.enums import PostingStatus
from portal.models import OutgoingMail
from portal.phone_numbers import phone_key
from portal.states import TransitionNotAllowed
from tests.jobs.factories import ApplicationFactory, JobPostingFactory

pytestmark = pytest.mark.django_db

ANSWERS = {"name": "Aino Esimerkki", "phone": "040 123 4567", "email": "Aino@Esimerkki.fi", "message": "Hei!"}


def send(posting, form_key=None, **answers):
    return actions.apply(posting, form_key=form_key or uuid.uuid4(), answers=ANSWERS | answers, language="fi")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("040 123 4567", "+358401234567"),
        ("+358 40 1234567", "+358401234567"),
        ("00358-40-123 4567", "+358401234567"),
        ("+358 (0)40 123 4567", "+358401234567"),
        ("358401234567", "+358401234567"),
        ("٠٤٠ ١٢٣ ٤٥٦٧", "+358401234567"),
        ("+46 70 123 45 67", "+46701234567"),
        ("-", ""),
    ],
)
def test_one_number_has_one_key(written, key):
    assert phone_key(written) == key


def test_apply_writes_one_row_one_event_and_its_mails():
    posting = JobPostingFactory()
    application = send(posting)
    assert application.status == ApplicationStatus.NEW
    assert application.email == "aino@esimerkki.fi"
    assert application.delete_on == posting.application_deadline + KEEP_FOR
    assert [event.to_status for event in application.events.all()] == [ApplicationStatus.NEW]
    receipt, waiting = OutgoingMail.objects.order_by("pk")
    assert (receipt.recipient, waiting.recipient) == ("aino@esimerkki.fi", posting.contact_email)
    assert application.reference in receipt.text
    assert "Aino" not in waiting.subject + waiting.text


def test_the_same_form_twice_is_one_application():
    posting, key = JobPostingFactory(), uuid.uuid4()
    assert send(posting, key) == send(posting, key)
    assert Application.objects.count() == 1
    assert OutgoingMail.objects.count() == 2


@pytest.mark.parametrize(
    "answers",
    [
        {"phone": "+358 40 123 4567", "email": ""},
        {"phone": "", "email": "AINO@esimerkki.fi"},
        {"phone": "050 999 9999", "email": "aino@esimerkki.fi"},
    ],
)
def test_the_same_person_is_not_doubled(answers):
    posting = JobPostingFactory()
    first = send(posting)
    with pytest.raises(AlreadyApplied):
        actions.apply(posting, form_key=uuid.uuid4(), answers=ANSWERS | answers, language="fi", own={first.pk})
    assert Application.objects.count() == 1


def test_the_database_stops_what_slipped_past_the_question(monkeypatch):
    posting = JobPostingFactory()
    send(posting)
    monkeypatch.setattr("jobs.applications.models.ApplicationQuerySet.from_same_person", lambda rows, **_: rows.none())
    with pytest.raises(AlreadyApplied):
        send(posting)


def test_a_withdrawn_application_may_be_followed_by_a_new_one():
    posting = JobPostingFactory()
    actions.withdraw(send(posting))
    assert send(posting).status == ApplicationStatus.NEW


def test_two_people_without_a_phone_may_both_apply():
    posting = JobPostingFactory()
    send(posting, phone="")
    send(posting, phone="", email="toinen@esimerkki.fi")
    assert Application.objects.count() == 2


@pytest.mark.parametrize("situation", ["ran_out", "filled", "expired", "withdrawn", "submitted"])
def test_nobody_applies_to_a_closed_posting(situation):
    with pytest.raises(PostingClosed):
        send(JobPostingFactory(**{situation: True}))
    assert not Application.objects.exists()


def test_the_second_of_two_members_is_told(user, own):
    application = own(ApplicationFactory())
    actions.move(application, ApplicationStatus.INTERVIEW, by=user, seen=ApplicationStatus.NEW)
    with pytest.raises(TransitionNotAllowed):
        actions.decline(application, by=user, seen=ApplicationStatus.NEW, reason=DeclineReason.HOURS)
    application.refresh_from_db()
    assert application.status == ApplicationStatus.INTERVIEW
    assert application.events.get().by == user


@pytest.mark.parametrize("to", [ApplicationStatus.WITHDRAWN, ApplicationStatus.OBSOLETE])
def test_members_do_not_take_what_is_not_theirs(user, own, to):
    with pytest.raises(TransitionNotAllowed):
        actions.move(own(ApplicationFactory()), to, by=user, seen=ApplicationStatus.NEW)


def test_decline_mails_the_words_once(user, own):
    application = own(ApplicationFactory(email="aino@esimerkki.fi"))
    actions.decline(
        application,
        by=user,
        seen=ApplicationStatus.NEW,
        reason=DeclineReason.HOURS,
        text="Hei Aino & co, <b>kiitos</b>!",
    )
    mail = OutgoingMail.objects.get()
    assert "Hei Aino & co, <b>kiitos</b>!" in mail.text
    assert "Hei Aino &amp; co, &lt;b&gt;kiitos&lt;/b&gt;!" in mail.html


def test_decline_by_phone_sends_nothing(user, own):
    application = own(ApplicationFactory())
    actions.decline(application, by=user, seen=ApplicationStatus.NEW, reason=DeclineReason.HOURS, text="Hei!")
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("situation", ["declined", "obsolete"])
def test_what_is_settled_is_not_withdrawn(situation):
    with pytest.raises(TransitionNotAllowed):
        actions.withdraw(ApplicationFactory(**{situation: True}))


def test_withdrawing_twice_is_withdrawing_once():
    application = ApplicationFactory()
    actions.withdraw(application)
    actions.withdraw(application)
    assert application.events.count() == 1


@pytest.mark.parametrize(("situation", "mails"), [({}, 0), ({"in_contact": True}, 1), ({"interview": True}, 1)])
def test_the_organisation_hears_of_a_withdrawal_when_it_has_been_in_contact(situation, mails):
    actions.withdraw(ApplicationFactory(name="Salainen Nimi", **situation))
    assert OutgoingMail.objects.count() == mails
    assert not OutgoingMail.objects.filter(text__contains="Salainen").exists()


def test_a_filled_job_tells_everybody_who_waits_once(user):
    posting = JobPostingFactory(filled=True)
    waiting = ApplicationFactory(posting=posting, email="aino@esimerkki.fi")
    ApplicationFactory(posting=posting, interview=True)
    agreed = ApplicationFactory(posting=posting, agreed=True, email="eino@esimerkki.fi")
    assert actions.make_obsolete_for(posting, by=user) == 2
    assert actions.make_obsolete_for(posting, by=user) == 0
    waiting.refresh_from_db()
    agreed.refresh_from_db()
    assert (waiting.status, agreed.status) == (ApplicationStatus.OBSOLETE, ApplicationStatus.AGREED)
    assert OutgoingMail.objects.get().recipient == "aino@esimerkki.fi"
    assert waiting.delete_on == timezone.localdate() + KEEP_FOR


def test_who_was_let_go_is_called_only_when_the_job_is_open_again(user, own):
    application = own(ApplicationFactory(obsolete=True, posting__filled=True))
    with pytest.raises(TransitionNotAllowed):
        actions.move(application, ApplicationStatus.IN_CONTACT, by=user, seen=ApplicationStatus.OBSOLETE)
    posting = application.posting
    type(posting).objects.filter(pk=posting.pk).update(status=PostingStatus.PUBLISHED, closed_at=None)
    actions.move(application, ApplicationStatus.IN_CONTACT, by=user, seen=ApplicationStatus.OBSOLETE)
    application.refresh_from_db()
    assert application.is_waiting


def test_a_longer_window_keeps_longer():
    application = ApplicationFactory()
    posting = application.posting
    posting.application_deadline += timedelta(days=30)
    actions.keep_until_window_ends(posting)
    application.refresh_from_db()
    assert application.delete_on == posting.application_deadline + KEEP_FOR
