from organisations.enums import OrganisationKind
from organisations.models import DetailsChange, Membership
from tests.organisations.factories import InvitationFactory, MandateFactory, MembershipFactory, OrganisationFactory
from tests.permissions.matrix import STAFF, Row, everybody, only, signed_in

ANYBODY = everybody(200)
# A page of the desk for one organisation: its administrators, nobody else.
OWN_ADMIN = only(200, "admin")
OTHER_ADMIN = only(200, "other_admin")


def build(world):
    world.colleague = MembershipFactory(organisation=world.association)
    world.strange_colleague = MembershipFactory(organisation=world.stranger)
    world.invitation = InvitationFactory(organisation=world.association)
    world.strange_invitation = InvitationFactory(organisation=world.stranger)
    world.letter = InvitationFactory(organisation=world.association, email=world.people["other_admin"].email)
    world.letter_token = world.letter.renew_token()
    world.letter.save()
    # An organisation of each capability, with one person of the matrix in it and nobody else.
    coaching = OrganisationFactory(name="Ö valmennus", gives_coaching=True, gives_employer_support=True)
    world.coach = MembershipFactory(organisation=coaching, user=world.people["other_admin"], is_admin=True)
    MembershipFactory(
        organisation=OrganisationFactory(
            name="Ö kunta", kind=OrganisationKind.MUNICIPALITY, represents=world.association.municipality
        ),
        user=world.people["other_admin"],
        is_admin=True,
    )
    world.mandate = MandateFactory(giver=world.association)
    world.strange_mandate = MandateFactory(giver=world.stranger)
    world.waiting = OrganisationFactory(pending=True)
    world.change = DetailsChange.objects.create(organisation=world.stranger, wanted={"name": "Uusi nimi ry"})
    world.mine = Membership.objects.get(user=world.people["member"])


def invitation_data(world):
    return {"email": "uusi@example.fi", "role": "MEMBER"}


# The admin's pages of organisations: who has no right there is sent away.
VERIFIERS = only(200, "moderator", "superuser", otherwise=302)

