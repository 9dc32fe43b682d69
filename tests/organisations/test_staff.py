"""Staff verify, pause, open again and close organisations in the Wagtail admin."""

import re

import pytest
from django.urls import reverse

from organisations.enums import OrganisationStatus
from organisations.models import Organisation, OrganisationEvent
from portal.site.groups import moderators, set_up_groups
from tests.accounts.test_typed_text import code
from tests.organisations.answers import answers, seen_on
from tests.organisations.factories import ActivityFieldFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client, monkeypatch):
    monkeypatch.setattr("accounts.middleware.used_second_factor", lambda request: True)
    set_up_groups()
    person = UserFactory(language="fi")
    person.groups.add(moderators())
    client.force_login(person)
    return person


def decide(client, organisation, name, **answers):
    return client.post(reverse("organisation:decide", args=[organisation.pk, name]), answers, follow=True)


def test_list_has_the_waiting_first(client, moderator):
    verified, waiting = OrganisationFactory(), OrganisationFactory(pending=True)
    page = client.get(reverse("organisation:index"))
    assert list(page.context["object_list"]) == [waiting, verified]


def test_list_filters_by_status(client, moderator):
    OrganisationFactory()
    waiting = OrganisationFactory(pending=True)
    page = client.get(reverse("organisation:index"), {"status": "PENDING"})
    assert list(page.context["object_list"]) == [waiting]


def test_list_finds_by_number(client, moderator):
    OrganisationFactory()
    sought = OrganisationFactory()
    page = client.get(reverse("organisation:index"), {"q": sought.business_id})
    assert list(page.context["object_list"]) == [sought]


def test_verify_mails_each_administrator_in_their_language(client, moderator, mailoutbox):
    organisation = OrganisationFactory(pending=True, admin=UserFactory(language="sv"))
    page = decide(client, organisation, "verify")
    organisation.refresh_from_db()
    assert organisation.status == OrganisationStatus.VERIFIED
    assert page.status_code == 200
    event = OrganisationEvent.objects.get()
    assert (event.from_status, event.to_status, event.by) == ("PENDING", "VERIFIED", moderator)
    assert len(mailoutbox) == 1
    assert "/sv/" in mailoutbox[0].body


def test_a_second_click_changes_nothing(client, moderator, mailoutbox):
    organisation = OrganisationFactory(pending=True, admin=UserFactory())
    decide(client, organisation, "verify")
    decide(client, organisation, "verify")
    assert OrganisationEvent.objects.count() == len(mailoutbox) == 1


def test_a_colleague_was_faster(client, moderator):
    organisation = OrganisationFactory(closed=True)
    decide(client, organisation, "verify")
    organisation.refresh_from_db()
    assert organisation.status == OrganisationStatus.CLOSED


@pytest.mark.parametrize("name", ["pause", "close"])
def test_a_reason_is_required_and_mailed(client, moderator, mailoutbox, name):
    organisation = OrganisationFactory(admin=UserFactory())
    page = decide(client, organisation, name, reason="")
    assert page.context["form"].errors["reason"]
    decide(client, organisation, name, reason="Emme tavoittaneet <b>teitä</b>.")
    assert "Emme tavoittaneet <b>teitä</b>." in mailoutbox[0].body
    assert OrganisationEvent.objects.get().note == "Emme tavoittaneet <b>teitä</b>."


def test_pause_and_open_again(client, moderator, mailoutbox):
    organisation = OrganisationFactory(admin=UserFactory())
    decide(client, organisation, "pause", reason="Tarkistamme asian.")
    decide(client, organisation, "reopen")
    organisation.refresh_from_db()
    assert organisation.status == OrganisationStatus.VERIFIED
    assert len(mailoutbox) == 2


