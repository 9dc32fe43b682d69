"""Invented members of the demonstration associations, and invitations on their way."""

from accounts.installation import set_up_person
from accounts.models import User
from organisations.enums import MembershipRole
from organisations.models import Invitation, Membership, Municipality, Organisation
from portal.site.dates import moment_ago
from portal.site.people import Person

KITCHEN, RECYCLING = "tyo@ruokatupa.example", "tyo@kierratyspiha.example"
COACHING, SUPPORT, TOWN = "tyo@tyovalmennus.example", "tyo@jarjestotuki.example", "tyo@mallikunta.example"
ADMINISTRATOR = "maija.malli@ruokatupa.example"
WANTED = {"name": "Esimerkkilän kierrätys ja korjaus ry", "website": "https://www.kierratys.example/"}
# Days since the invitation was sent; a link works for 14.
INVITED = {"uusi.jasen@ruokatupa.example": 2, "entinen.kollega@ruokatupa.example": 20}


def member_of(contact_email, role, serves=()):
    """What makes an account a member of the demonstration organisation with this contact address.

    `serves` names the municipalities of a coach.
    """

    def join(user):
        organisation = Organisation.objects.get(contact_email=contact_email, is_demonstration=True)
        membership, is_new = Membership.objects.get_or_create(
            user=user, organisation=organisation, defaults={"role": role}
        )
        if is_new:
            membership.municipalities.set(Municipality.objects.filter(name_fi__in=serves))

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
    Person(
        "Coach",
        "valma.malli@tyovalmennus.example",
        "Valma Malli",
        join=member_of(COACHING, MembershipRole.MEMBER, serves=["Lieksa", "Nurmes", "Kitee"]),
        position=20,
    ),
    Person(
        "Coach whose municipality begins later",
        "viljo.malli@tyovalmennus.example",
        "Viljo Malli",
        join=member_of(COACHING, MembershipRole.MEMBER, serves=["Kitee"]),
        position=20,
    ),
    Person(
        "Adviser of the support service",
        "tuomo.esimerkki@jarjestotuki.example",
        "Tuomo Esimerkki",
        join=member_of(SUPPORT, MembershipRole.MEMBER),
        position=20,
    ),
    Person(
        "Contact of a municipality",
        "kirsi.mallikunta@mallikunta.example",
        "Kirsi Mallikunta",
        join=member_of(TOWN, MembershipRole.ADMIN),
        position=20,
    ),
]


def write():
    """No organisation is without an administrator; one has invitations, a link that waits and one that has run out.

    Another has a change of details that waits for staff.
    """
    for organisation in Organisation.objects.filter(is_demonstration=True).order_by("pk"):
        write_administrator(organisation)
    kitchen = Organisation.objects.get(contact_email=KITCHEN, is_demonstration=True)
    write_invitations(kitchen, by=User.objects.get(email=ADMINISTRATOR))
    write_change(Organisation.objects.get(contact_email=RECYCLING, is_demonstration=True))


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


def write_change(organisation):
    """The organisation wants another name and a website; staff have not decided yet."""
    if not organisation.changes.exists():
        by = organisation.members.order_by("pk").first()
        change = organisation.changes.create(wanted=WANTED, proposed_by=by, proposed_at=moment_ago(1))
        change.events.create(by=by, to_status=change.status, at=change.proposed_at)
