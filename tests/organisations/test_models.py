from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from organisations.enums import ORGANISATION_TRANSITIONS, InvitationStatus, OrganisationKind, OrganisationStatus
from organisations.models import ActivityField, Invitation, Organisation, OrganisationEvent
from organisations.models.invitation import VALID_FOR
from portal.furniture.links import opened
from tests.organisations.factories import (
    ActivityFieldFactory,
    InvitationFactory,
    MembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", OrganisationStatus)
def test_public_agrees_with_its_twin(status):
    organisation = OrganisationFactory(status=status)
    assert Organisation.objects.public().filter(pk=organisation.pk).exists() == organisation.is_public


@pytest.mark.parametrize("status", OrganisationStatus)
def test_allowed_steps_are_those_of_the_table(status):
    organisation = OrganisationFactory.build(status=status, municipality=None)
    assert {other for other in OrganisationStatus if organisation.allows(other)} == ORGANISATION_TRANSITIONS[status]


@pytest.mark.parametrize(
    ("sent_ago", "is_waiting"), [(timedelta(0), True), (VALID_FOR - timedelta(minutes=1), True), (VALID_FOR, False)]
)
@pytest.mark.parametrize("status", InvitationStatus)
def test_waiting_invitations_agree_with_their_twin(sent_ago, is_waiting, status):
    invitation = InvitationFactory(sent_at=timezone.now() - sent_ago, status=status)
    assert invitation.is_waiting == (is_waiting and status == InvitationStatus.SENT)
    assert Invitation.objects.waiting().filter(pk=invitation.pk).exists() == invitation.is_waiting


@pytest.mark.parametrize("name", ["business_id", "association_register_no"])
def test_a_number_belongs_to_one_organisation(name):
    OrganisationFactory(**{name: "123.456"})
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(**{name: "123.456"})


def test_a_missing_number_is_no_number():
    OrganisationFactory(association_register_no="")
    OrganisationFactory(association_register_no="")


def test_an_organisation_has_a_number_unless_its_kind_is_other():
    OrganisationFactory(business_id="", kind=OrganisationKind.OTHER)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(business_id="")


def test_one_membership_for_each_person():
    membership = MembershipFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(user=membership.user, organisation=membership.organisation)


def test_one_open_invitation_for_each_address():
    invitation = InvitationFactory()
    InvitationFactory(organisation=invitation.organisation, email=invitation.email, revoked=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationFactory(organisation=invitation.organisation, email=invitation.email)


def test_only_the_mail_knows_the_token():
    invitation = InvitationFactory()
    token = invitation.renew_token()
    invitation.save()
    assert token not in str(vars(Invitation.objects.get()))
    assert opened(Invitation.objects.all(), token) == invitation


def test_visible_to_are_ones_own_and_for_moderators_all():
    person = UserFactory()
    own, _strange = OrganisationFactory(member=person), OrganisationFactory()
    assert list(Organisation.objects.visible_to(person)) == [own]
    assert not Organisation.objects.visible_to(AnonymousUser())
    assert Organisation.objects.visible_to(UserFactory(superuser=True)).count() == 2


def test_limits_widen_within_a_kind_and_narrow_between_kinds():
    food, sports = ActivityFieldFactory(), ActivityFieldFactory(sports=True)
    both = OrganisationFactory(activity_fields=[food, sports])
    far = OrganisationFactory(activity_fields=[sports], municipality=MunicipalityFactory(lieksa=True))
    OrganisationFactory()
    public = Organisation.objects.public()
    assert set(public.matching(field=["food", "sports"])) == {both, far}
    assert list(public.matching(field=["sports"], municipality=["422"])) == [far]
    assert public.matching(field=["sports"]).count_by_municipality() == {"167": 1, "422": 1}
    assert public.matching(municipality=["167"]).count_by_field() == {"food": 1, "sports": 1, None: 1}


def test_closed_before_asks_the_events():
    long_ago, lately = OrganisationFactory(closed=True), OrganisationFactory(closed=True)
    OrganisationFactory()
    now = timezone.now()
    for organisation, days in ((long_ago, 400), (lately, 10)):
        OrganisationEvent.objects.create(organisation=organisation, to_status="CLOSED", at=now - timedelta(days=days))
    assert list(Organisation.objects.closed_before(now - timedelta(days=365))) == [long_ago]


def test_names_follow_the_reader():
    assert str(ActivityFieldFactory()) == "Ruoka ja ruoka-apu"
    with translation.override("sv"):
        assert str(ActivityField.objects.get()) == "Mat och mathjälp"
        assert str(MunicipalityFactory(kontiolahti=True)) == "Kontiolax"


def test_description_opens_with_its_first_paragraph():
    organisation = OrganisationFactory.build(
        description="Ensin tämä.\r\n\r\nSitten tämä.\r\n\r\nLopuksi.", municipality=None
    )
    assert organisation.opening == "Ensin tämä."
    assert organisation.further == "Sitten tämä.\n\nLopuksi."


@pytest.mark.parametrize("name", ["🙂", "<b>", "جمعية", "..."])
def test_every_name_has_an_address(name):
    organisation = OrganisationFactory(name=name)
    assert organisation.get_absolute_url().endswith(f"/{organisation.slug}/")