def test_every_page_shows(client, moderator):
    organisation = OrganisationFactory(admin=UserFactory())
    decide(client, organisation, "pause", reason="Tarkistamme asian.")
    assert "Tarkistamme asian." in client.get(reverse("organisation:inspect", args=[organisation.pk])).content.decode()
    for name in ("reopen", "close"):
        assert client.get(reverse("organisation:decide", args=[organisation.pk, name])).status_code == 200
    assert client.get(reverse("organisation:decide", args=[organisation.pk, "verify"])).status_code == 302
    assert client.get(reverse("organisation:decide", args=[organisation.pk, "delete-all"])).status_code == 404
    assert client.get(reverse("organisation:edit", args=[organisation.pk])).status_code == 200


def test_edited_numbers_follow_the_same_rules(client, moderator):
    organisation = OrganisationFactory(activity_fields=[ActivityFieldFactory()])
    address = reverse("organisation:edit", args=[organisation.pk])
    refused = client.post(address, answers(business_id="0280113-4", description=f"Maija {code()}"))
    assert set(refused.context["form"].errors) == {"business_id", "description"}
    assert code() not in refused.content.decode()
    client.post(address, answers(business_id="02801135", seen=seen_on(client, address)))
    organisation.refresh_from_db()
    assert organisation.business_id == "0280113-5"


def test_staff_see_what_the_organisation_saved_meanwhile(client, moderator):
    """Nothing is written, an event neither, until it is sent again."""
    organisation = OrganisationFactory()
    address = reverse("organisation:edit", args=[organisation.pk])
    seen = seen_on(client, address)
    Organisation.objects.update(contact_name="Heidän Henkilö")
    typed = answers(contact_name="Meidän Henkilö", gives_coaching="on")
    page = client.post(address, typed | {"seen": seen})
    assert page.status_code == 409
    rows = {row.name: (row.theirs, row.mine) for row in page.context["form"].conflicts}
    assert rows["contact_name"] == ("Heidän Henkilö", "Meidän Henkilö")
    assert rows["gives_coaching"] == ("ei", "kyllä")
    text = page.content.decode()
    assert "Tallennettu nyt: Heidän Henkilö" in " ".join(text.split())
    assert not OrganisationEvent.objects.exists()
    again = page.context["form"]["seen"].value()
    assert f'value="{again}"' in text
    assert client.post(address, typed | {"seen": again}).status_code == 302
    organisation.refresh_from_db()
    assert (organisation.contact_name, organisation.gives_coaching) == ("Meidän Henkilö", True)


@pytest.mark.parametrize("name", ["logo", "activity_fields"])
@pytest.mark.parametrize("typed", ["abc", "1.5", "²", "9" * 40])
def test_a_hidden_value_that_no_page_gave_is_a_mistake_in_the_form(client, moderator, name, typed):
    organisation = OrganisationFactory()
    page = client.post(reverse("organisation:edit", args=[organisation.pk]), answers(**{name: typed}))
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {name}


def test_first_page_of_the_admin_tells_who_waits(client, moderator):
    waiting = f"{reverse('organisation:index')}?status=PENDING"
    assert waiting not in client.get(reverse("wagtailadmin_home")).content.decode()
    OrganisationFactory(pending=True)
    assert waiting in client.get(reverse("wagtailadmin_home")).content.decode()


def test_editors_may_not_decide(client, moderator):
    moderator.groups.clear()
    organisation = OrganisationFactory(pending=True)
    decide(client, organisation, "verify")
    organisation.refresh_from_db()
    assert organisation.status == OrganisationStatus.PENDING


def test_the_page_of_an_organisation_says_yes_and_no(client, moderator):
    organisation = OrganisationFactory(gives_coaching=True, gives_employer_support=False)
    text = client.get(reverse("organisation:inspect", args=[organisation.pk])).text
    answers_shown = {answer.strip() for answer in re.findall(r"<dd[^>]*>([^<]*)</dd>", text)}
    assert answers_shown.isdisjoint({"True", "False", "None"})
    assert answers_shown >= {"kyllä", "ei", "–"}
