import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisations.enums import MembershipRole, OrganisationStatus
from organisations.models import Invitation, Membership, Organisation
from organisations.models.invitation import InvitationQuerySet
from organisations.models.membership import MembershipQuerySet
from portal.models import OutgoingMail
from tests.accounts.factories import sign_in
from tests.organisations.answers import answers
from tests.organisations.factories import InvitationFactory, MembershipFactory, OrganisationFactory, UserFactory
from tests.organisations.pictures import picture, size_of

pytestmark = pytest.mark.django_db

REGISTER = "organisations:organisation_register"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def person(client):
    person = UserFactory(name="Maija Malli")
    sign_in(client, person)
    return person


# Registration


def test_a_stranger_is_led_through_sign_up_and_back(client):
    page = client.get(reverse(REGISTER)).content.decode()
    for name in ("account_signup", "account_login"):
        assert f"{reverse(name)}?next=" in page


def test_register_makes_a_pending_organisation_with_an_administrator(client, person):
    page = client.post(reverse(REGISTER), answers(logo_file=picture()), follow=True)
    organisation = Organisation.objects.get()
    assert organisation.status == OrganisationStatus.PENDING
    assert organisation.memberships.get().user == person
    assert organisation.memberships.get().is_admin
    assert size_of(organisation.logo) == (300, 200)
    assert page.context["membership"].organisation == organisation
    assert OutgoingMail.objects.get().recipient == person.email


def test_a_mistake_loses_nothing_not_even_the_logo(client, person):
    page = client.post(reverse(REGISTER), answers(business_id="0280113-4", logo_file=picture()))
    text = page.content.decode()
    assert "0280113-4" in text
    kept = page.context["form"].kept_logo_text
    assert f'value="{kept}"' in text
    client.post(reverse(REGISTER), answers(kept_logo=kept))
    assert Organisation.objects.get().logo


@pytest.mark.parametrize("numbers", [{}, {"kind": "OTHER", "business_id": "", "association_register_no": ""}])
def test_a_second_click_finds_the_first_ones_organisation(client, person, numbers):
    for _click in range(2):
        answer = client.post(reverse(REGISTER), answers(**numbers))
        assert answer.url == reverse("organisations:desk")
    assert Organisation.objects.count() == OutgoingMail.objects.count() == 1


def test_a_bad_logo_gets_a_sentence_and_the_rest_stays(client, person):
    page = client.post(reverse(REGISTER), answers(logo_file=picture("BMP")))
    assert list(page.context["form"].errors) == ["logo_file"]
    assert "Kuvitelman ruokatupa ry" in page.content.decode()
    assert not Organisation.objects.exists()


def test_ours_is_here_already_and_its_people_are_not_told(client, person):
    admin = UserFactory(name="Salainen Henkilö")
    other = OrganisationFactory(business_id="0280113-5", admin=admin, contact_name="Toinen Salainen")
    answer = client.post(reverse(REGISTER), answers())
    page, ask = answer.content.decode(), reverse("organisations:access_request")
    assert ask in page
    numbers = answer.context["ask_form"].initial
    answer = client.post(ask, {**numbers, "message": "Olen puheenjohtaja."}).content.decode()
    for text in (page, answer):
        assert admin.name not in text
        assert admin.email not in text
        assert other.contact_name not in text
    assert OutgoingMail.objects.get().recipient == admin.email
    assert "Olen puheenjohtaja." in OutgoingMail.objects.get().text


def test_asking_about_an_unknown_number_is_not_found(client, person):
    assert client.post(reverse("organisations:access_request"), {"business_id": "0280113-5"}).status_code == 404


# The desk


def test_desk_of_somebody_without_an_organisation(client, person):
    assert reverse(REGISTER) in client.get(reverse("organisations:desk")).content.decode()


def test_switcher_changes_the_organisation(client, person):
    first, second = (OrganisationFactory(name=name, member=person) for name in ("Alfa ry", "Beeta ry"))
    desk, switch = reverse("organisations:desk"), reverse("organisations:desk_switch")
    assert client.get(desk).context["membership"].organisation == first
    page = client.post(switch, {"organisation": second.pk}, follow=True)
    assert page.context["membership"].organisation == second
    assert client.get(desk).context["membership"].organisation == second


