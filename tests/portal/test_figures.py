"""The figures of the report: rooms register what they count, staff read it for a period."""

from datetime import date, datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from accounts.registry import Registry
from jobs.postings.enums import PostingStatus
from jobs.postings.models import PostingEvent
from organisations.enums import OrganisationStatus, RolloutState
from organisations.models import MunicipalityRollout, OrganisationEvent
from portal.figures import FIGURES, Figure, Period
from portal.site.groups import EDITORS, set_up_groups
from portal.wagtail_hooks import figures as page_of_figures
from tests.accounts.factories import UserFactory, sign_in
from tests.jobs.factories import JobPostingFactory
from tests.organisations.factories import MunicipalityFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


def at(*moment):
    return timezone.make_aware(datetime(2026, *moment))


def counted(name, period=OCTOBER):
    return FIGURES.get(name).count(period)


@pytest.fixture
def editor(client):
    set_up_groups()
    person = UserFactory()
    person.groups.add(Group.objects.get(name=EDITORS))
    return sign_in(client, person)


def test_a_period_ends_with_the_last_moment_of_its_last_day():
    """Summer time ends on 25.10.2026: the month is an hour longer than its days."""
    begin, end = OCTOBER.moments
    assert end.timestamp() - begin.timestamp() == (31 * 24 + 1) * 3600


def test_a_posting_counts_once_however_often_it_was_opened():
    posting = JobPostingFactory()
    for moment in [(10, 1, 0, 0), (10, 31, 23, 59), (11, 1, 0, 0)]:
        PostingEvent.objects.create(posting=posting, to_status=PostingStatus.PUBLISHED, at=at(*moment))
    PostingEvent.objects.create(posting=JobPostingFactory(), to_status=PostingStatus.PUBLISHED, at=at(9, 30, 23, 59))
    PostingEvent.objects.create(posting=posting, to_status=PostingStatus.FILLED, at=at(10, 5, 12, 0))
    assert counted("postings.published") == 1
    assert counted("postings.organisations") == 1
    assert counted("postings.filled") == 1


def test_an_organisation_counts_when_it_is_verified_and_not_when_it_comes_back_from_a_pause():
    verified = {"to_status": OrganisationStatus.VERIFIED, "at": at(10, 5, 12, 0)}
    first, second = OrganisationFactory(), OrganisationFactory()
    OrganisationEvent.objects.create(organisation=first, from_status=OrganisationStatus.PENDING, **verified)
    OrganisationEvent.objects.create(organisation=second, from_status=OrganisationStatus.PAUSED, **verified)
    assert counted("organisations") == 1


def test_municipalities_count_as_they_are_on_the_last_day():
    MunicipalityRollout.objects.create(
        municipality=MunicipalityFactory(), valid_from=date(2026, 10, 31), state=RolloutState.PILOT, note="-"
    )
    MunicipalityRollout.objects.create(
        municipality=MunicipalityFactory(lieksa=True), valid_from=date(2026, 11, 1), state=RolloutState.PILOT, note="-"
    )
    assert counted("municipalities") == 1


def test_the_page_shows_what_is_registered_for_the_chosen_period(editor, monkeypatch):
    monkeypatch.setattr(page_of_figures, "FIGURES", Registry())
    days = []
    page_of_figures.FIGURES.register(
        Figure("walks", "Walks", "In the wood", lambda period: days.append(period) or 4711)
    )
    page = editor.get(reverse("portal_figures"), {"first": "2026-10-01", "last": "2026-10-31"})
    assert days == [OCTOBER]
    assert "Walks" in page.text
    assert "4711" in page.text


def test_unless_chosen_it_is_this_year_until_today(editor):
    page = editor.get(reverse("portal_figures"))
    today = timezone.localdate()
    assert page.context["period"] == Period(today.replace(month=1, day=1), today)


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-10-31", "2026-10-01"), ("0001-01-01", "9999-12-31"), ("", "2026-10-01"), ("1.10.", "x"), ("\ud800", "1")],
)
def test_a_period_that_is_none_is_told_and_counts_nothing(editor, first, last):
    page = editor.get(reverse("portal_figures"), {"first": first.encode("utf-8", "replace"), "last": last})
    assert page.status_code == 200
    assert page.context["period"] is None
    assert page.context["form"].errors
