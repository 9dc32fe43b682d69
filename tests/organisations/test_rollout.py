"""A municipality's rollout: dated rows that never overlap, read by the clock, changed by staff."""

import threading
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from organisations.actions import rollout as actions
from organisations.enums import OPEN_TO_COACHES, RolloutState
from organisations.models import Municipality, MunicipalityRollout
from portal.furniture.dated_rows import MARK
from tests.accounts.factories import UserFactory
from tests.organisations.factories import MunicipalityFactory
from tests.organisations.test_staff import moderator

__all__ = ["moderator"]
pytestmark = pytest.mark.django_db


def change(municipality, state, days, **answers):
    day = timezone.localdate() + timedelta(days=days)
    return actions.change_rollout(municipality, state, day=day, note="Syy.", by=answers.get("by") or UserFactory())


def history(municipality):
    """State, first day and last day as days from today."""
    today = timezone.localdate()
    return [
        (row.state, (row.valid_from - today).days, row.valid_until and (row.valid_until - today).days)
        for row in municipality.rollout_rows.all()
    ]


def test_in_the_beginning_nothing_is_in_use():
    municipality = MunicipalityFactory()
    assert municipality.rollout == RolloutState.NOT_YET
    assert municipality.rollout_row is None


def test_each_change_ends_the_row_before_and_going_back_deletes_nothing(time_machine):
    municipality = MunicipalityFactory()
    time_machine.move_to("2026-03-02 12:00+02:00", tick=False)
    change(municipality, "PILOT", 0)
    change(municipality, "NOT_YET", 10)
    change(municipality, "IN_USE", 4)
    assert history(municipality) == [("PILOT", 0, 3), ("IN_USE", 4, 9), ("NOT_YET", 10, None)]
    states = {}
    for days in (0, 3, 4, 9, 10, 400):
        time_machine.move_to(f"{date(2026, 3, 2) + timedelta(days=days)} 12:00+02:00", tick=False)
        states[days] = str(Municipality.objects.get().rollout)
        is_open = Municipality.objects.open_to_coaches().exists()
        assert is_open == Municipality.objects.get().is_open_to_coaches == (states[days] in OPEN_TO_COACHES)
    assert states == {0: "PILOT", 3: "PILOT", 4: "IN_USE", 9: "IN_USE", 10: "NOT_YET", 400: "NOT_YET"}


@pytest.mark.parametrize(
    ("state", "days", "refusal"),
    [
        ("IN_USE", -1, actions.DayHasPassed),
        ("IN_USE", 0, actions.ChangesThatDay),
        ("PILOT", 1, actions.NothingChanges),
    ],
)
def test_what_cannot_be_is_refused(state, days, refusal):
    municipality = MunicipalityFactory()
    change(municipality, "PILOT", 0)
    with pytest.raises(refusal):
        change(municipality, state, days)
    assert history(municipality) == [("PILOT", 0, None)]


def test_the_first_state_is_no_change():
    with pytest.raises(actions.NothingChanges):
        change(MunicipalityFactory(), "NOT_YET", 0)


def test_the_database_refuses_two_beginnings_and_an_end_before_the_beginning():
    municipality, today = MunicipalityFactory(), timezone.localdate()
    row = {"municipality": municipality, "state": "PILOT", "note": "Syy.", "valid_from": today}
    MunicipalityRollout.objects.create(**row)
    for wrong in ({}, {"valid_from": today + timedelta(days=5), "valid_until": today}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MunicipalityRollout.objects.create(**row | wrong)


@pytest.mark.django_db(transaction=True)
def test_two_changes_of_one_day_at_once_leave_one():
    municipality, people = MunicipalityFactory(), [UserFactory(), UserFactory()]
    start = threading.Barrier(2)

    def begin(state, person):
        start.wait()
        with suppress(actions.ChangesThatDay):
            change(municipality, state, 1, by=person)
        connection.close()

    threads = [threading.Thread(target=begin, args=pair) for pair in zip(("PILOT", "IN_USE"), people, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert municipality.rollout_rows.count() == 1


def test_a_list_reads_all_at_once(django_assert_num_queries):
    for traits in ({}, {"lieksa": True}, {"kontiolahti": True}):
        change(MunicipalityFactory(**traits), "PILOT", 0)
    with django_assert_num_queries(2):
        assert {municipality.rollout for municipality in Municipality.objects.with_rollout()} == {RolloutState.PILOT}


# The page of staff


def answers(days=0, **changed):
    return {
        "state": "PILOT",
        "valid_from": str(timezone.localdate() + timedelta(days=days)),
        "note": "Alkaa.",
        **changed,
    }


def test_a_change_is_asked_once_more_before_it_is_written(client, moderator):
    municipality = MunicipalityFactory()
    address = reverse("municipality:rollout", args=[municipality.pk])
    page = client.post(address, answers())
    assert page.context["is_confirming"]
    assert not MunicipalityRollout.objects.exists()
    page = client.post(address, answers(confirmed="1"), follow=True)
    row = MunicipalityRollout.objects.get()
    assert (row.state, row.by, row.note) == ("PILOT", moderator, "Alkaa.")
    assert "Alkaa." in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ({"state": ""}, "state"),
        ({"state": "LATER"}, "state"),
        ({"note": ""}, "note"),
        ({"valid_from": ""}, "valid_from"),
        ({"valid_from": "30.2.2027"}, "valid_from"),
        ({"valid_from": "2020-01-01"}, "valid_from"),
        ({"valid_from": "99999-01-01"}, "valid_from"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_written(client, moderator, typed, name):
    address = reverse("municipality:rollout", args=[MunicipalityFactory().pk])
    page = client.post(address, answers(**typed, confirmed="1"))
    assert set(page.context["form"].errors) == {name}
    assert not MunicipalityRollout.objects.exists()


def test_a_second_click_writes_nothing_more(client, moderator):
    address = reverse("municipality:rollout", args=[MunicipalityFactory().pk])
    client.post(address, answers(confirmed="1"))
    assert client.post(address, answers(confirmed="1")).context["form"].errors["valid_from"]
    assert MunicipalityRollout.objects.count() == 1


def test_the_list_of_staff_says_how_far_each_is(client, moderator):
    change(MunicipalityFactory(), "IN_USE", 0)
    text = client.get(reverse("municipality:index")).content.decode()
    assert str(RolloutState.IN_USE.label) in text


def test_who_lacks_the_right_is_sent_away(client, moderator):
    moderator.groups.get().permissions.remove(Permission.objects.get(codename="change_rollout"))
    assert client.get(reverse("municipality:rollout", args=[MunicipalityFactory().pk])).status_code == 302


def test_the_database_itself_refuses_two_states_of_a_day():
    town, today = MunicipalityFactory(), timezone.localdate()
    rows = MunicipalityRollout.objects
    rows.create(municipality=town, state=RolloutState.PILOT, valid_from=today, note="Alku.")
    rows.create(
        municipality=MunicipalityFactory(code="422"), state=RolloutState.PILOT, valid_from=today, note="Toinen kunta."
    )
    with pytest.raises(IntegrityError, match=MARK), transaction.atomic():
        rows.create(municipality=town, state=RolloutState.IN_USE, valid_from=today + timedelta(days=1), note="Toinen.")
