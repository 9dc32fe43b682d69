from datetime import timedelta

import pytest
from django.utils import timezone

from jobs.postings import actions
from jobs.postings.enums import EventKind, PostingStatus, WithdrawalReason
from jobs.postings.models import JobPosting
from jobs.review.actions import accept_edit
from portal.models import OutgoingMail
from portal.site.groups import MODERATORS, set_up_groups
from tests.accounts.factories import UserFactory
from tests.jobs.factories import ApplicationFactory, JobPostingFactory
from tests.organisations.factories import OrganisationFactory
from tests.permissions.conftest import in_group

pytestmark = pytest.mark.django_db

# The mail waits for the worker, whose queries are not the request's.
LATER = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def writer():
    return UserFactory(name="Maija Malli")


@pytest.fixture
def moderator():
    return UserFactory(name="Mauri", superuser=True)


def own(writer, **traits):
    return JobPostingFactory(organisation=OrganisationFactory(member=writer), created_by=writer, **traits)


def subjects():
    return list(OutgoingMail.objects.order_by("pk").values_list("recipient", "subject"))


def test_create_knows_the_contact_and_a_second_click_makes_no_second_draft(writer):
    organisation = OrganisationFactory(member=writer, contact_name="Maija Malli")
    posting = actions.create(organisation, by=writer)
    assert (posting.status, posting.contact_name) == (PostingStatus.DRAFT, "Maija Malli")
    assert actions.create(organisation, by=writer) == posting
    assert posting.events.get().kind == EventKind.CREATED


def test_copy_takes_the_answers_and_asks_the_dates_anew(writer):
    posting = own(writer, filled=True, tasks=["Tiskaus", "Siivous"])
    posting.demands.create(demand="LIFTING", level=2)
    fresh = actions.copy(posting, by=writer)
    assert fresh.pk != posting.pk
    assert (fresh.status, fresh.title, fresh.application_deadline) == (PostingStatus.DRAFT, posting.title, None)
    assert [task.title for task in fresh.tasks.all()] == ["Tiskaus", "Siivous"]
    assert fresh.demands.get().level == 2
    assert posting.tasks.count() == 2
    assert fresh.created_by == writer


def test_submit_writes_the_event_and_tells_the_moderators(writer, settings, django_assert_max_num_queries):
    settings.TASKS = LATER
    set_up_groups()
    moderators = [in_group(UserFactory(), MODERATORS) for _number in range(5)]
    posting = own(writer, draft=True, description="Soita 040 123 4567")
    with django_assert_max_num_queries(15):
        flags = actions.submit(posting, by=writer)
    posting.refresh_from_db()
    event = posting.events.get()
    assert (event.from_status, event.to_status, event.by) == ("DRAFT", "SUBMITTED", writer)
    assert posting.submitted_at is not None
    assert [flag["flag"] for flag in flags] == ["CONTACT_DATA"] == [flag["flag"] for flag in posting.flags]
    assert [recipient for recipient, _subject in subjects()] == [moderator.email for moderator in moderators]


def test_submit_names_what_is_missing_and_changes_nothing(writer):
    posting = own(writer, draft=True, title="", tasks=[])
    with pytest.raises(actions.PostingIncomplete) as error:
        actions.submit(posting, by=writer)
    assert error.value.missing == ["title", "tasks"]
    posting.refresh_from_db()
    assert posting.status == PostingStatus.DRAFT
    assert not posting.events.exists()


def test_submit_refuses_an_identity_code_without_repeating_it(writer):
    posting = own(writer, draft=True, description="010190-900P")
    with pytest.raises(actions.IdentityCodeFound) as error:
        actions.submit(posting, by=writer)
    assert error.value.fields == ["description"]
    assert "010190" not in str(error.value)


def test_a_second_submit_is_told_that_it_is_done(writer):
    posting = own(writer, draft=True)
    actions.submit(posting, by=writer)
    with pytest.raises(actions.TransitionNotAllowed) as error:
        actions.submit(posting, by=writer)
    assert error.value.is_done_already
    assert posting.events.count() == 1


