"""An organisation's details: its administrators edit them, and two who do so at once see both versions."""

import pytest
from django.urls import reverse

from organisations.models import Organisation
from tests.organisations.answers import answers, seen_on
from tests.organisations.factories import OrganisationFactory
from tests.organisations.pictures import picture, size_of
from tests.organisations.test_views import media, person

__all__ = ["media", "person"]
pytestmark = pytest.mark.django_db


def details(client, organisation, **changed):
    address = reverse("organisations:organisation_edit", args=[organisation.pk])
    seen = seen_on(client, address)
    return client.post(address, answers(seen=seen, **changed), follow=True)


def test_admin_edits_the_details(client, person):
    organisation = OrganisationFactory(admin=person)
    details(client, organisation, contact_name="Uusi Yhteyshenkilö", logo_file=picture())
    organisation.refresh_from_db()
    assert organisation.contact_name == "Uusi Yhteyshenkilö"
    assert organisation.logo


def test_a_new_logo_takes_the_place_of_the_old_one(client, person):
    organisation = OrganisationFactory(admin=person)
    details(client, organisation, logo_file=picture())
    details(client, organisation, logo_file=picture(size=(50, 50)))
    organisation.refresh_from_db()
    assert size_of(organisation.logo) == (50, 50)
    assert type(organisation.logo).objects.count() == 1
    details(client, organisation, removes_logo="on")
    organisation.refresh_from_db()
    assert organisation.logo is None


def test_the_second_to_save_sees_both_versions_and_may_save_again(client, person):
    """Sent again knowingly, one's own stays. What is the same but for how lines end is no difference."""
    organisation = OrganisationFactory(admin=person, description="Ruokaa.\n\nJa kahvia.", contact_phone="")
    address = reverse("organisations:organisation_edit", args=[organisation.pk])
    seen = seen_on(client, address)
    saved = answers(contact_name="Toisen Yhteyshenkilö", description=organisation.description)
    saved["municipality_id"] = saved.pop("municipality")
    organisation.activity_fields.set(saved.pop("activity_fields"))
    Organisation.objects.update(**saved)
    sent = answers(contact_name="Oma Yhteyshenkilö", description="Ruokaa.\r\n\r\nJa kahvia.", kind="FOUNDATION")
    page = client.post(address, sent | {"seen": seen, "logo_file": picture()})
    assert page.status_code == 409
    text = page.content.decode()
    rows = [(row.name, row.theirs, row.mine) for row in page.context["form"].conflicts]
    assert rows[:2] == [
        ("kind", "Yhdistys", "Säätiö"),
        ("contact_name", "Toisen Yhteyshenkilö", "Oma Yhteyshenkilö"),
    ]
    assert [name for name, _theirs, _mine in rows[2:]] == ["logo"]
    assert page.context["form"].conflicts[0].label == page.context["form"]["kind"].label
    assert "Toisen Yhteyshenkilö" in text
    assert 'value="Oma Yhteyshenkilö"' in text
    organisation.refresh_from_db()
    assert (organisation.contact_name, organisation.logo) == ("Toisen Yhteyshenkilö", None)
    form = page.context["form"]
    client.post(address, sent | {"seen": form["seen"].value(), "kept_logo": form.kept_logo_text})
    organisation.refresh_from_db()
    assert organisation.contact_name == "Oma Yhteyshenkilö"
    assert organisation.logo


def test_a_third_person_who_saves_between_is_seen_too(client, person):
    organisation = OrganisationFactory(admin=person)
    address = reverse("organisations:organisation_edit", args=[organisation.pk])
    seen = seen_on(client, address)
    for name in ("Toisen muutos ry", "Kolmannen muutos ry"):
        Organisation.objects.update(name=name)
        page = client.post(address, answers(seen=seen, name="Oma muutos ry"))
        assert page.status_code == 409
        assert name in page.content.decode()
        seen = page.context["form"]["seen"].value()


@pytest.mark.parametrize("has_picture", [False, True])
def test_a_double_click_is_not_called_somebody_else(client, person, has_picture):
    organisation = OrganisationFactory(admin=person)
    address = reverse("organisations:organisation_edit", args=[organisation.pk])
    seen = seen_on(client, address)
    for _click in range(2):
        sent = answers(seen=seen, name="Oma muutos ry") | ({"logo_file": picture()} if has_picture else {})
        assert client.post(address, sent).status_code == 302


@pytest.mark.parametrize("trait", ["paused", "closed"])
def test_paused_and_closed_details_are_only_read(client, person, trait):
    organisation = OrganisationFactory(admin=person, **{trait: True})
    assert client.get(reverse("organisations:members", args=[organisation.pk])).status_code == 404
    address = reverse("organisations:organisation_edit", args=[organisation.pk])
    assert "form" not in client.get(address).context
    assert client.post(address, answers()).status_code == 404
