"""Mandates: given and taken back by administrators of the giver, working only between two verified organisations."""

import threading
from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from organisations.actions import mandate as actions
from organisations.enums import MandateStatus, OrganisationKind, OrganisationStatus
from organisations.models import Mandate, Organisation
from organisations.permissions import NotAllowed
from organisations.roles import MANDATED, Verb, may
from portal.privacy.retention import RULES
from portal.states import TransitionNotAllowed
from tests.accounts.factories import UserFactory, sign_in
from tests.organisations.factories import MandateFactory, MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

# Verb of the mandate → what the receiver's people may do by it.
BROUGHT = {
    "WRITE_POSTINGS": {"WRITE_POSTINGS", "SEE_POSTINGS"},
    "SEE_PROCESSES": {"SEE_PROCESSES"},
    "WORK_ON_PROCESSES": {"WORK_ON_PROCESSES", "SEE_PROCESSES"},
}


@pytest.fixture
def admin():
    return UserFactory()


@pytest.fixture
def giver(admin):
    return OrganisationFactory(admin=admin, name="Antaja ry")


@pytest.fixture
def receiver():
    return OrganisationFactory(gives_coaching=True, member=UserFactory(), name="Saaja ry")


@pytest.mark.parametrize("code", BROUGHT)
def test_each_verb_brings_what_it_brings_and_nothing_else(giver, receiver, code):
    MandateFactory(giver=giver, receiver=receiver, verbs=[code])
    person = receiver.members.get()
    for verb in Verb:
        wanted = verb.value in BROUGHT[code]
        assert may(person, verb, giver) == wanted
        assert may(person.memberships.get(), verb, giver) == wanted
        assert Organisation.objects.where_may(person, verb).filter(pk=giver.pk).exists() == wanted
    assert not may(giver.members.get(), Verb.SEE_POSTINGS, receiver)


def test_the_table_of_what_can_be_given():
    assert {code.value: {verb.value for verb in brought} for code, brought in MANDATED.items()} == BROUGHT


@pytest.mark.parametrize(("giver_status", "receiver_status"), list(product(OrganisationStatus.values, repeat=2)))
@pytest.mark.parametrize("status", MandateStatus.values)
@pytest.mark.parametrize("capability", ["gives_coaching", "gives_employer_support", None])
def test_working_agrees_with_its_twin(giver_status, receiver_status, status, capability):
    given = {capability: True} if capability else {}
    receiver = OrganisationFactory(status=receiver_status, member=UserFactory(), **given)
    mandate = MandateFactory(giver=OrganisationFactory(status=giver_status), receiver=receiver, status=status)
    works = giver_status == receiver_status == "VERIFIED" and status == "IN_FORCE" and capability is not None
    person = receiver.members.get()
    assert mandate.works == Mandate.objects.working().exists() == works
    assert may(person, Verb.WRITE_POSTINGS, mandate.giver) == works
    assert (mandate.giver in Organisation.objects.where_may(person, Verb.WRITE_POSTINGS)) == works


def test_a_kind_that_does_not_carve_gives_no_carving(receiver, admin):
    town = OrganisationFactory(admin=admin, kind=OrganisationKind.MUNICIPALITY)
    with pytest.raises(actions.CannotBeGiven):
        actions.give(town, receiver, ["SEE_PROCESSES"], by=admin)
    Mandate.objects.create(giver=town, receiver=receiver, verbs=["SEE_PROCESSES"])
    assert not may(receiver.members.get(), Verb.SEE_PROCESSES, town)
    assert town not in Organisation.objects.where_may(receiver.members.get(), Verb.SEE_PROCESSES)


def test_given_and_taken_back_each_with_an_event(giver, receiver, admin):
    mandate = actions.give(giver, receiver, ["WRITE_POSTINGS"], by=admin)
    assert (mandate.given_by, mandate.verbs) == (admin, ["WRITE_POSTINGS"])
    actions.revoke(mandate, by=admin)
    with pytest.raises(TransitionNotAllowed) as refusal:
        actions.revoke(mandate, by=admin)
    assert refusal.value.is_done_already
    mandate.refresh_from_db()
    assert mandate.revoked_by == admin
    assert mandate.revoked_at
    ways = [(event.from_status, event.to_status, event.by) for event in mandate.events.all()]
    assert ways == [("", "IN_FORCE", admin), ("IN_FORCE", "REVOKED", admin)]
    assert actions.give(giver, receiver, ["SEE_PROCESSES"], by=admin).pk != mandate.pk


def test_who_may_not_give_is_refused(giver, receiver, admin):
    for stranger in (UserFactory(), MembershipFactory(organisation=giver).user, receiver.members.get()):
        with pytest.raises(NotAllowed):
            actions.give(giver, receiver, ["WRITE_POSTINGS"], by=stranger)
    Organisation.objects.filter(pk=giver.pk).update(status="PAUSED")
    with pytest.raises(NotAllowed):
        actions.give(giver, receiver, ["WRITE_POSTINGS"], by=admin)
    assert not Mandate.objects.exists()


@pytest.mark.parametrize(
    "traits", [{}, {"gives_coaching": True, "paused": True}, {"gives_coaching": True, "pending": True}]
)
def test_who_cannot_receive_is_refused(giver, admin, traits):
    with pytest.raises(actions.CannotReceive):
        actions.give(giver, OrganisationFactory(**traits), ["WRITE_POSTINGS"], by=admin)


