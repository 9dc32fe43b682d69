"""Two associations whose people, events and invitations carry marks, and two municipalities with a marked history."""

from datetime import date

from accounts.installation import set_up_person
from accounts.models import User
from organisations.enums import MembershipRole, OrganisationKind, OrganisationStatus, RolloutState
from organisations.models import (
    Invitation,
    Membership,
    Municipality,
    MunicipalityRollout,
    Organisation,
    OrganisationEvent,
)
from portal.site.canary import ADMINS, DOMAIN, MEMBERS, REVIEWERS, SIDES

CONTACTS = "contacts"
# Long over, so that it never meets another change of the same municipality.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2000, 12, 31)
CIRCLES = {MembershipRole.MEMBER: MEMBERS, MembershipRole.ADMIN: ADMINS}


def forget():
    Organisation.objects.filter(contact_email__endswith=f"@{DOMAIN}").delete()
    MunicipalityRollout.objects.filter(valid_until=LAST_DAY).delete()


def write(report):
    for number, side in enumerate(SIDES):
        organisation = report.rows[side, "organisation"] = _write_organisation(report, number, side)
        _write_people(report, side, organisation)
        _write_invitation(report, side, organisation)
        _write_town(report, side, organisation.municipality, number)


def _write_organisation(report, number, side):
    organisation = Organisation.objects.create(
        name=f"Kanarialinnun koe {side.upper()} ry",
        status=OrganisationStatus.VERIFIED,
        municipality=Municipality.objects.order_by("code")[number],
        association_register_no=f"998.00{number + 1}",
        contact_name="Kanaria Koe",
        contact_email=f"yhdistys-{side}@{DOMAIN}",
        description="Tällä yhdistyksellä koetellaan, kuka näkee mitä.",
        is_demonstration=True,
    )
    reason = report.mark(side, "verification_reason", OrganisationEvent, "note", MEMBERS, ADMINS, REVIEWERS)
    OrganisationEvent.objects.create(organisation=organisation, to_status=OrganisationStatus.VERIFIED, note=reason)
    return organisation


def _write_people(report, side, organisation):
    for role, circle in CIRCLES.items():
        for number in (1, 2):
            mark, address = f"{role.lower()}{number}_email", f"{role.lower()}-{side}{number}@{DOMAIN}"
            email = report.mark(side, mark, User, "email", ADMINS, REVIEWERS, value=address)
            user = set_up_person(email, name=f"Kanaria {side.upper()}{number}")
            Membership.objects.create(user=user, organisation=organisation, role=role)
            name = f"{role.lower()}_{side}{number}"
            report.add_role(name, user, {f"{circle}_{side}"})
            # Everybody sees their own address.
            report.readers[f"{side}_{mark}"].add(name)


def _write_invitation(report, side, organisation):
    email = report.mark(side, "invitation_email", Invitation, "email", ADMINS, value=f"kutsuttu-{side}@{DOMAIN}")
    invitation = Invitation(organisation=organisation, email=email)
    report.tokens[f"invitation_{side}"] = invitation.renew_token()
    invitation.save()


def _write_town(report, side, municipality, number):
    """Why a municipality is where it is: its contact and the staff read that."""
    town = Organisation.objects.create(
        name=f"Kanarialinnun kunta {side.upper()}",
        kind=OrganisationKind.MUNICIPALITY,
        status=OrganisationStatus.VERIFIED,
        municipality=municipality,
        represents=municipality,
        association_register_no=f"998.01{number + 1}",
        contact_name="Kanaria Kunta",
        contact_email=f"kunta-{side}@{DOMAIN}",
        is_demonstration=True,
    )
    note = report.mark(side, "rollout_note", MunicipalityRollout, "note", CONTACTS, REVIEWERS)
    MunicipalityRollout.objects.create(
        municipality=municipality, state=RolloutState.NOT_YET, valid_from=FIRST_DAY, valid_until=LAST_DAY, note=note
    )
    contact = set_up_person(f"contact-{side}@{DOMAIN}", name=f"Kanaria kunta {side.upper()}")
    Membership.objects.create(user=contact, organisation=town, role=MembershipRole.ADMIN)
    report.add_role(f"contact_{side}", contact, {f"{CONTACTS}_{side}"})
