import pytest
from django.urls import reverse

from organisations.enums import OrganisationStatus
from organisations.models import Organisation
from tests.organisations.factories import (
    ActivityFieldFactory,
    MembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    person = UserFactory()
    client.force_login(person)
    return person


def answers(**changed):
    return {
        "kind": "ASSOCIATION",
        "name": "Kuvitelman ruokatupa ry",
        "business_id": "0280113-5",
        "association_register_no": "123.456",
        "activity_fields": [ActivityFieldFactory().pk],
        "municipality": MunicipalityFactory().pk,
        "contact_name": "Maija Malli",
        "contact_email": "tyo@ruokatupa.example",
        **changed,
    }


def test_register_makes_a_pending_organisation_with_an_administrator(client, person):
    response = client.post(reverse("organisations:organisation_register"), answers(), follow=True)
    assert response.status_code == 200
    organisation = Organisation.objects.get()
    assert organisation.status == OrganisationStatus.PENDING
    assert organisation.memberships.get().user == person
    assert organisation.memberships.get().is_admin
    assert "Kuvitelman ruokatupa ry" in response.content.decode()


def test_every_page_of_the_desk_shows(client, person):
    organisation = OrganisationFactory(admin=person)
    MembershipFactory(organisation=organisation)
    OrganisationFactory(member=person)
    for name, args in [
        ("desk", []),
        ("organisation_edit", [organisation.pk]),
        ("members", [organisation.pk]),
        ("organisation_leave", [organisation.pk]),
        ("organisation_list", []),
        ("organisation_detail", [organisation.pk, organisation.slug]),
        ("organisation_register", []),
    ]:
        assert client.get(reverse(f"organisations:{name}", args=args)).status_code == 200, name
