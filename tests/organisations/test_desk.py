"""The desk's registries, and the tabs that a capability opens."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organisations import desk
from organisations.actions import capability as actions
from organisations.actions import membership as memberships
from organisations.actions.rollout import change_rollout
from organisations.enums import OrganisationKind
from organisations.models import Membership, OrganisationEvent
from organisations.models.membership import MembershipQuerySet
from organisations.permissions import NotAllowed, may_enter_job_bank, needs_second_factor
from organisations.roles import Verb
from tests.accounts.factories import UserFactory, sign_in
from tests.organisations.answers import answers, seen_on
from tests.organisations.factories import (
    MandateFactory,
    MembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
)
from tests.organisations.test_staff import moderator

__all__ = ["moderator"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    return sign_in_as(client, UserFactory())


def sign_in_as(client, person):
    sign_in(client, person)
    return person


@pytest.fixture
def coach(person):
    return MembershipFactory(user=person, organisation__gives_coaching=True)


def put_into_use(municipality, state="PILOT", days=0):
    day = timezone.localdate() + timedelta(days=days)
    change_rollout(municipality, state, day=day, note="Pilotti alkaa.", by=UserFactory())


def town_of(person, **traits):
    return OrganisationFactory(
        admin=person, kind=OrganisationKind.MUNICIPALITY, represents=MunicipalityFactory(lieksa=True), **traits
    )


# Registries


def test_an_app_above_adds_a_tab_and_rows_without_touching_the_desk(client, person, monkeypatch):
    membership = MembershipFactory(user=person)
    for registry in (desk.tabs, desk.today):
        monkeypatch.setattr(registry, "_entries", dict(registry._entries))
    is_admin = desk.having(Verb.MANAGE_MEMBERS)
    desk.tabs.register(desk.Tab("fake", "Aivan uusi", "organisations:desk", position=99, is_for=is_admin))
    row = desk.TodayRow("Tee tämä", "/tyopoyta/", text="Jotta muutkin ehtivät.")
    desk.today.register(desk.TodayRows("fake", 1, rows=lambda membership: [row]))
    page = client.get(reverse("organisations:desk")).content.decode()
    assert "Tee tämä" in page
    assert "Jotta muutkin ehtivät." in page
    assert "Aivan uusi" not in page
    Membership.objects.update(role="ADMIN")
    assert "Aivan uusi" in client.get(reverse("organisations:desk")).content.decode()
    assert [tab.name for tab in desk.tabs_of(Membership.objects.get(pk=membership.pk))][-1] == "fake"


@pytest.mark.parametrize(
    ("given", "added"),
    [
        ({}, []),
        ({"gives_coaching": True}, ["coaching"]),
        ({"gives_employer_support": True}, ["support"]),
        ({"gives_coaching": True, "paused": True}, []),
    ],
)
def test_each_capability_opens_its_tab(given, added):
    membership = MembershipFactory(organisation=OrganisationFactory(**given))
    names = [tab.name for tab in desk.tabs_of(membership)]
    assert names == ["today", "postings", "applications", *added, "details"]


def test_the_municipality_tab_is_the_administrators(person):
    town = town_of(person)
    assert "municipality" in [tab.name for tab in desk.tabs_of(town.memberships.get())]
    assert "municipality" not in [tab.name for tab in desk.tabs_of(MembershipFactory(organisation=town))]


# The pages


def test_a_coach_without_municipalities_is_told_whom_to_ask(client, coach):
    admin = MembershipFactory(organisation=coach.organisation, is_admin=True)
    text = client.get(reverse("organisations:coaching")).content.decode()
    assert admin.user.email in text
    assert "Työpaikkapankki ei ole sinulle vielä auki." in text
    assert reverse("organisations:coaching") in client.get(reverse("organisations:desk")).content.decode()


def test_a_coach_sees_why_the_job_bank_is_closed_when_it_opens_and_whom_to_ask(client, coach):
    joensuu, lieksa = MunicipalityFactory(), MunicipalityFactory(lieksa=True)
    coach.municipalities.set([joensuu, lieksa])
    town = town_of(UserFactory(), contact_name="Kaisa Kunta")
    put_into_use(lieksa, days=3)
    assert not may_enter_job_bank(coach)
    page = client.get(reverse("organisations:coaching"))
    text = page.content.decode()
    for words in ("ei ole sinulle vielä auki", "kun Lieksa aloittaa", "Kaisa Kunta", town.contact_email):
        assert words in text
    put_into_use(joensuu)
    assert may_enter_job_bank(coach)
    text = client.get(reverse("organisations:coaching")).content.decode()
    assert "näet koko maakunnan" in text
    assert "kunta=167&amp;kunta=422" in text


def test_going_back_closes_the_job_bank(coach):
    place = MunicipalityFactory()
    coach.municipalities.add(place)
    put_into_use(place, days=0)
    put_into_use(place, "NOT_YET", days=1)
    assert may_enter_job_bank(coach)
    place.rollout_rows.filter(state="PILOT").update(valid_from="2026-01-01", valid_until="2026-01-31")
    place.rollout_rows.filter(state="NOT_YET").update(valid_from="2026-02-01")
    assert not may_enter_job_bank(coach)


def test_the_support_service_sees_its_mandates_with_a_contact(client, person):
    service = OrganisationFactory(gives_employer_support=True, member=person)
    mandate = MandateFactory(receiver=service, giver__contact_name="Paula Puheenjohtaja")
    MandateFactory(receiver=service, giver__paused=True, giver__name="Tauko ry")
    text = client.get(reverse("organisations:support")).content.decode()
    for words in (mandate.giver.name, "Paula Puheenjohtaja", "Kirjoittaa yhdistyksen työpaikkoja"):
        assert words in text
    assert "Tauko ry" not in text


def test_the_municipality_reads_its_history_and_counts_its_associations(client, person):
    town = town_of(person)
    OrganisationFactory(municipality=town.represents)
    OrganisationFactory(municipality=town.represents, company=True)
    OrganisationFactory(municipality=town.represents, pending=True)
    put_into_use(town.represents)
    text = client.get(reverse("organisations:municipality")).content.decode()
    for words in ("Aluksi: ei vielä käytössä", "Pilotti alkaa.", "Palvelussa on 1 yhdistys kunnasta Lieksa."):
        assert words in text


def test_a_tab_opens_the_organisation_that_has_it(client, person):
    OrganisationFactory(name="Aaa ry", member=person)
    coaching = OrganisationFactory(name="Öö ry", member=person, gives_coaching=True)
    assert client.get(reverse("organisations:desk")).context["membership"].organisation != coaching
    assert client.get(reverse("organisations:coaching")).context["membership"].organisation == coaching
    assert client.get(reverse("organisations:support")).status_code == 404


@pytest.mark.parametrize("count", [2, 13])
def test_queries_of_the_coaching_page_do_not_grow(client, coach, count, django_assert_num_queries):
    for number in range(count):
        place = MunicipalityFactory(code=f"9{number:02d}", name_fi=f"Kunta {number}")
        coach.municipalities.add(place)
        put_into_use(place)
    client.get(reverse("organisations:coaching"))
    with django_assert_num_queries(11):
        assert client.get(reverse("organisations:coaching")).status_code == 200


# The municipalities of a coach


def test_an_administrator_names_the_municipalities(client, coach):
    admin = MembershipFactory(organisation=coach.organisation, is_admin=True)
    sign_in(client, admin.user)
    place = MunicipalityFactory(lieksa=True)
    address = reverse("organisations:coach_municipalities", args=[coach.pk])
    assert address in client.get(reverse("organisations:members", args=[coach.organisation_id])).content.decode()
    assert client.get(address).status_code == 200
    client.post(address, {"municipalities": [place.pk], "seen": seen_on(client, address)}, follow=True)
    assert list(coach.municipalities.all()) == [place]
    assert client.post(address, {"municipalities": ["x"]}).context["form"].errors["municipalities"]
    client.post(address, {"seen": seen_on(client, address)})
    assert not coach.municipalities.exists()


def test_only_coaches_have_municipalities():
    admin = MembershipFactory(is_admin=True)
    member = MembershipFactory(organisation=admin.organisation)
    with pytest.raises(NotAllowed):
        memberships.serve(member, [], by=admin.user)
    assert not Membership.objects.coaches()


def test_a_coach_names_none(coach):
    with pytest.raises(NotAllowed):
        memberships.serve(coach, [MunicipalityFactory()], by=coach.user)


def test_staff_name_them_too(client, moderator):
    coach = MembershipFactory(organisation__gives_coaching=True)
    place = MunicipalityFactory()
    address = reverse("organisation:coach", args=[coach.organisation_id, coach.pk])
    assert address in client.get(reverse("organisation:inspect", args=[coach.organisation_id])).content.decode()
    assert client.get(address).status_code == 200
    client.post(address, {"municipalities": [place.pk], "seen": seen_on(client, address)})
    assert list(coach.municipalities.all()) == [place]


@pytest.mark.parametrize("who", ["administrator", "staff"])
def test_who_names_them_second_sees_both_choices(client, coach, moderator, who):
    lieksa, kontiolahti = MunicipalityFactory(lieksa=True), MunicipalityFactory(kontiolahti=True)
    address = reverse("organisation:coach", args=[coach.organisation_id, coach.pk])
    client.force_login(moderator)
    if who == "administrator":
        sign_in(client, MembershipFactory(organisation=coach.organisation, is_admin=True).user)
        address = reverse("organisations:coach_municipalities", args=[coach.pk])
    seen = seen_on(client, address)
    coach.municipalities.set([lieksa])
    page = client.post(address, {"municipalities": [kontiolahti.pk], "seen": seen})
    assert page.status_code == 409
    assert [(row.theirs, row.mine) for row in page.context["form"].conflicts] == [("Lieksa", "Kontiolahti")]
    assert "Tallennettu nyt: Lieksa" in " ".join(page.content.decode().split())
    assert coach.municipalities.get() == lieksa
    again = {"municipalities": [kontiolahti.pk], "seen": page.context["form"]["seen"].value()}
    assert client.post(address, again).status_code == 302
    assert coach.municipalities.get() == kontiolahti


def test_staff_are_told_when_coaching_was_taken_meanwhile(client, moderator, monkeypatch):
    coach = MembershipFactory()
    # The view asked a moment before the capability was taken.
    monkeypatch.setattr(MembershipQuerySet, "coaches", lambda rows: rows.all())
    address = reverse("organisation:coach", args=[coach.organisation_id, coach.pk])
    answer = client.post(address, {})
    assert answer.url == reverse("organisation:inspect", args=[coach.organisation_id])


# Capabilities


def test_what_staff_give_and_take_is_told(client, moderator):
    organisation = OrganisationFactory(kind=OrganisationKind.MUNICIPALITY)
    address, place = reverse("organisation:edit", args=[organisation.pk]), MunicipalityFactory(lieksa=True)
    typed = answers(kind="MUNICIPALITY", represents=place.pk)
    client.post(address, typed | {"gives_coaching": "on", "seen": seen_on(client, address)})
    client.post(address, typed | {"seen": seen_on(client, address)})
    told = [(event.capability, event.is_given, event.note, event.by) for event in OrganisationEvent.objects.all()]
    assert told == [
        ("COACHING", True, "", moderator),
        ("MUNICIPALITY", True, "Lieksa", moderator),
        ("COACHING", False, "", moderator),
    ]
    text = client.get(reverse("organisation:inspect", args=[organisation.pk])).content.decode()
    assert "Tästä alkaen: puhuu kunnan puolesta" in text
    organisation.refresh_from_db()
    assert (organisation.gives_coaching, organisation.represents) == (False, place)


def test_only_a_municipality_speaks_for_one(client, moderator):
    organisation = OrganisationFactory()
    typed = answers(represents=MunicipalityFactory(lieksa=True).pk)
    page = client.post(reverse("organisation:edit", args=[organisation.pk]), typed)
    assert set(page.context["form"].errors) == {"represents"}


def test_the_same_again_tells_nothing():
    organisation, staff = OrganisationFactory(), UserFactory()
    wanted = {"gives_coaching": True, "gives_employer_support": False, "represents": None}
    for _time in range(2):
        actions.change_capabilities(organisation, wanted, by=staff)
    assert OrganisationEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("traits", "needed"),
    [
        ({}, False),
        ({"gives_coaching": True}, True),
        ({"gives_employer_support": True}, True),
        ({"gives_coaching": True, "paused": True}, True),
        ({"gives_coaching": True, "closed": True}, False),
    ],
)
def test_coaches_and_advisers_need_a_second_factor(traits, needed):
    person = UserFactory()
    OrganisationFactory(member=person, **traits)
    assert needs_second_factor(person) == needed
