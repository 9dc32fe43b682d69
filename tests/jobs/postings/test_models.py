from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from time_machine import travel

from jobs.postings.enums import TRANSITIONS, PostingStatus
from jobs.postings.models import JobPosting
from organisations.enums import OrganisationStatus
from tests.jobs.factories import JobPostingFactory
from tests.organisations.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

DAYS = [-200, -91, -90, -89, -1, 0, 1, 30]


def every_case():
    """Postings in every state, of organisations in every state, closed and closing on every side of the limits."""
    now = timezone.now()
    organisations = {status: OrganisationFactory(status=status) for status in OrganisationStatus}
    for status in PostingStatus:
        for organisation in organisations.values():
            for days in DAYS:
                yield JobPostingFactory(
                    status=status,
                    organisation=organisation,
                    application_deadline=timezone.localdate() + timedelta(days=days),
                    closed_at=now + timedelta(days=min(days, 0), minutes=1),
                    confirmed_at=now - timedelta(days=abs(days)),
                    tasks=[],
                )


def test_a_property_and_its_queryset_agree_in_every_case():
    postings = {posting.pk: posting for posting in every_case()}
    for name, rows in (
        ("is_open", JobPosting.objects.open()),
        ("is_public", JobPosting.objects.public()),
        ("is_stale", JobPosting.objects.stale()),
    ):
        by_rows = set(rows.values_list("pk", flat=True))
        by_property = {pk for pk, posting in postings.items() if getattr(posting, name)}
        assert by_rows == by_property, name
        assert by_rows, name


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-10-31 23:59:59 +0200", True),
        ("2026-11-01 00:00:01 +0200", False),
        ("2026-10-31 22:30:00 +0000", False),
    ],
)
def test_a_deadline_lasts_until_midnight_in_helsinki(moment, is_open):
    with travel(moment, tick=False):
        posting = JobPostingFactory(application_deadline="2026-10-31")
        posting.refresh_from_db()
        assert posting.is_open is is_open
        assert JobPosting.objects.open().filter(pk=posting.pk).exists() is is_open


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours_min": 30, "hours_max": 20},
        {"hours_min": 0, "hours_max": 20},
        {"hours_min": 20, "hours_max": 41},
        {"pay_min": 15, "pay_max": 12},
        {"start_date": "2027-02-02", "end_date": "2027-02-01"},
        {"remote_share": 101},
        {"openings": 0},
        {"title": ""},
        {"application_deadline": None},
        {"published_at": None},
        {"status": PostingStatus.FILLED, "closed_at": None},
    ],
)
def test_the_database_refuses_what_makes_no_sense(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        JobPostingFactory(**wrong)


def test_every_state_says_where_it_leads():
    assert set(TRANSITIONS) == set(PostingStatus)


def test_missing_names_the_seven_questions():
    posting = JobPosting.objects.create(organisation=OrganisationFactory())
    assert posting.missing == [
        "title",
        "task_field",
        "municipality",
        "hours_min",
        "hours_max",
        "day_parts",
        "start_kind",
        "application_deadline",
        "contact_name",
        "contact_phone",
        "tasks",
    ]
    assert JobPostingFactory().missing == []


def test_visible_to_shows_a_member_their_own_and_a_moderator_all(django_user_model):
    posting, strange = JobPostingFactory(), JobPostingFactory()
    member = django_user_model.objects.create_user("jasen@yhdistys.example")
    posting.organisation.memberships.create(user=member)
    assert list(JobPosting.objects.visible_to(member)) == [posting]
    boss = django_user_model.objects.create_superuser("boss@yhdistys.example")
    assert set(JobPosting.objects.visible_to(boss)) == {posting, strange}
