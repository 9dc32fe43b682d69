from datetime import timedelta

import pytest
from django.utils import timezone

from organisations.models import Invitation, InvitationEvent, Membership, Organisation, OrganisationEvent
from organisations.models.invitation import VALID_FOR
from portal.privacy.retention import RULES
from portal.privacy.shares import SHARES
from tests.organisations.factories import InvitationFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed():
    """One organisation closed a year ago, one closed yesterday, one open."""
    now = timezone.now()
    for days in (366, 1):
        organisation = OrganisationFactory(closed=True, admin=UserFactory())
        OrganisationEvent.objects.create(organisation=organisation, to_status="CLOSED", at=now - timedelta(days=days))
    OrganisationFactory(admin=UserFactory())


def run(name):
    """The rule's count twice: what it would do, and what it did."""
    delete = RULES.get(f"organisations: {name}").delete
    return delete(True), delete(False), delete(False)


def test_contact_is_emptied_a_year_after_closing(closed):
    assert run("contact of a closed organisation") == (1, 1, 0)
    assert Organisation.objects.filter(contact_name="", contact_email="", contact_phone="").count() == 1


def test_memberships_end_a_year_after_closing(closed):
    assert run("membership") == (1, 1, 0)
    assert Membership.objects.count() == 2


def test_invitations_go_thirty_days_after_their_link():
    now = timezone.now()
    gone = InvitationFactory(sent_at=now - VALID_FOR - timedelta(days=30, minutes=1), accepted=True)
    gone.events.create(to_status="ACCEPTED", by=UserFactory())
    kept = InvitationFactory(sent_at=now - VALID_FOR - timedelta(days=29))
    assert run("invitation") == (1, 1, 0)
    assert Invitation.objects.get() == kept
    assert not InvitationEvent.objects.exists()


def test_what_is_known_of_a_person_is_told():
    person = UserFactory()
    organisation = OrganisationFactory(admin=person, contact_email=person.email)
    InvitationFactory(email=person.email)
    known = SHARES.get("organisations").export(person)
    assert known["memberships"][0]["organisation"] == organisation.name
    assert len(known["invitations"]) == len(known["contact_of"]) == 1


def test_an_erased_administrator_is_followed_by_the_next():
    person, member = UserFactory(), UserFactory()
    organisation = OrganisationFactory(admin=person, member=member, contact_email=person.email)
    alone = OrganisationFactory(admin=person)
    InvitationFactory(email=person.email)
    SHARES.get("organisations").erase(person)
    organisation.refresh_from_db()
    assert organisation.memberships.admins().get().user == member
    assert organisation.contact_email == ""
    assert not alone.memberships.exists()
    assert not Invitation.objects.exists()