def test_nobody_gives_to_themselves(admin):
    own = OrganisationFactory(admin=admin, gives_coaching=True)
    with pytest.raises(actions.CannotReceive):
        actions.give(own, own, ["WRITE_POSTINGS"], by=admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        MandateFactory(giver=own, receiver=own)


@pytest.mark.parametrize("verbs", [[], ["EDIT_DETAILS"], ["WRITE_POSTINGS", "READ_APPLICANTS"], ["x"]])
def test_only_what_can_be_given_is_given(giver, receiver, admin, verbs):
    with pytest.raises(actions.CannotBeGiven):
        actions.give(giver, receiver, verbs, by=admin)


def test_one_mandate_between_two(giver, receiver, admin):
    actions.give(giver, receiver, ["WRITE_POSTINGS"], by=admin)
    with pytest.raises(actions.AlreadyGiven):
        actions.give(giver, receiver, ["SEE_PROCESSES"], by=admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        MandateFactory(giver=giver, receiver=receiver)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_take_back_at_once_have_one_outcome():
    mandate = MandateFactory(giver=OrganisationFactory(admin=UserFactory()))
    MembershipFactory(organisation=mandate.giver, is_admin=True)
    people, start, refused = list(mandate.giver.members.order_by("pk")), threading.Barrier(2), []

    def revoke(person):
        start.wait()
        try:
            actions.revoke(mandate, by=person)
        except TransitionNotAllowed:
            refused.append(person)
        connection.close()

    threads = [threading.Thread(target=revoke, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert mandate.events.count() == 1
    mandate.refresh_from_db()
    assert {mandate.revoked_by, *refused} == set(people)


def test_a_mandate_is_seen_by_both_and_by_no_other(giver, receiver, admin):
    mandate = MandateFactory(giver=giver, receiver=receiver)
    for person in (admin, receiver.members.get()):
        assert list(Mandate.objects.visible_to(person)) == [mandate]
    for person in (UserFactory(), MembershipFactory(organisation=giver).user, MembershipFactory(is_admin=True).user):
        assert not Mandate.objects.visible_to(person)


def test_retention_keeps_the_record():
    assert all(RULES.get(f"organisations: {name}").delete is None for name in ("mandate", "event of a mandate"))


# The pages


def test_nothing_is_chosen_beforehand_and_one_tap_gives_nothing(client, giver, receiver, admin):
    sign_in(client, admin)
    address = reverse("organisations:mandate_give", args=[giver.pk])
    text = client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]
    assert 'name="verbs"' in text
    assert " checked" not in text
    assert f'value="{receiver.pk}" selected' not in text
    typed = {"receiver": receiver.pk, "verbs": ["WRITE_POSTINGS"]}
    page = client.post(address, typed)
    assert page.context["is_confirming"]
    assert not Mandate.objects.exists()
    assert not client.post(address, typed | {"change": "1"}).context["is_confirming"]
    client.post(address, typed | {"confirmed": "1"})
    assert Mandate.objects.get().receiver == receiver
    again = client.post(address, typed | {"confirmed": "1"})
    assert again.context["form"].errors["receiver"]
    assert not again.context["is_confirming"]


@pytest.mark.parametrize(
    "typed",
    [
        {"receiver": ""},
        {"receiver": "x"},
        {"receiver": "9" * 40},
        {"receiver": "²"},
        {"verbs": []},
        {"verbs": ["EDIT_DETAILS"]},
    ],
)
def test_a_mistake_is_told_and_gives_nothing(client, giver, receiver, admin, typed):
    sign_in(client, admin)
    answers = {"receiver": receiver.pk, "verbs": ["WRITE_POSTINGS"], "confirmed": "1"} | typed
    page = client.post(reverse("organisations:mandate_give", args=[giver.pk]), answers)
    assert set(page.context["form"].errors) == set(typed)
    assert not Mandate.objects.exists()


def test_taking_back_asks_first_and_a_second_click_is_kind(client, giver, receiver, admin):
    sign_in(client, admin)
    mandate = MandateFactory(giver=giver, receiver=receiver)
    address = reverse("organisations:mandate_revoke", args=[mandate.pk])
    assert client.get(address).status_code == 200
    assert Mandate.objects.in_force().exists()
    for _click in range(2):
        page = client.post(address, follow=True)
        assert page.redirect_chain == [(reverse("organisations:mandates", args=[giver.pk]), 302)]
    assert list(page.context["taken_back"]) == [mandate]
    assert client.get(address).status_code == 404


def test_a_paused_giver_may_take_back_but_not_give(client, receiver, admin):
    paused = OrganisationFactory(admin=admin, paused=True)
    mandate = MandateFactory(giver=paused, receiver=receiver)
    sign_in(client, admin)
    text = client.get(reverse("organisations:mandates", args=[paused.pk])).content.decode()
    assert reverse("organisations:mandate_give", args=[paused.pk]) not in text
    assert client.get(reverse("organisations:mandate_give", args=[paused.pk])).status_code == 404
    client.post(reverse("organisations:mandate_revoke", args=[mandate.pk]))
    assert Mandate.objects.get().status == "REVOKED"


def test_queries_of_the_lists_do_not_grow(client, giver, admin, django_assert_max_num_queries):
    sign_in(client, admin)
    service = OrganisationFactory(gives_employer_support=True, admin=admin)
    addresses = reverse("organisations:mandates", args=[giver.pk]), reverse("organisations:support")

    def make(count):
        for _number in range(count):
            MandateFactory(giver=giver)
            MandateFactory(receiver=service)

    counts = []
    for count in (2, 18):
        make(count)
        for address in addresses:
            client.get(address)
            with django_assert_max_num_queries(20) as asked:
                assert client.get(address).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
