"""What an organisation that nobody has checked can do to strangers: little, and none of it in its own words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organisations.actions import invitation as invitations
from organisations.actions import organisation as actions
from organisations.models import Organisation, OrganisationEvent
from portal.models import OutgoingMail
from tests.organisations.answers import answers
from tests.organisations.factories import (
    InvitationFactory,
    MunicipalityFactory,
    OrganisationFactory,
    UserFactory,
    business_id,
)
from tests.organisations.test_views import REGISTER, media, person

__all__ = ["media", "person"]
pytestmark = pytest.mark.django_db


def invite(organisation, number, by):
    return invitations.invite(organisation, f"vieras{number}@example.fi", "MEMBER", by=by)


def registered(by, number, **fields):
    organisation = Organisation(
        name=f"Kuvitelma {number} ry",
        business_id=business_id(number),
        municipality=MunicipalityFactory(),
        contact_name="Maija Malli",
        contact_email="tyo@kuvitelma.example",
        **fields,
    )
    return actions.register(organisation, [], by=by)


def test_three_invitations_before_verification_whatever_becomes_of_them():
    admin = UserFactory()
    organisation = OrganisationFactory(pending=True, admin=admin)
    for number in range(3):
        invitations.revoke(invite(organisation, number, admin), by=admin)
    with pytest.raises(invitations.NotVerifiedYet):
        invite(organisation, 3, admin)
    assert OutgoingMail.objects.count() == 3
    Organisation.objects.update(status="VERIFIED")
    invite(organisation, 3, admin)
    assert OutgoingMail.objects.count() == 4


def test_sending_again_counts_too():
    admin = UserFactory()
    organisation = OrganisationFactory(pending=True, admin=admin)
    invitation = invite(organisation, 1, admin)
    for _time in range(2):
        organisation.invitations.update(sent_at=timezone.now() - timedelta(days=1))
        invitations.resend(invitation, by=admin)
    organisation.invitations.update(sent_at=timezone.now() - timedelta(days=1))
    with pytest.raises(invitations.NotVerifiedYet):
        invitations.resend(invitation, by=admin)


def test_the_page_says_why_and_the_button_too(client, person):
    organisation = OrganisationFactory(pending=True, admin=person)
    for number in range(3):
        invite(organisation, number, person)
    address = reverse("organisations:members", args=[organisation.pk])
    page = client.post(address, {"email": "vieras9@example.fi", "role": "MEMBER"})
    assert page.context["form"].non_field_errors()
    again = InvitationFactory(organisation=organisation, sent_at=timezone.now() - timedelta(days=1))
    page = client.post(reverse("organisations:invitation_resend", args=[again.pk]), follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert OutgoingMail.objects.count() == 3


def test_a_person_cannot_go_round_the_limit_by_more_organisations(monkeypatch):
    monkeypatch.setattr(invitations, "SENT_BY_PERSON", invitations.SENT_BY_PERSON.__class__("x", 2, timedelta(days=1)))
    admin = UserFactory()
    for number in range(2):
        invite(OrganisationFactory(admin=admin), number, admin)
    with pytest.raises(invitations.TooManyInvitations):
        invite(OrganisationFactory(admin=admin), 3, admin)


def test_three_organisations_a_day():
    person = UserFactory()
    for number in range(3):
        registered(person, number)
    Organisation.objects.update(status="VERIFIED")
    with pytest.raises(actions.TooManyOrganisations):
        registered(person, 3)
    registered(UserFactory(), 4)
    OrganisationEvent.objects.update(at=timezone.now() - timedelta(days=1))
    registered(person, 5)


def test_five_that_wait_to_be_verified_even_if_the_person_has_left_them():
    person = UserFactory()
    for number in range(5):
        registered(person, number).memberships.all().delete()
        OrganisationEvent.objects.update(at=timezone.now() - timedelta(days=2))
    with pytest.raises(actions.TooManyOrganisations):
        registered(person, 6)
    Organisation.objects.filter(pk=Organisation.objects.first().pk).update(status="VERIFIED")
    registered(person, 7)


def test_the_form_tells_of_the_limit_and_loses_nothing(client, person):
    for number in range(3):
        registered(person, number)
    page = client.post(reverse(REGISTER), answers())
    assert page.context["form"].non_field_errors()
    assert "0280113-5" in page.text
    assert Organisation.objects.count() == 3


@pytest.mark.parametrize("name", ["name", "contact_name"])
def test_an_address_is_no_name_of_an_organisation(client, person, name):
    page = client.post(reverse(REGISTER), answers(**{name: "Voitit palkinnon: huijaus.fi"}))
    assert page.context["form"].has_error(name)
    assert not Organisation.objects.exists()


def test_access_is_asked_for_five_times_a_day():
    asker = UserFactory()
    for _number in range(7):
        actions.ask_for_access(OrganisationFactory(admin=UserFactory()), "Hei", by=asker)
    assert OutgoingMail.objects.count() == 5