@pytest.mark.parametrize("typed", ["", "x", "999999", "²", "9" * 5000, str(2**63)])
def test_switching_to_nowhere_is_not_found(client, person, typed):
    OrganisationFactory(member=person)
    assert client.post(reverse("organisations:desk_switch"), {"organisation": typed}).status_code == 404


@pytest.mark.parametrize("trait", ["pending", "paused", "closed"])
def test_desk_tells_what_the_state_means(client, person, trait):
    organisation = OrganisationFactory(admin=person, **{trait: True})
    assert client.get(reverse("organisations:desk")).status_code == 200
    assert client.get(reverse("organisations:organisation_edit", args=[organisation.pk])).status_code == 200


# Members


def test_admin_invites_and_is_told_of_mistakes(client, person):
    organisation = OrganisationFactory(admin=person)
    address = reverse("organisations:members", args=[organisation.pk])
    client.post(address, {"email": "uusi@example.fi", "role": "MEMBER"})
    assert Invitation.objects.get().email == "uusi@example.fi"
    for email in ("", "uusi", person.email):
        assert client.post(address, {"email": email, "role": "MEMBER"}).context["form"].errors["email"]


def test_no_role_is_chosen_beforehand(client, person):
    organisation = OrganisationFactory(admin=person)
    address = reverse("organisations:members", args=[organisation.pk])
    assert " checked" not in str(client.get(address).context["form"]["role"])
    page = client.post(address, {"email": "uusi@example.fi"})
    assert page.context["form"].errors["role"] == ["Valitse rooli."]
    assert not Invitation.objects.exists()


def test_a_change_of_role_is_asked_before_it_is_made(client, person):
    organisation = OrganisationFactory(admin=person)
    other = MembershipFactory(organisation=organisation)
    address = reverse("organisations:member_role", args=[other.pk])
    assert f'href="{address}"' in client.get(reverse("organisations:members", args=[organisation.pk])).content.decode()
    for role in ("ADMIN", "MEMBER"):
        page = client.get(address).content.decode()
        assert f'name="role" value="{role}"' in page
        assert other.user.name in page
        before = other.role
        for typed in ({}, {"role": "x"}):
            client.post(address, typed)
            other.refresh_from_db()
            assert other.role == before
        client.post(address, {"role": role})
        other.refresh_from_db()
        assert other.role == role


@pytest.mark.parametrize("step", ["resend", "revoke"])
def test_an_invitation_is_sent_again_or_revoked_only_when_confirmed(client, person, step):
    organisation = OrganisationFactory(admin=person)
    invitation = InvitationFactory(organisation=organisation)
    address = reverse(f"organisations:invitation_{step}", args=[invitation.pk])
    assert f'href="{address}"' in client.get(reverse("organisations:members", args=[organisation.pk])).content.decode()
    assert invitation.email in client.get(address).content.decode()
    invitation.refresh_from_db()
    assert invitation.status == "SENT"
    assert not OutgoingMail.objects.exists()
    invitation.status = "ACCEPTED"
    invitation.save()
    assert client.get(address).url == reverse("organisations:members", args=[organisation.pk])


def test_last_admin_cannot_step_down_or_leave(client, person):
    organisation = OrganisationFactory(admin=person)
    membership = organisation.memberships.get()
    client.post(reverse("organisations:member_role", args=[membership.pk]), {"role": "MEMBER"})
    client.post(reverse("organisations:member_remove", args=[membership.pk]))
    client.post(reverse("organisations:organisation_leave", args=[organisation.pk]))
    assert organisation.memberships.get().is_admin


def test_admin_steps_down_and_leaves_the_list(client, person):
    organisation = OrganisationFactory(admin=person)
    MembershipFactory(organisation=organisation, is_admin=True)
    mine = organisation.memberships.get(user=person)
    answer = client.post(reverse("organisations:member_role", args=[mine.pk]), {"role": "MEMBER"})
    assert answer.url == reverse("organisations:desk")
    mine.refresh_from_db()
    assert mine.role == MembershipRole.MEMBER


