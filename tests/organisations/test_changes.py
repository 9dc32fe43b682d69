"""What staff have verified stays as they saw it: a change of it waits for them, and the old is shown meanwhile."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organisations.actions import change as changes
from organisations.actions import organisation as actions
from organisations.enums import ChangeStatus
from organisations.models import DetailsChange, Organisation
from organisations.retention import AFTER_CLOSING
from portal.models import OutgoingMail
from portal.privacy.retention import RULES
from portal.states import TransitionNotAllowed
from tests.organisations.answers import answers, seen_on
from tests.organisations.factories import ActivityFieldFactory, MembershipFactory, OrganisationFactory, UserFactory
from tests.organisations.test_staff import moderator
from tests.organisations.test_views import media, person

__all__ = ["media", "moderator", "person"]
pytestmark = pytest.mark.django_db

OLD = {
    "kind": "ASSOCIATION",
    "name": "Vanha nimi ry",
    "business_id": "0280113-5",
    "association_register_no": "123.456",
    "website": "",
}


def old_organisation(**fields):
    return OrganisationFactory(**OLD, activity_fields=[ActivityFieldFactory()], **fields)


def save(client, organisation, **changed):
    address = reverse("organisations:organisation_edit", args=[organisation.pk])
    answer = client.post(address, answers(**OLD | {"seen": seen_on(client, address)} | changed), follow=True)
    organisation.refresh_from_db()
    return answer


def proposed(organisation, **wanted):
    """A change that waits, as an administrator of the organisation proposes it."""
    admin = MembershipFactory(organisation=organisation, is_admin=True).user
    return changes.propose(organisation, {**{name: getattr(organisation, name) for name in OLD}, **wanted}, by=admin)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "Uusi nimi ry"),
        ("kind", "COMPANY"),
        ("business_id", "0737546-2"),
        ("association_register_no", "123.457"),
        ("website", "https://uusi.example/"),
    ],
)
def test_a_verified_organisations_guarded_answer_waits_and_the_rest_is_saved(client, person, name, value):
    organisation = old_organisation(admin=person)
    page = save(client, organisation, **{name: value, "contact_name": "Uusi Yhteyshenkilö"})
    assert getattr(organisation, name) == OLD[name]
    assert organisation.contact_name == "Uusi Yhteyshenkilö"
    change = DetailsChange.objects.get()
    assert (change.wanted, change.proposed_by, change.status) == ({name: value}, person, ChangeStatus.WAITING)
    assert [row.name for row in page.context["change"].differences] == [name]
    public = client.get(organisation.get_absolute_url()).text
    assert "Vanha nimi ry" in public and "Uusi nimi ry" not in public and "uusi.example" not in public


def test_one_that_waits_to_be_verified_changes_at_once(client, person):
    organisation = old_organisation(admin=person, pending=True)
    save(client, organisation, name="Uusi nimi ry")
    assert organisation.name == "Uusi nimi ry"
    assert not DetailsChange.objects.exists()


def test_both_are_shown_to_members_and_the_form_goes_on_from_what_was_wanted(client, person):
    organisation = old_organisation(admin=person)
    save(client, organisation, name="Uusi nimi ry")
    address = reverse("organisations:organisation_edit", args=[organisation.pk])
    assert 'value="Uusi nimi ry"' in client.get(address).text
    save(client, organisation, name="Uusi nimi ry", contact_name="Uusi Yhteyshenkilö")
    assert DetailsChange.objects.waiting().get().wanted == {"name": "Uusi nimi ry"}
    member = MembershipFactory(organisation=organisation).user
    client.force_login(member)
    text = client.get(address).text
    assert "Vanha nimi ry" in text and "Uusi nimi ry" in text


def test_a_later_change_takes_the_place_of_the_first_and_the_old_value_withdraws_it(client, person):
    organisation = old_organisation(admin=person)
    save(client, organisation, name="Uusi nimi ry")
    save(client, organisation, name="Uudempi nimi ry", website="https://uusi.example/")
    waiting = DetailsChange.objects.waiting().get()
    assert waiting.wanted == {"name": "Uudempi nimi ry", "website": "https://uusi.example/"}
    save(client, organisation)
    assert not DetailsChange.objects.waiting().exists()
    assert [change.status for change in DetailsChange.objects.order_by("pk")] == [ChangeStatus.WITHDRAWN] * 2
    assert organisation.name == "Vanha nimi ry"


def test_the_same_change_again_is_the_same(client, person):
    organisation = old_organisation(admin=person)
    for _click in range(2):
        save(client, organisation, name="Uusi nimi ry")
    assert DetailsChange.objects.count() == 1


def test_two_who_change_at_once_see_both(client, person):
    organisation = old_organisation(admin=person)
    address = reverse("organisations:organisation_edit", args=[organisation.pk])
    seen = seen_on(client, address)
    proposed(organisation, name="Toisen nimi ry")
    page = client.post(address, answers(**OLD | {"seen": seen, "name": "Oma nimi ry"}))
    assert page.status_code == 409
    rows = {row.name: (row.theirs, row.mine) for row in page.context["form"].conflicts}
    assert rows["name"] == ("Toisen nimi ry", "Oma nimi ry")


def decide(client, change, name, **sent):
    return client.post(reverse("organisation:change_decide", args=[change.pk, name]), sent, follow=True)


def test_staff_see_both_side_by_side_and_are_asked_before_it_counts(client, moderator):
    organisation = old_organisation()
    change = proposed(organisation, name="Uusi nimi ry", kind="COMPANY")
    page = client.get(reverse("organisation:change", args=[change.pk])).text
    for words in ("Vanha nimi ry", "Uusi nimi ry", "Yhdistys", "Yritys"):
        assert words in page
    for name in ("accept", "refuse"):
        assert client.get(reverse("organisation:change_decide", args=[change.pk, name])).status_code == 200
    organisation.refresh_from_db()
    assert organisation.name == "Vanha nimi ry"
    decide(client, change, "accept")
    organisation.refresh_from_db()
    assert (organisation.name, organisation.kind) == ("Uusi nimi ry", "COMPANY")
    event = change.events.order_by("pk").last()
    assert (event.to_status, event.by) == (ChangeStatus.ACCEPTED, moderator)
    mail = OutgoingMail.objects.get()
    assert "Uusi nimi ry" in mail.text
    decide(client, change, "accept")
    assert OutgoingMail.objects.count() == 1


def test_a_refusal_has_a_reason_that_the_administrators_get(client, moderator):
    organisation = old_organisation()
    change = proposed(organisation, name="Uusi nimi ry")
    page = decide(client, change, "refuse", reason="")
    assert page.context["form"].errors["reason"]
    decide(client, change, "refuse", reason="Nimi ei ole rekisterissä.")
    organisation.refresh_from_db()
    change.refresh_from_db()
    assert (organisation.name, change.status) == ("Vanha nimi ry", ChangeStatus.REFUSED)
    assert "Nimi ei ole rekisterissä." in OutgoingMail.objects.get().text


def test_who_decides_on_what_was_replaced_is_told(client, moderator):
    organisation = old_organisation()
    first = proposed(organisation, name="Uusi nimi ry")
    proposed(organisation, name="Uudempi nimi ry")
    page = decide(client, first, "accept")
    organisation.refresh_from_db()
    assert organisation.name == "Vanha nimi ry"
    assert [message.level_tag for message in page.context["messages"]] == ["warning"]


def test_a_number_that_another_has_got_meanwhile_is_told(client, moderator):
    organisation = old_organisation()
    change = proposed(organisation, business_id="0737546-2")
    OrganisationFactory(business_id="0737546-2")
    page = decide(client, change, "accept")
    organisation.refresh_from_db()
    change.refresh_from_db()
    assert (organisation.business_id, change.status) == (OLD["business_id"], ChangeStatus.WAITING)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]


def test_the_list_has_what_waits_on_top_and_the_first_page_tells_of_it(client, moderator):
    pending, verified = OrganisationFactory(pending=True), OrganisationFactory()
    changed = old_organisation()
    assert reverse("organisation:change", args=[1]) not in client.get(reverse("wagtailadmin_home")).text
    change = proposed(changed, name="Uusi nimi ry")
    page = client.get(reverse("organisation:index"))
    assert list(page.context["object_list"]) == [changed, pending, verified]
    assert page.text.count("muutos odottaa") == 1
    address = reverse("organisation:change", args=[change.pk])
    assert address in client.get(reverse("wagtailadmin_home")).text
    assert address in client.get(reverse("organisation:inspect", args=[changed.pk])).text


def test_the_list_asks_the_same_number_of_questions_for_2_and_20(client, moderator):
    client.get(reverse("organisation:index"))
    asked = []
    for count in (2, 18):
        for _number in range(count):
            proposed(OrganisationFactory(), name="Uusi nimi ry")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("organisation:index"))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_pausing_leaves_it_waiting_and_closing_withdraws_it():
    organisation, staff = old_organisation(), UserFactory()
    change = proposed(organisation, name="Uusi nimi ry")
    actions.pause(organisation, "Tarkistamme.", by=staff)
    change.refresh_from_db()
    assert change.status == ChangeStatus.WAITING
    actions.close(organisation, "Loppui.", by=staff)
    change.refresh_from_db()
    assert change.status == ChangeStatus.WITHDRAWN
    with pytest.raises(TransitionNotAllowed):
        changes.accept(change, by=staff)
    organisation.refresh_from_db()
    assert organisation.name == "Vanha nimi ry"


def test_a_paused_organisations_change_may_be_decided():
    organisation, staff = old_organisation(), UserFactory()
    change = proposed(organisation, name="Uusi nimi ry")
    actions.pause(organisation, "Tarkistamme.", by=staff)
    changes.accept(change, by=staff)
    organisation.refresh_from_db()
    assert (organisation.name, organisation.status) == ("Uusi nimi ry", "PAUSED")


def test_a_decided_change_is_deleted_after_a_year_and_one_that_waits_is_kept():
    decided, waiting = proposed(old_organisation(), name="Uusi nimi ry"), proposed(OrganisationFactory(), name="X ry")
    changes.refuse(decided, "Ei.", by=UserFactory())
    (rule,) = [rule for rule in RULES if rule.model == "organisations.DetailsChange"]
    rule.delete(False)
    assert DetailsChange.objects.count() == 2
    long_ago = timezone.now() - AFTER_CLOSING
    DetailsChange.objects.update(proposed_at=long_ago)
    for change in DetailsChange.objects.all():
        change.events.update(at=long_ago)
    rule.delete(False)
    assert list(DetailsChange.objects.all()) == [waiting]


def test_staffs_own_correction_needs_nobody(client, moderator):
    organisation = old_organisation()
    address = reverse("organisation:edit", args=[organisation.pk])
    client.post(address, answers(**OLD | {"name": "Virkailijan nimi ry", "seen": seen_on(client, address)}))
    organisation.refresh_from_db()
    assert organisation.name == "Virkailijan nimi ry"
    assert not DetailsChange.objects.exists()
    assert Organisation.objects.count() == 1
