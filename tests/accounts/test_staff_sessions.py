"""Whoever may enter the admin is asked to sign in again after half an hour without a step, and after twelve hours."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from accounts import staff_sessions
from portal.furniture import unsent
from tests.accounts.factories import UserFactory, sign_in
from tests.accounts.test_second_factor import moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def begin():
    return timezone.now()


@pytest.fixture
def staff(client):
    return sign_in(client, moderator())


def status_at(client, moment, address="/admin/"):
    with time_machine.travel(moment, tick=False):
        return client.get(address).status_code


def test_half_an_hour_without_a_step_ends_it(staff, begin):
    assert status_at(staff, begin + timedelta(minutes=29)) == 200
    assert status_at(staff, begin + timedelta(minutes=58)) == 200
    with time_machine.travel(begin + timedelta(minutes=89), tick=False):
        assert staff.get("/admin/").url == f"{reverse('account_login')}?next=/admin/"
        assert not Session.objects.filter(expire_date__gt=timezone.now()).exists()


def test_it_ends_on_every_page_not_in_the_admin_alone(staff, begin):
    assert status_at(staff, begin + timedelta(minutes=31), reverse("account_profile")) == 302
    assert "_auth_user_id" not in staff.session


def test_twelve_hours_at_most_whatever_somebody_does(staff, begin):
    for minutes in range(20, 12 * 60, 20):
        assert status_at(staff, begin + timedelta(minutes=minutes)) == 200
    assert status_at(staff, begin + timedelta(hours=12, minutes=1)) == 302
    assert not Session.objects.exists()


def test_an_open_page_of_the_admin_counts(staff, begin):
    for minutes in (20, 40, 60, 80):
        assert status_at(staff, begin + timedelta(minutes=minutes), reverse("portal_admin_open")) == 204
    assert status_at(staff, begin + timedelta(minutes=81)) == 200


def test_the_admin_loads_what_tells_that_a_page_is_open(staff):
    page = staff.get("/admin/").text
    assert "portal/js/admin-open.js" in page
    assert f'data-portal-open="{reverse("portal_admin_open")}"' in page


def test_a_step_is_written_once_a_minute(staff, begin):
    def writes(moment):
        before = staff.session[staff_sessions.SEEN]
        status_at(staff, moment)
        return staff.session[staff_sessions.SEEN] != before

    assert not writes(begin + timedelta(seconds=30))
    assert writes(begin + timedelta(seconds=61))
    assert not writes(begin + timedelta(seconds=90))


def test_members_stay_for_a_fortnight(client, begin):
    sign_in(client, UserFactory())
    assert staff_sessions.SEEN not in client.session
    assert status_at(client, begin + timedelta(days=13), reverse("account_profile")) == 200


def test_who_becomes_staff_meanwhile_is_counted_from_the_first_step_into_the_admin(client, begin):
    user = UserFactory()
    sign_in(client, user)
    user.is_superuser = True
    user.save()
    assert status_at(client, begin + timedelta(hours=5)) == 200
    assert status_at(client, begin + timedelta(hours=5, minutes=31)) == 302


def test_what_was_typed_in_the_admin_is_kept_until_somebody_signs_in(staff, begin):
    address = reverse("wagtailredirects:add")
    with time_machine.travel(begin + timedelta(minutes=31), tick=False):
        answer = staff.post(address, {"old_path": "/vanha", "redirect_link": "/uusi osoite"})
        assert answer.url == f"{reverse('account_login')}?next={reverse('unsent')}"
        sign_in(staff, UserFactory(superuser=True))
        page = staff.get(reverse("unsent"))
    assert f'action="{address}"' in page.text
    assert 'value="/uusi osoite"' in page.text


def test_what_a_page_of_the_admin_sends_by_itself_is_refused_and_not_kept(staff, begin):
    """The page is still open with every word in it; a redirect would be read as an answer."""
    with time_machine.travel(begin + timedelta(minutes=31), tick=False):
        answer = staff.post(
            reverse("wagtailredirects:add"), {"old_path": "/x y"}, headers={"X-Requested-With": "XMLHttpRequest"}
        )
    assert answer.status_code == 403
    assert unsent.SESSION_KEY not in staff.session
