"""Invented members of the demonstration associations, and invitations on their way."""

from accounts.installation import set_up_person
from accounts.models import User
from organisations.enums import MembershipRole
from organisations.models import Invitation, Membership, Organisation
from portal.site.dates import moment_ago
from portal.site.people import Person

KITCHEN, RECYCLING = "tyo@ruokatupa.example", "tyo@kierratyspiha.example"
ADMINISTRATOR = "maija.malli@ruokatupa.example"
# Days since the invitation was sent; a link works for 14.
INVITED = {"uusi.jasen@ruokatupa.example": 2, "entinen.kollega@ruokatupa.example": 20}


def member_of(contact_email, role):
    """What makes an account a member of the demonstration organisation with this contact address."""

    def join(user):
        organisation = Organisation.objects.get(contact_email=contact_email, is_demonstration=True)
        Membership.objects.get_or_create(user=user, organisation=organisation, defaults={"role": role})

    return join


PEOPLE = [
    Person(
        "Member of an association",
        "milla.malli@ruokatupa.example",
        "Milla Malli",
        join=member_of(KITCHEN, MembershipRole.MEMBER),
        position=10,
    ),
    Person(
        "Its administrator", ADMINISTRATOR, "Maija Malli", join=member_of(KITCHEN, MembershipRole.ADMIN), position=10
    ),
    Person(
        "Another association's administrator",
        "eero.esimerkki@kierratyspiha.example",
        "Eero Esimerkki",
        join=member_of(RECYCLING, MembershipRole.ADMIN),
        position=10,
    ),
]


def write():
    """No organisation is without an administrator; one has invitations, a link that waits and one that has run out."""
    for organisation in Organisation.objects.filter(is_demonstration=True).order_by("pk"):
        write_administrator(organisation)
    kitchen = Organisation.objects.get(contact_email=KITCHEN, is_demonstration=True)
    write_invitations(kitchen, by=User.objects.get(email=ADMINISTRATOR))


def write_administrator(organisation):
    """Its contact person is one, unless somebody is already."""
    if organisation.memberships.filter(role=MembershipRole.ADMIN).exists():
        return
    user = set_up_person(organisation.contact_email, name=organisation.contact_name)
    Membership.objects.create(user=user, organisation=organisation, role=MembershipRole.ADMIN)


def write_invitations(organisation, by):
    """Nobody holds their secrets."""
    for email, days in INVITED.items():
        if not organisation.invitations.filter(email=email).exists():
            invitation = Invitation(organisation=organisation, email=email, invited_by=by, sent_at=moment_ago(days))
            invitation.renew_token()
            invitation.save()
