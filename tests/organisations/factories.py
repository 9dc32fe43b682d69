import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from organisations.enums import InvitationStatus, MembershipRole, OrganisationKind, OrganisationStatus
from organisations.models import ActivityField, Invitation, Mandate, Membership, Municipality, Organisation
from organisations.models.invitation import VALID_FOR
from tests.accounts.factories import UserFactory


def business_id(number):
    """A business ID with a right check digit, a different one for each number."""
    digits = f"{number:06d}"
    for first in "123456789":
        total = sum(int(digit) * weight for digit, weight in zip(first + digits, (7, 9, 10, 5, 8, 4, 2), strict=True))
        if total % 11 != 1:
            return f"{first}{digits}-{(11 - total % 11) % 11}"
    raise AssertionError("one first digit always fits")


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality
        django_get_or_create = ["code"]

    code = "167"
    name_fi = "Joensuu"
    name_sv = "Joensuu"
    latitude = 62.601
    longitude = 29.763
    point_source = "GeoNames"

    class Params:
        lieksa = factory.Trait(code="422", name_fi="Lieksa", name_sv="Lieksa", latitude=63.317, longitude=30.017)
        kontiolahti = factory.Trait(
            code="276", name_fi="Kontiolahti", name_sv="Kontiolax", latitude=62.76, longitude=29.847
        )


class ActivityFieldFactory(DjangoModelFactory):
    class Meta:
        model = ActivityField
        django_get_or_create = ["code"]

    code = "food"
    name_fi = "Ruoka ja ruoka-apu"
    name_sv = "Mat och mathjälp"
    name_en = "Food and food aid"

    class Params:
        sports = factory.Trait(
            code="sports",
            name_fi="Liikunta ja ulkoilu",
            name_sv="Idrott och friluftsliv",
            name_en="Sports and outdoors",
        )


class OrganisationFactory(DjangoModelFactory):
    """A verified association; `admin` and `member` may be given as people."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    kind = OrganisationKind.ASSOCIATION
    name = factory.Sequence(lambda number: f"Kuvitelman yhdistys {number} ry")
    status = OrganisationStatus.VERIFIED
    municipality = factory.SubFactory(MunicipalityFactory)
    business_id = factory.Sequence(business_id)
    contact_name = "Maija Malli"
    contact_email = "tyo@yhdistys.example"
    contact_phone = "013 000 0001"
    description = "Laitamme edullista kotiruokaa."

    class Params:
        pending = factory.Trait(status=OrganisationStatus.PENDING)
        paused = factory.Trait(status=OrganisationStatus.PAUSED)
        closed = factory.Trait(status=OrganisationStatus.CLOSED)
        company = factory.Trait(kind=OrganisationKind.COMPANY)

    @factory.post_generation
    def activity_fields(self, create, fields):
        if create and fields:
            self.activity_fields.set(fields)

    @factory.post_generation
    def admin(self, create, person):
        if create and person:
            MembershipFactory(user=person, organisation=self, is_admin=True)

    @factory.post_generation
    def member(self, create, person):
        if create and person:
            MembershipFactory(user=person, organisation=self)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)

    class Params:
        is_admin = factory.Trait(role=MembershipRole.ADMIN)


class InvitationFactory(DjangoModelFactory):
    """An invitation whose link's secret is `token`."""

    class Meta:
        model = Invitation

    organisation = factory.SubFactory(OrganisationFactory)
    email = factory.Sequence(lambda number: f"invited{number}@example.fi")
    invited_by = factory.SubFactory(UserFactory)
    token_hash = factory.Sequence(lambda number: f"{number:064d}")

    class Params:
        expired = factory.Trait(sent_at=factory.LazyFunction(lambda: timezone.now() - VALID_FOR))
        revoked = factory.Trait(status=InvitationStatus.REVOKED)
        accepted = factory.Trait(status=InvitationStatus.ACCEPTED)


class MandateFactory(DjangoModelFactory):
    """A coaching organisation may write the giver's postings."""

    class Meta:
        model = Mandate

    giver = factory.SubFactory(OrganisationFactory)
    receiver = factory.SubFactory(OrganisationFactory, gives_coaching=True)
    verbs = ["WRITE_POSTINGS"]
