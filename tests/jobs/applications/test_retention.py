"""Applications are gone on their date, with everything that hangs on them."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from jobs.applications.actions import applications
from jobs.applications.models import Application, ApplicationEvent, ApplicationNote
from jobs.postings import actions as postings
from jobs.postings.models import PostingEvent
from jobs.review.models import ReviewComment
from portal.privacy.retention import RULES
from tests.jobs.factories import ApplicationFactory, JobPostingFactory

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=365)


def purge(*arguments):
    call_command("purge_expired_data", *arguments, stdout=StringIO())


def at(day):
    return time_machine.travel(timezone.localtime().replace(year=day.year, month=day.month, day=day.day, hour=12))


def application_with_traces(user):
    application = ApplicationFactory(posting__organisation__member=user)
    applications.move(application, "IN_CONTACT", by=user, seen="NEW")
    applications.add_note(application, by=user, text="Soitin.")
    return application


def test_an_application_is_gone_on_its_date_and_not_before(user):
    application = application_with_traces(user)
    with at(application.delete_on - timedelta(days=1)):
        purge()
        assert Application.objects.exists()
    with at(application.delete_on):
        purge("--dry-run")
        assert Application.objects.exists()
        purge()
        purge()
    assert not Application.objects.exists()
    assert not ApplicationEvent.objects.exists()
    assert not ApplicationNote.objects.exists()


def test_an_extended_posting_keeps_its_applications_longer(user):
    application = ApplicationFactory(posting__organisation__member=user)
    posting = application.posting
    later = posting.application_deadline + timedelta(days=60)
    postings.extend(posting, by=user, deadline=later)
    application.refresh_from_db()
    assert application.delete_on == later + YEAR


def test_a_filled_posting_lets_them_go_sooner_and_a_reopened_one_later_again(user):
    application = ApplicationFactory(posting__organisation__member=user)
    deadline = application.posting.application_deadline
    postings.fill(application.posting, by=user)
    application.refresh_from_db()
    assert application.delete_on == timezone.localdate() + YEAR
    postings.reopen(application.posting, by=user)
    application.refresh_from_db()
    assert application.delete_on == deadline + YEAR


def test_the_contact_of_a_long_closed_posting_is_emptied(user):
    posting = JobPostingFactory(filled=True)
    PostingEvent.objects.create(posting=posting, by=user, to_status="FILLED", snapshot={"contact_name": "Maija"})
    ReviewComment.objects.create(posting=posting, author=user, is_from_moderator=True, text="Lisää palkka")
    with time_machine.travel(timezone.now() + YEAR - timedelta(hours=1)):
        purge()
        posting.refresh_from_db()
        assert posting.contact_phone
    with time_machine.travel(timezone.now() + YEAR + timedelta(hours=1)):
        purge()
    posting.refresh_from_db()
    assert (posting.contact_name, posting.contact_phone, posting.contact_email) == ("", "", "")
    assert PostingEvent.objects.get().snapshot == {}
    assert not ReviewComment.objects.exists()


def test_the_rules_count_before_they_delete():
    ApplicationFactory(delete_on=timezone.localdate())
    assert RULES.get("applications: application").delete(True) == 1
    assert Application.objects.count() == 1