def test_who_was_removed_while_the_page_was_on_its_way_is_told(client, person, monkeypatch):
    organisation = OrganisationFactory(admin=UserFactory(), member=person)
    other = organisation.memberships.admins().get()
    # The view asked a moment before the removal.
    monkeypatch.setattr(MembershipQuerySet, "visible_to", lambda rows, user: rows.all())
    monkeypatch.setattr(InvitationQuerySet, "visible_to", lambda rows, user: rows.all())
    for name, typed in (("member_remove", {}), ("member_role", {"role": "MEMBER"})):
        page = client.post(reverse(f"organisations:{name}", args=[other.pk]), typed, follow=True)
        assert f"Sinulla ei ole enää oikeutta tähän yhdistyksessä: {organisation.name}" in page.content.decode()
    invitation = InvitationFactory(organisation=organisation)
    for name in ("invitation_resend", "invitation_revoke"):
        page = client.post(reverse(f"organisations:{name}", args=[invitation.pk]), follow=True)
        assert f"Sinulla ei ole enää oikeutta tähän yhdistyksessä: {organisation.name}" in page.content.decode()
    other.refresh_from_db()
    assert other.is_admin


def test_member_leaves(client, person):
    organisation = OrganisationFactory(admin=UserFactory(), member=person)
    client.post(reverse("organisations:organisation_leave", args=[organisation.pk]), follow=True)
    assert not organisation.memberships.filter(user=person).exists()


def test_queries_of_the_members_page_do_not_grow(client, person, django_assert_max_num_queries):
    organisation = OrganisationFactory(admin=person)
    address = reverse("organisations:members", args=[organisation.pk])

    def make(count):
        for _number in range(count):
            MembershipFactory(organisation=organisation)
            InvitationFactory(organisation=organisation)

    make(2)
    client.get(address)
    with django_assert_max_num_queries(16) as few:
        client.get(address)
    make(18)
    with django_assert_max_num_queries(16) as many:
        client.get(address)
    assert len(few) == len(many)


# Invitations


@pytest.fixture
def letter(person):
    """The address in an invitation for this person."""
    invitation = InvitationFactory(email=person.email)
    token = invitation.renew_token()
    invitation.save()
    return reverse("organisations:invitation_accept", args=[token])


def test_invited_person_accepts_and_a_second_click_is_kind(client, person, letter):
    assert client.get(letter).status_code == 200
    for _click in range(2):
        page = client.post(letter, follow=True)
        assert page.redirect_chain == [(reverse("organisations:desk"), 302)]
    assert Membership.objects.get(user=person).organisation == page.context["membership"].organisation
    assert client.get(letter).url == reverse("organisations:desk")


def test_every_wrong_link_gets_one_answer_after_the_same_questions(client, letter):
    client.logout()
    token = letter.split("/")[-2]
    invitation = Invitation.objects.get()
    renewed = invitation.renew_token()
    invitation.save()
    client.get(letter.replace(token, "first"))  # what a process asks once
    answers = set()
    for wrong in ("x" * 32, renewed[:-1], renewed + "x", token):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(letter.replace(token, wrong))
        answers.add((answer.status_code, answer.content.decode().replace(wrong, ""), len(asked)))
    assert len(answers) == 1
    assert answers.pop()[0] == 404
    assert client.get(letter.replace(token, renewed)).status_code == 200


def test_a_stranger_is_led_to_sign_in_and_back(client, letter):
    client.logout()
    assert f"next={letter.replace('/', '%2F')}" in client.get(letter).content.decode()
    assert client.post(letter).status_code == 200
    assert not Membership.objects.exists()


def test_another_address_is_told_without_naming_the_right_one(client, letter, person):
    sign_in(client, UserFactory())
    text = client.post(letter).content.decode()
    assert person.email not in text
    assert not Membership.objects.exists()


@pytest.mark.parametrize("changes", [{"sent_at": "2020-01-01T00:00Z"}, {"status": "REVOKED"}])
def test_a_dead_link_says_so(client, letter, changes):
    Invitation.objects.update(**changes)
    assert client.get(letter).status_code == client.post(letter).status_code == 410


def test_resend_and_revoke(client, person):
    organisation = OrganisationFactory(admin=person)
    invitation = InvitationFactory(organisation=organisation, expired=True)
    client.post(reverse("organisations:invitation_resend", args=[invitation.pk]))
    assert OutgoingMail.objects.get().recipient == invitation.email
    client.post(reverse("organisations:invitation_revoke", args=[invitation.pk]))
    for step in ("resend", "revoke"):
        client.post(reverse(f"organisations:invitation_{step}", args=[invitation.pk]))
    invitation.refresh_from_db()
    assert invitation.status == "REVOKED"