def test_fill_closes_and_each_waiting_applicant_gets_one_message(writer):
    posting = own(writer)
    waiting = ApplicationFactory(posting=posting, email="aino@hakija.example")
    ApplicationFactory(posting=posting, agreed=True, email="valittu@hakija.example")
    actions.fill(posting, by=writer)
    posting.refresh_from_db()
    waiting.refresh_from_db()
    assert (posting.status, waiting.status) == (PostingStatus.FILLED, "OBSOLETE")
    assert [recipient for recipient, _subject in subjects()] == ["aino@hakija.example"]
    with pytest.raises(actions.TransitionNotAllowed):
        actions.fill(posting, by=writer)
    assert OutgoingMail.objects.count() == 1


def test_reopen_within_thirty_days_and_not_after(writer):
    posting = own(writer, filled=True)
    actions.reopen(posting, by=writer)
    posting.refresh_from_db()
    assert (posting.status, posting.closed_at) == (PostingStatus.PUBLISHED, None)
    late = own(writer, filled=True, closed_at=timezone.now() - timedelta(days=31))
    with pytest.raises(actions.TooLate):
        actions.reopen(late, by=writer)


def test_extend_an_expired_posting_opens_it_again(writer):
    posting = own(writer, expired=True)
    deadline = timezone.localdate() + timedelta(days=20)
    actions.extend(posting, by=writer, deadline=deadline)
    posting.refresh_from_db()
    assert (posting.status, posting.application_deadline, posting.is_open) == ("PUBLISHED", deadline, True)


@pytest.mark.parametrize("days", [-1, 400])
def test_extend_refuses_a_day_that_is_past_or_far_away(writer, days):
    with pytest.raises(actions.DeadlineNotValid):
        actions.extend(own(writer), by=writer, deadline=timezone.localdate() + timedelta(days=days))


def test_extend_is_too_late_after_ninety_days(writer):
    posting = own(writer, expired=True, application_deadline=timezone.localdate() - timedelta(days=91))
    with pytest.raises(actions.TooLate):
        actions.extend(posting, by=writer, deadline=timezone.localdate() + timedelta(days=5))


def test_an_edit_of_an_open_posting_enters_the_moderators_list(writer, moderator):
    posting = own(writer)
    assert actions.edit(posting, {"title": "Uusi nimi", "district": posting.district}, by=writer) == ["title"]
    posting.refresh_from_db()
    event = posting.events.get()
    assert (event.kind, event.changed_fields, posting.is_edited_after_approval) == (EventKind.EDITED, ["title"], True)
    assert JobPosting.objects.for_queue().first() == posting
    accept_edit(posting, by=moderator)
    posting.refresh_from_db()
    assert not posting.is_edited_after_approval
    draft = own(writer, draft=True)
    actions.edit(draft, {"title": "Uusi nimi"}, by=writer)
    assert not draft.events.exists()


def test_the_clock_expires_and_archives_and_the_second_run_finds_nothing(writer):
    ran_out, over = own(writer, ran_out=True), own(writer, filled=True, closed_at=timezone.now() - timedelta(days=91))
    still_open = own(writer)
    assert actions.expire_postings(dry_run=True) == 2
    assert actions.expire_postings() == 2
    assert actions.expire_postings() == 0
    for posting in (ran_out, over, still_open):
        posting.refresh_from_db()
    assert [ran_out.status, over.status, still_open.status] == ["EXPIRED", "ARCHIVED", "PUBLISHED"]
    assert [recipient for recipient, _subject in subjects()] == [writer.email]


def test_a_stale_posting_is_asked_about_once_and_withdrawn_at_ninety_days(writer):
    asked = own(writer, confirmed_at=timezone.now() - timedelta(days=61))
    forgotten = own(writer, confirmed_at=timezone.now() - timedelta(days=91))
    assert actions.remind_stale() == 2
    assert actions.remind_stale() == 0
    asked.refresh_from_db()
    forgotten.refresh_from_db()
    assert asked.status == PostingStatus.PUBLISHED
    assert (forgotten.status, forgotten.withdrawal_reason) == ("WITHDRAWN", WithdrawalReason.NOT_CONFIRMED)
    assert len(subjects()) == 2
    actions.confirm(asked, by=writer)
    asked.refresh_from_db()
    assert not asked.is_stale