ROWS = [
    Row("api:municipality_list", get=ANYBODY),
    Row("api:task_field_list", get=ANYBODY),
    Row("organisation:index", get=VERIFIERS, post=only(405, "moderator", "superuser", otherwise=302)),
    Row("organisation:index_results", get=VERIFIERS, post=only(405, "moderator", "superuser", otherwise=302)),
    Row("organisation:edit", lambda world: [world.waiting.pk], get=VERIFIERS, post=VERIFIERS),
    Row(
        "organisation:inspect",
        lambda world: [world.waiting.pk],
        get=VERIFIERS,
        post=only(405, "moderator", "superuser", otherwise=302),
    ),
    Row("municipality:index", get=VERIFIERS, post=only(405, "moderator", "superuser", otherwise=302)),
    Row("municipality:index_results", get=VERIFIERS, post=only(405, "moderator", "superuser", otherwise=302)),
    Row(
        "municipality:rollout",
        lambda world: [world.association.municipality_id],
        get=VERIFIERS,
        post=only(302, "moderator", "superuser", otherwise=302),
        data=lambda world: {"state": "PILOT", "valid_from": "2100-01-01", "note": "Alkaa.", "confirmed": "1"},
    ),
    # Only who belongs to an organisation with the capability.
    Row("organisations:coaching", get=OTHER_ADMIN),
    Row("organisations:support", get=OTHER_ADMIN),
    Row("organisations:municipality", get=OTHER_ADMIN),
    Row(
        "organisations:coach_municipalities",
        lambda world: [world.coach.pk],
        get=OTHER_ADMIN,
        post=only(302, "other_admin"),
    ),
    Row(
        "organisation:coach",
        lambda world: [world.coach.organisation_id, world.coach.pk],
        get=VERIFIERS,
        post=only(302, *STAFF, "member", "admin", "other_admin"),
    ),
    Row("organisations:mandates", lambda world: [world.association.pk], get=OWN_ADMIN),
    Row("organisations:mandates", lambda world: [world.stranger.pk], "other's", get=OTHER_ADMIN),
    Row("organisations:mandate_give", lambda world: [world.association.pk], get=OWN_ADMIN, post=OWN_ADMIN),
    Row("organisations:mandate_give", lambda world: [world.stranger.pk], "other's", get=OTHER_ADMIN, post=OTHER_ADMIN),
    Row(
        "organisations:mandate_revoke",
        lambda world: [world.mandate.pk],
        get=OWN_ADMIN,
        post=only(302, "admin"),
    ),
    Row(
        "organisations:mandate_revoke",
        lambda world: [world.strange_mandate.pk],
        "other's",
        get=OTHER_ADMIN,
        post=only(302, "other_admin"),
    ),
    Row("organisations:organisation_list", get=ANYBODY),
    Row(
        "organisations:organisation_detail",
        lambda world: [world.association.pk, world.association.slug],
        get=ANYBODY,
    ),
    Row(
        "organisations:organisation_detail",
        lambda world: [world.waiting.pk, world.waiting.slug],
        "not public",
        get=everybody(404) | {"moderator": 200, "superuser": 200},
    ),
    Row("organisations:organisation_register", get=ANYBODY, post=ANYBODY),
    Row(
        "organisations:access_request",
        post=signed_in(200),
        data=lambda world: {"business_id": world.association.business_id},
    ),
    Row("organisations:desk", get=signed_in(200)),
    Row(
        "organisations:desk_switch",
        post=only(302, "member", "admin"),
        data=lambda world: {"organisation": world.association.pk},
    ),
    Row(
        "organisations:organisation_edit",
        lambda world: [world.association.pk],
        get=only(200, "member", "admin"),
        post=OWN_ADMIN,
    ),
    Row(
        "organisations:organisation_edit",
        lambda world: [world.stranger.pk],
        "other's",
        get=OTHER_ADMIN,
        post=OTHER_ADMIN,
    ),
    Row(
        "organisations:members",
        lambda world: [world.association.pk],
        get=OWN_ADMIN,
        post=only(302, "admin"),
        data=invitation_data,
    ),
    Row(
        "organisations:members",
        lambda world: [world.stranger.pk],
        "other's",
        get=OTHER_ADMIN,
        post=only(302, "other_admin"),
        data=invitation_data,
    ),
    Row(
        "organisations:member_role",
        lambda world: [world.colleague.pk],
        get=OWN_ADMIN,
        post=only(302, "admin"),
        data=lambda world: {"role": "ADMIN"},
    ),
    Row(
        "organisations:member_role",
        lambda world: [world.strange_colleague.pk],
        "other's",
        get=OTHER_ADMIN,
        post=only(302, "other_admin"),
        data=lambda world: {"role": "ADMIN"},
    ),
    Row("organisations:member_remove", lambda world: [world.colleague.pk], get=OWN_ADMIN, post=only(302, "admin")),
    Row(
        "organisations:member_remove",
        lambda world: [world.strange_colleague.pk],
        "other's",
        get=OTHER_ADMIN,
        post=only(302, "other_admin"),
    ),
    Row(
        "organisations:organisation_leave",
        lambda world: [world.association.pk],
        get=only(200, "member", "admin"),
        post=only(302, "member", "admin"),
    ),
    Row(
        "organisations:invitation_resend",
        lambda world: [world.invitation.pk],
        get=OWN_ADMIN,
        post=only(302, "admin"),
    ),
    Row(
        "organisations:invitation_resend",
        lambda world: [world.strange_invitation.pk],
        "other's",
        get=OTHER_ADMIN,
        post=only(302, "other_admin"),
    ),
    Row(
        "organisations:invitation_revoke",
        lambda world: [world.invitation.pk],
        get=OWN_ADMIN,
        post=only(302, "admin"),
    ),
    Row(
        "organisations:invitation_revoke",
        lambda world: [world.strange_invitation.pk],
        "other's",
        get=OTHER_ADMIN,
        post=only(302, "other_admin"),
    ),
    # The link alone shows who invites; only the invited address becomes a member. Members are sent to the desk.
    Row(
        "organisations:invitation_accept",
        lambda world: [world.letter_token],
        get=ANYBODY | {"member": 302, "admin": 302},
        post=ANYBODY | {"other_admin": 302},
    ),
    Row(
        "organisations:invitation_accept", lambda world: ["x" * 32], "nobody's", get=everybody(404), post=everybody(404)
    ),
    Row(
        "organisation:change",
        lambda world: [world.change.pk],
        get=VERIFIERS,
        post=only(405, *STAFF, otherwise=302),
    ),
    Row(
        "organisation:change_decide",
        lambda world: [world.change.pk, "accept"],
        get=VERIFIERS,
        post=only(302, *STAFF, "member", "admin", "other_admin"),
    ),
    Row(
        "organisation:decide",
        lambda world: [world.waiting.pk, "verify"],
        get=only(200, "moderator", "superuser", otherwise=302) | {"editor": 302},
        post=only(302, *STAFF, "member", "admin", "other_admin"),
    ),
]
