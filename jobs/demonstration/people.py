"""One account for each role. Nobody has a password: a code comes by mail."""

from dataclasses import dataclass

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group

from accounts.installation import set_up_person
from jobs.installation import EDITORS, MODERATORS
from organisations.enums import MembershipRole
from organisations.models import Membership, Organisation

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


def write():
    """Makes the accounts; returns them by address."""
    return {person.email: _write_person(person) for person in PEOPLE}


def write_administrator(organisation):
    """No organisation is without an administrator: its contact person is one, unless somebody is already."""
    if organisation.memberships.filter(role=MembershipRole.ADMIN).exists():
        return
    user = set_up_person(organisation.contact_email, name=organisation.contact_name)
    Membership.objects.create(user=user, organisation=organisation, role=MembershipRole.ADMIN)


def give_second_factor(user):
    """An authenticator app's key; returns it, for whoever wants to put it in an app."""
    existing = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if existing:
        return get_adapter().decrypt(existing.data["secret"])
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def _write_person(person):
    is_staff = bool(person.group) or person.is_superuser
    user = set_up_person(person.email, name=person.name, is_staff=is_staff, is_superuser=person.is_superuser)
    if person.group:
        user.groups.add(Group.objects.get(name=person.group))
    if is_staff:
        give_second_factor(user)
    if person.organisation:
        Membership.objects.get_or_create(
            user=user,
            organisation=Organisation.objects.get(contact_email=person.organisation, is_demonstration=True),
            defaults={"role": person.membership},
        )
    return user
