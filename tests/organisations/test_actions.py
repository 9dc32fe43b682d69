import threading
from contextlib import nullcontext, suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from organisations.actions import invitation as invitations
from organisations.actions import membership as memberships
from organisations.actions import organisation as actions
from organisations.enums import ORGANISATION_TRANSITIONS, InvitationStatus, MembershipRole, OrganisationStatus
from organisations.models import Membership, Organisation, OrganisationEvent
from organisations.permissions import NotAllowed
from organisations.signals import organisation_changed
from portal.furniture.edits import ChangedMeanwhile, Version
from portal.models import OutgoingMail
from portal.states import TooLate, TransitionNotAllowed
from search.searching import search
from tests.organisations.factories import (
    InvitationFactory,
    MembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def fingerprint_of(organisation):
    return Version(organisation, actions.SEEN).fingerprint


def administered(**traits):
    """An organisation and its administrator."""
    admin = UserFactory()
    return OrganisationFactory(admin=admin, **traits), admin


def invited_by_admin(**traits):
    """An invitation and the administrator of its organisation."""
    organisation, admin = administered()
    return InvitationFactory(organisation=organisation, **traits), admin


# Each act of staff: what it leads from, what to, and what is asked.
STEPS = {
    "verify": ({"PENDING"}, "VERIFIED", {}),
    "pause": ({"VERIFIED"}, "PAUSED", {"reason": "Syy."}),
    "close": ({"PENDING", "VERIFIED", "PAUSED"}, "CLOSED", {"reason": "Syy."}),
    "reopen": ({"PAUSED"}, "VERIFIED", {}),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("before", OrganisationStatus)
def test_each_step_from_each_state(step, before):
    sources, target, answers = STEPS[step]
    organisation = OrganisationFactory(status=before, admin=UserFactory())
    is_allowed = before in sources
    assert actions.ACTS[step].is_possible(organisation) == is_allowed
    with nullcontext() if is_allowed else pytest.raises(TransitionNotAllowed) as refusal:
        getattr(actions, step)(organisation, **answers, by=UserFactory())
    if not is_allowed:
        assert refusal.value.is_done_already == (before == target)
    assert Organisation.objects.get().status == (target if is_allowed else before)
    assert OrganisationEvent.objects.count() == OutgoingMail.objects.count() == int(is_allowed)


def test_every_act_follows_a_way_of_the_table():
    ways = {(before, act.to) for act in actions.ACTS.values() for before in act.sources}
    assert ways == {(before, after) for before, targets in ORGANISATION_TRANSITIONS.items() for after in targets}


def keys(text):
    return search("organisations.organisation", text).pks


def test_the_public_find_only_what_is_public():
    place = MunicipalityFactory()
    organisation = OrganisationFactory.build(name="Ruokatupa ry", municipality=place, pending=True)
    actions.register(organisation, [], by=UserFactory())
    assert keys("ruokatupa") == []
    actions.verify(organisation, by=UserFactory())
    assert keys("ruokatupa") == [organisation.pk]
    actions.close(organisation, "Syy.", by=UserFactory())
    assert keys("ruokatupa") == []


def test_apps_above_are_told_of_each_change():
    told = []

    def listen(sender, organisation, **kwargs):
        told.append(organisation.status)

    organisation_changed.connect(listen)
    organisation, admin = administered()
    actions.update_details(organisation, [], seen=fingerprint_of(organisation), by=admin)
    actions.pause(organisation, "Syy.", by=UserFactory())
    with pytest.raises(TransitionNotAllowed):
        actions.pause(organisation, "Syy.", by=UserFactory())
    organisation_changed.disconnect(listen)
    assert told == ["VERIFIED", "PAUSED"]


def test_register_refuses_a_twin_that_came_meanwhile():
    first = OrganisationFactory()
    twin = OrganisationFactory.build(business_id=first.business_id, municipality=first.municipality)
    with pytest.raises(actions.AlreadyRegistered) as refusal:
        actions.register(twin, [], by=UserFactory())
    assert refusal.value.organisation == first
    assert not Membership.objects.exists()


def test_update_refuses_what_changed_meanwhile():
    organisation, admin = administered()
    seen = fingerprint_of(organisation)
    Organisation.objects.update(name="Muuttunut ry")
    organisation.name = "Oma muutos ry"
    with pytest.raises(ChangedMeanwhile) as refused:
        actions.update_details(organisation, [], seen=seen, by=admin)
    assert [(row.theirs, row.mine) for row in refused.value.differences] == [("Muuttunut ry", "Oma muutos ry")]
    assert refused.value.present == fingerprint_of(Organisation.objects.get())
    assert Organisation.objects.get().name == "Muuttunut ry"


def test_update_is_refused_once_staff_paused_it_meanwhile():
    organisation, admin = administered()
    seen = fingerprint_of(organisation)
    actions.pause(Organisation.objects.get(), "Syy.", by=UserFactory())
    organisation.name = "Uusi nimi ry"
    with pytest.raises(NotAllowed):
        actions.update_details(organisation, [], seen=seen, by=admin)
    assert Organisation.objects.get().name != "Uusi nimi ry"


def test_who_was_just_removed_neither_edits_nor_invites():
    organisation, admin = administered()
    invitation = InvitationFactory(organisation=organisation, expired=True)
    MembershipFactory(organisation=organisation, is_admin=True)
    memberships.remove(organisation.memberships.get(user=admin), by=admin)
    seen = fingerprint_of(organisation)
    with pytest.raises(NotAllowed):
        actions.update_details(organisation, [], seen=seen, by=admin)
    with pytest.raises(NotAllowed):
        invitations.invite(organisation, "uusi@example.fi", "MEMBER", by=admin)
    for act in (invitations.resend, invitations.revoke):
        with pytest.raises(NotAllowed):
            act(invitation, by=admin)
    assert not OutgoingMail.objects.exists()


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
        with pytest.raises(NotAllowed):
            memberships.remove(on_its_way, by=second.user)
        with pytest.raises(NotAllowed):
            memberships.change_role(on_its_way, MembershipRole.MEMBER, by=second.user)
    with pytest.raises(NotAllowed):
        memberships.change_role(second, MembershipRole.ADMIN, by=second.user)
    memberships.remove(second, by=second.user)
    with pytest.raises(NotAllowed):
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
        with suppress(NotAllowed):
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

    threads = [threading.Thread(target=leave, args=[mine]) for mine in organisation.memberships.select_related("user")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert organisation.memberships.admins().count() == 1


# Invitations


def test_inviting_twice_renews_the_link():
    organisation, admin = administered()
    first = invitations.invite(organisation, "Maija@Example.fi ", "MEMBER", by=admin)
    second = invitations.invite(organisation, "maija@example.fi", "ADMIN", by=admin)
    assert first.pk == second.pk
    assert first.token_hash != second.token_hash
    assert OutgoingMail.objects.count() == 2


def test_a_double_click_sends_one_invitation_whose_link_works():
    organisation, admin = administered()
    first = invitations.invite(organisation, "maija@example.fi", "MEMBER", by=admin)
    second = invitations.invite(organisation, "maija@example.fi", "MEMBER", by=admin)
    again = invitations.resend(second, by=admin)
    assert first.token_hash == second.token_hash == again.token_hash
    assert OutgoingMail.objects.count() == 1


def test_too_many_invitations_wait():
    invitation, admin = invited_by_admin(sent_at=timezone.now() - timedelta(days=1))
    for number in range(invitations.SENT.tries):
        invitations.invite(invitation.organisation, f"kutsuttu{number}@example.fi", "MEMBER", by=admin)
    with pytest.raises(invitations.TooManyInvitations):
        invitations.resend(invitation, by=admin)
    with pytest.raises(invitations.TooManyInvitations):
        invitations.invite(invitation.organisation, "uusi@example.fi", "MEMBER", by=admin)


def test_a_member_is_not_invited():
    organisation, admin = administered()
    with pytest.raises(invitations.AlreadyMember):
        invitations.invite(organisation, admin.email.upper(), "MEMBER", by=admin)


def test_invitation_speaks_the_invited_persons_language():
    invited = UserFactory(language="sv")
    admin = UserFactory(language="fi")
    invitations.invite(OrganisationFactory(admin=admin), invited.email, "MEMBER", by=admin)
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
    with pytest.raises((TransitionNotAllowed, TooLate)):
        invitations.accept(InvitationFactory(email=person.email, **{situation: True}), by=person)


def test_a_closed_organisation_takes_nobody_in():
    person = UserFactory()
    invitation = InvitationFactory(email=person.email, organisation=OrganisationFactory(closed=True))
    with pytest.raises(TooLate):
        invitations.accept(invitation, by=person)


def test_another_address_is_refused():
    with pytest.raises(invitations.WrongAddress):
        invitations.accept(InvitationFactory(), by=UserFactory())


def test_resending_gives_fourteen_new_days():
    invitation, admin = invited_by_admin(expired=True)
    invitation = invitations.resend(invitation, by=admin)
    assert invitation.is_waiting
    assert (invitation.expires_at - timezone.now()).days == 13


@pytest.mark.parametrize("situation", ["revoked", "accepted"])
def test_what_is_over_is_not_sent_again(situation):
    invitation, admin = invited_by_admin(**{situation: True})
    with pytest.raises(TransitionNotAllowed):
        invitations.resend(invitation, by=admin)


def test_revoking_twice_is_revoking_once():
    invitation, admin = invited_by_admin()
    invitations.revoke(invitation, by=admin)
    invitations.revoke(invitation, by=admin)
    assert invitation.events.get().to_status == InvitationStatus.REVOKED


def test_the_clock_expires_what_waits_and_sending_again_wakes_it():
    waiting, revoked = InvitationFactory(), InvitationFactory(expired=True, revoked=True)
    over, admin = invited_by_admin(expired=True)
    assert (invitations.expire_invitations(), invitations.expire_invitations()) == (1, 0)
    for invitation in (waiting, revoked, over):
        invitation.refresh_from_db()
    assert [waiting.status, revoked.status, over.status] == ["SENT", "REVOKED", "EXPIRED"]
    assert (over.events.get().by, over.events.get().from_status) == (None, "SENT")
    assert invitations.resend(over, by=admin).is_waiting
    assert [(event.by, event.to_status) for event in over.events.all()] == [(None, "EXPIRED"), (admin, "SENT")]


def test_an_invitation_tells_its_way():
    person, (organisation, admin) = UserFactory(), administered()
    invitation = invitations.invite(organisation, person.email, "MEMBER", by=admin)
    invitations.accept(invitation, by=person)
    assert [(event.from_status, event.to_status, event.by) for event in invitation.events.all()] == [
        ("", "SENT", admin),
        ("SENT", "ACCEPTED", person),
    ]
