"""One account for each role. Nobody has a password: a code comes by mail."""

from dataclasses import dataclass

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group

from accounts.installation import set_up_person
from accounts.models import User
from jobs.demonstration.dates import moment_ago
from jobs.installation import EDITORS, MODERATORS
from organisations.enums import MembershipRole
from organisations.models import Invitation, Membership, Organisation

DOMAIN = "jarjestotyo.example"


@dataclass(frozen=True)
class Person:
    role: str
    email: str
    name: str
    group: str = ""
    is_superuser: bool = False
    organisation: str = ""
    membership: str = ""

    @property
    def is_staff(self):
        return bool(self.group) or self.is_superuser


MODERATOR = f"moderaattori@{DOMAIN}"
SECOND_MODERATOR = f"moderaattori2@{DOMAIN}"
PEOPLE = [
    Person(
        "Member of an association",
        "milla.malli@ruokatupa.example",
        "Milla Malli",
        organisation="tyo@ruokatupa.example",
        membership=MembershipRole.MEMBER,
    ),
    Person(
        "Its administrator",
        "maija.malli@ruokatupa.example",
        "Maija Malli",
        organisation="tyo@ruokatupa.example",
        membership=MembershipRole.ADMIN,
    ),
    Person(
        "Another association's administrator",
        "eero.esimerkki@kierratyspiha.example",
        "Eero Esimerkki",
        organisation="tyo@kierratyspiha.example",
        membership=MembershipRole.ADMIN,
    ),
    Person("Editor", f"toimittaja@{DOMAIN}", "Taru Toimittaja", group=EDITORS),
    Person("Moderator", MODERATOR, "Mauri Moderaattori", group=MODERATORS),
    Person("Second moderator", SECOND_MODERATOR, "Meri Moderaattori", group=MODERATORS),
    Person("Superuser", f"yllapito@{DOMAIN}", "Ylva Ylläpito", is_superuser=True),
]


# Days since the invitation was sent; a link works for 14.
INVITED = {"uusi.jasen@ruokatupa.example": 2, "entinen.kollega@ruokatupa.example": 20}


def write():
    """Makes the accounts; returns them by address."""
    accounts = {person.email: _write_person(person) for person in PEOPLE}
    kitchen = Organisation.objects.get(contact_email="tyo@ruokatupa.example", is_demonstration=True)
    write_invitations(kitchen, by=accounts["maija.malli@ruokatupa.example"])
    return accounts


def lock_staff():
    """On a public site nobody signs in to the staff's side as an invented person."""
    User.objects.filter(email__endswith=f"@{DOMAIN}").update(is_active=False)


def write_administrator(organisation):
    """No organisation is without an administrator: its contact person is one, unless somebody is already."""
    if organisation.memberships.filter(role=MembershipRole.ADMIN).exists():
        return
    user = set_up_person(organisation.contact_email, name=organisation.contact_name)
    Membership.objects.create(user=user, organisation=organisation, role=MembershipRole.ADMIN)


def write_invitations(organisation, by):
    """One link that waits and one that has run out. Nobody holds their secrets."""
    for email, days in INVITED.items():
        if not organisation.invitations.filter(email=email).exists():
            invitation = Invitation(organisation=organisation, email=email, invited_by=by, sent_at=moment_ago(days))
            invitation.renew_token()
            invitation.save()


def give_second_factor(user):
    """An authenticator app's key; returns it, for whoever wants to put it in an app."""
    existing = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if existing:
        return get_adapter().decrypt(existing.data["secret"])
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def key_of(person):
    return give_second_factor(User.objects.get(email=person.email))


def _write_person(person):
    user = set_up_person(person.email, name=person.name, is_staff=person.is_staff, is_superuser=person.is_superuser)
    if person.group:
        user.groups.add(Group.objects.get(name=person.group))
    if person.is_staff:
        give_second_factor(user)
    if person.organisation:
        Membership.objects.get_or_create(
            user=user,
            organisation=Organisation.objects.get(contact_email=person.organisation, is_demonstration=True),
            defaults={"role": person.membership},
        )
    return user
