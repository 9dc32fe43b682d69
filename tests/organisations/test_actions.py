import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from organisations.actions import invitation as invitations
from organisations.actions import membership as memberships
from organisations.actions import organisation as actions
from organisations.enums import ALLOWED_TRANSITIONS, MembershipRole, OrganisationStatus
from organisations.models import Membership, Organisation, OrganisationEvent
from organisations.signals import organisation_changed
from portal.models import OutgoingMail
from search.searching import search
from tests.organisations.factories import (
    InvitationFactory,
    MembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

STEPS = {
    "verify": (OrganisationStatus.VERIFIED, {}),
    "pause": (OrganisationStatus.PAUSED, {"reason": "Syy."}),
    "close": (OrganisationStatus.CLOSED, {"reason": "Syy."}),
    "reopen": (OrganisationStatus.VERIFIED, {}),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("before", OrganisationStatus)
def test_each_step_from_each_state(step, before):
    target, answers = STEPS[step]
    organisation = OrganisationFactory(status=before, admin=UserFactory())
    is_allowed = target in ALLOWED_TRANSITIONS[before]
    moderator = UserFactory()
    if before != target and not is_allowed:
        with pytest.raises(actions.TransitionNotAllowed):
            getattr(actions, step)(organisation, **answers, by=moderator)
    else:
        assert getattr(actions, step)(organisation, **answers, by=moderator) == (before != target)
    after = target if is_allowed or before == target else before
    assert Organisation.objects.get().status == after
    assert OrganisationEvent.objects.count() == OutgoingMail.objects.count() == int(is_allowed)


def found(text):
    return search("organisations.organisation", text).pks


def test_the_public_find_only_what_is_public():
    place = MunicipalityFactory()
    organisation = OrganisationFactory.build(name="Ruokatupa ry", municipality=place, pending=True)
    actions.register(organisation, [], by=UserFactory())
    assert found("ruokatupa") == []
    actions.verify(organisation, by=UserFactory())
    assert found("ruokatupa") == [organisation.pk]
    actions.close(organisation, "Syy.", by=UserFactory())
    assert found("ruokatupa") == []


def test_apps_above_are_told_of_each_change():
    told = []

    def listen(sender, organisation, **kwargs):
        told.append(organisation.status)

    organisation_changed.connect(listen)
    organisation = OrganisationFactory()
    actions.pause(organisation, "Syy.", by=UserFactory())
    actions.pause(organisation, "Syy.", by=UserFactory())
    actions.update_details(organisation, [], seen=actions.details_fingerprint(organisation), by=UserFactory())
    organisation_changed.disconnect(listen)
    assert told == ["PAUSED", "PAUSED"]


def test_register_refuses_a_twin_that_came_meanwhile():
    first = OrganisationFactory()
    twin = OrganisationFactory.build(business_id=first.business_id, municipality=first.municipality)
    with pytest.raises(actions.AlreadyRegistered) as refusal:
        actions.register(twin, [], by=UserFactory())
    assert refusal.value.organisation == first
    assert not Membership.objects.exists()


def test_update_refuses_what_changed_meanwhile():
    organisation = OrganisationFactory()
    seen = actions.details_fingerprint(organisation)
    Organisation.objects.update(name="Muuttunut ry")
    organisation.name = "Oma muutos ry"
    with pytest.raises(actions.ChangedMeanwhile):
        actions.update_details(organisation, [], seen=seen, by=UserFactory())
    assert Organisation.objects.get().name == "Muuttunut ry"


def test_update_leaves_what_staff_decided_meanwhile():
    organisation = OrganisationFactory()
    seen = actions.details_fingerprint(organisation)
    actions.pause(Organisation.objects.get(), "Syy.", by=UserFactory())
    organisation.name = "Uusi nimi ry"
    actions.update_details(organisation, [], seen=seen, by=UserFactory())
    now = Organisation.objects.get()
    assert (now.name, now.status) == ("Uusi nimi ry", OrganisationStatus.PAUSED)


def test_asking_for_access_mails_the_administrators_once_a_day():
    organisation = OrganisationFactory(admin=UserFactory(), member=UserFactory())
    asker = UserFactory()
    actions.ask_for_access(organisation, "Hei!", by=asker)
    actions.ask_for_access(organisation, "Hei taas!", by=asker)
    mail = OutgoingMail.objects.get()
    assert mail.recipient == organisation.memberships.admins().get().user.email
    assert asker.email in mail.text


# People


def test_the_last_administrator_stays():
    organisation = OrganisationFactory(admin=UserFactory(), member=UserFactory())
    admin = organisation.memberships.admins().get()
    with pytest.raises(memberships.LastAdministrator):
        memberships.remove(admin, by=admin.user)
    with pytest.raises(memberships.LastAdministrator):
        memberships.change_role(admin, MembershipRole.MEMBER, by=admin.user)
    assert organisation.memberships.admins().get() == admin


def test_one_of_two_administrators_may_go():
    organisation = OrganisationFactory(admin=UserFactory())
    first = organisation.memberships.get()
    second = MembershipFactory(organisation=organisation, is_admin=True)
    memberships.change_role(second, MembershipRole.MEMBER, by=second.user)
    memberships.change_role(second, MembershipRole.ADMIN, by=first.user)
    memberships.remove(first, by=second.user)
    assert organisation.memberships.get() == second


def test_removing_twice_is_removing_once():
    membership = MembershipFactory()
    memberships.remove(membership, by=membership.user)
    memberships.remove(membership, by=membership.user)
    memberships.change_role(membership, MembershipRole.ADMIN, by=membership.user)
    assert not Membership.objects.exists()


def test_who_was_just_removed_or_demoted_changes_nobody():
    organisation = OrganisationFactory(admin=UserFactory())
    first = organisation.memberships.get()
    second, third = (MembershipFactory(organisation=organisation, is_admin=True) for _number in range(2))
    memberships.change_role(second, MembershipRole.MEMBER, by=first.user)
    for on_its_way in (first, third):
        with pytest.raises(memberships.NotAdministrator):
            memberships.remove(on_its_way, by=second.user)
        with pytest.raises(memberships.NotAdministrator):
            memberships.change_role(on_its_way, MembershipRole.MEMBER, by=second.user)
    with pytest.raises(memberships.NotAdministrator):
        memberships.change_role(second, MembershipRole.ADMIN, by=second.user)
    memberships.remove(second, by=second.user)
    with pytest.raises(memberships.NotAdministrator):
        memberships.remove(third, by=second.user)
    assert set(organisation.memberships.admins()) == {first, third}


@pytest.mark.django_db(transaction=True)
def test_two_of_three_administrators_who_remove_each_other_at_once_leave_two():
    organisation = OrganisationFactory(admin=UserFactory())
    for _number in range(2):
        MembershipFactory(organisation=organisation, is_admin=True)
    first, second, _third = organisation.memberships.select_related("user").order_by("pk")
    start = threading.Barrier(2)

    def remove(membership, by):
        start.wait()
        with suppress(memberships.NotAdministrator):
            memberships.remove(membership, by=by)
        connection.close()

    pairs = [(first, second.user), (second, first.user)]
    threads = [threading.Thread(target=remove, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert organisation.memberships.admins().count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_leave_at_once_leave_one_behind():
    organisation = OrganisationFactory(admin=UserFactory())
    MembershipFactory(organisation=organisation, is_admin=True)
    start = threading.Barrier(2)

    def leave(membership):
        start.wait()
        with suppress(memberships.LastAdministrator):
            memberships.remove(membership, by=membership.user)
        connection.close()

    threads = [threading.Thread(target=leave, args=[one]) for one in organisation.memberships.select_related("user")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert organisation.memberships.admins().count() == 1


# Invitations


def test_inviting_twice_renews_the_link():
    organisation, admin = OrganisationFactory(), UserFactory()
    first = invitations.invite(organisation, "Maija@Example.fi ", "MEMBER", by=admin)
    second = invitations.invite(organisation, "maija@example.fi", "ADMIN", by=admin)
    assert first.pk == second.pk
    assert first.token_hash != second.token_hash
    assert OutgoingMail.objects.count() == 2


def test_a_double_click_sends_one_invitation_whose_link_works():
    organisation, admin = OrganisationFactory(), UserFactory()
    first = invitations.invite(organisation, "maija@example.fi", "MEMBER", by=admin)
    second = invitations.invite(organisation, "maija@example.fi", "MEMBER", by=admin)
    again = invitations.resend(second, by=admin)
    assert first.token_hash == second.token_hash == again.token_hash
    assert OutgoingMail.objects.count() == 1


def test_too_many_invitations_wait():
    invitation, admin = InvitationFactory(sent_at=timezone.now() - timedelta(days=1)), UserFactory()
    for number in range(invitations.MOST_AT_A_TIME):
        invitations.invite(invitation.organisation, f"kutsuttu{number}@example.fi", "MEMBER", by=admin)
    with pytest.raises(invitations.TooManyInvitations):
        invitations.resend(invitation, by=admin)
    with pytest.raises(invitations.TooManyInvitations):
        invitations.invite(invitation.organisation, "uusi@example.fi", "MEMBER", by=admin)


def test_a_member_is_not_invited():
    membership = MembershipFactory()
    with pytest.raises(invitations.AlreadyMember):
        invitations.invite(membership.organisation, membership.user.email.upper(), "MEMBER", by=UserFactory())


def test_invitation_speaks_the_invited_persons_language():
    invited = UserFactory(language="sv")
    invitations.invite(OrganisationFactory(), invited.email, "MEMBER", by=UserFactory(language="fi"))
    assert OutgoingMail.objects.get().language == "sv"


def test_accepting_makes_a_member_once():
    person = UserFactory()
    invitation = InvitationFactory(email=person.email, role=MembershipRole.ADMIN)
    first = invitations.accept(invitation, by=person)
    assert invitations.accept(invitation, by=person) == first
    assert first.is_admin


def test_an_invitation_does_not_lower_a_role():
    membership = MembershipFactory(is_admin=True)
    invitation = InvitationFactory(organisation=membership.organisation, email=membership.user.email)
    assert invitations.accept(invitation, by=membership.user).is_admin


@pytest.mark.parametrize("situation", ["expired", "revoked", "accepted"])
def test_a_dead_invitation_is_refused(situation):
    person = UserFactory()
    with pytest.raises(invitations.InvitationNotValid):
        invitations.accept(InvitationFactory(email=person.email, **{situation: True}), by=person)


def test_a_closed_organisation_takes_nobody_in():
    person = UserFactory()
    invitation = InvitationFactory(email=person.email, organisation=OrganisationFactory(closed=True))
    with pytest.raises(invitations.InvitationNotValid):
        invitations.accept(invitation, by=person)


def test_another_address_is_refused():
    with pytest.raises(invitations.WrongAddress):
        invitations.accept(InvitationFactory(), by=UserFactory())


def test_resending_gives_fourteen_new_days():
    invitation = invitations.resend(InvitationFactory(expired=True), by=UserFactory())
    assert invitation.is_waiting
    assert (invitation.expires_at - timezone.now()).days == 13


@pytest.mark.parametrize("situation", ["revoked", "accepted"])
def test_what_is_over_is_not_sent_again(situation):
    with pytest.raises(invitations.InvitationNotValid):
        invitations.resend(InvitationFactory(**{situation: True}), by=UserFactory())


def test_revoking_twice_keeps_the_first_moment():
    invitation = InvitationFactory()
    invitations.revoke(invitation, by=UserFactory())
    invitation.refresh_from_db()
    first = invitation.revoked_at
    invitations.revoke(invitation, by=UserFactory())
    invitation.refresh_from_db()
    assert invitation.revoked_at == first
