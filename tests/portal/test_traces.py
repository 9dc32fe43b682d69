"""Whoever asks to be forgotten is found by address, name and phone; what is not surely theirs is left to staff."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Page

from accounts.models import User
from jobs.applications.models import Application, ApplicationNote
from jobs.postings.models import PostingEvent
from jobs.review.models import ReviewComment
from organisations.models import Invitation, OrganisationEvent
from portal.mail import outbox
from portal.models import OutgoingMail
from portal.privacy.traces import Person
from tests.accounts.factories import UserFactory
from tests.jobs.factories import ApplicationFactory, JobPostingFactory
from tests.organisations.factories import InvitationFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
NAME, EMAIL, PHONE = "Tuuli Esimerkki", "tuuli@example.org", "040 123 4567"
CONTACT = {"contact_name": NAME, "contact_email": EMAIL, "contact_phone": PHONE}
NOBODY = {"contact_name": "", "contact_email": "", "contact_phone": ""}


@pytest.fixture
def erase(capsys):
    """Runs the command and gives its lines."""

    def run(*arguments):
        call_command("gdpr_erase", *arguments)
        return capsys.readouterr().out.splitlines()

    return run


def decided(lines):
    """What staff are told to decide, as (kind, number, field)."""
    rows = [line.strip().partition(":")[0] for line in lines if line.startswith("  ")]
    return {(*row.partition(",")[0].split(), row.partition(", ")[2]) for row in rows}


def contact_of(row):
    row.refresh_from_db()
    return {name: getattr(row, name) for name in CONTACT}


@pytest.mark.parametrize(
    "text",
    [
        "Soita: Tuuli Esimerkki.",
        "tuuli  ESIMERKKI",
        "Esimerkki, Tuuli",
        "Kirjoita tuuli@example.org!",
        "p. +358 40 1234567",
        "0401234567 (iltaisin)",
        {"contact": ["Tuuli Esimerkki"]},
    ],
)
def test_a_person_is_found_in_a_text(text):
    assert Person(EMAIL, NAME, PHONE).stands_in(text)


@pytest.mark.parametrize(
    "text", ["Tuuli Esimerkkilä", "Pirtuuli Esimerkki", "atuuli@example.org", "040 123 45678", "Tuuli", "", None, 7, {}]
)
def test_others_are_not(text):
    assert not Person(EMAIL, NAME, PHONE).stands_in(text)
    assert not Person().stands_in(text)


def test_applications_of_a_person_without_an_account_go(erase):
    ApplicationFactory(name=NAME, email=EMAIL, phone="")
    ApplicationFactory(name="tuuli esimerkki", email="", phone="+358401234567")
    other = ApplicationFactory(name="Aino Mikkonen", email="aino@example.org", phone="")
    lines = erase("--name", NAME, "--phone", PHONE, EMAIL)
    assert list(Application.objects.all()) == [other]
    assert "applications: 2 gone." in lines


def test_a_shared_phone_and_a_namesake_are_left_to_staff(erase):
    same_phone = ApplicationFactory(name="Aino Mikkonen", email="", phone=PHONE)
    same_name = ApplicationFactory(name=NAME, email="other@example.org", phone="")
    lines = erase(EMAIL, "--name", NAME, "--phone", PHONE)
    assert Application.objects.count() == 2
    label = "applications.Application"
    assert decided(lines) == {(label, str(same_phone.pk), "phone"), (label, str(same_name.pk), "name")}
    assert any(line.endswith(reverse("jobs:application_detail", args=[same_name.pk])) for line in lines)


def test_mail_and_invitations_go_without_an_account_too(erase):
    outbox.post_text(EMAIL, "Otsikko", "Teksti")
    InvitationFactory(email=EMAIL)
    erase("TUULI@example.org")
    assert not (OutgoingMail.objects.exists() or Invitation.objects.exists())


def test_the_contact_of_a_posting_that_is_over_goes_with_what_the_moderator_saw(erase):
    over = JobPostingFactory(filled=True, **CONTACT)
    event = PostingEvent.objects.create(posting=over, snapshot=CONTACT | {"title": "Keittiöapu"})
    lines = erase(EMAIL, "--name", NAME)
    assert contact_of(over) == NOBODY
    event.refresh_from_db()
    assert event.snapshot["title"] == "Keittiöapu"
    assert {name: event.snapshot[name] for name in CONTACT} == NOBODY
    assert not decided(lines)


def test_the_contact_of_a_posting_in_use_is_left_to_staff(erase):
    posting = JobPostingFactory(**CONTACT)
    event = PostingEvent.objects.create(posting=posting, snapshot=CONTACT, note=f"Soitin: {PHONE}")
    comment = ReviewComment.objects.create(posting=posting, is_from_moderator=True, text=f"Kysy: {NAME}")
    lines = erase(EMAIL, "--name", NAME, "--phone", PHONE)
    assert contact_of(posting) == CONTACT
    assert decided(lines) == {
        *(("postings.JobPosting", str(posting.pk), name) for name in CONTACT),
        ("postings.PostingEvent", str(event.pk), "note"),
        ("postings.PostingEvent", str(event.pk), "snapshot"),
        ("review.ReviewComment", str(comment.pk), "text"),
    }
    page = reverse("posting:inspect", args=[posting.pk])
    assert all(line.endswith(page) for line in lines if line.startswith("  "))


def test_organisations_notes_and_pages_that_name_somebody_are_listed(erase):
    organisation = OrganisationFactory(**CONTACT | {"contact_email": "office@example.org"})
    event = OrganisationEvent.objects.create(organisation=organisation, note=f"Puhuin: {NAME}")
    note = ApplicationNote.objects.create(application=ApplicationFactory(), text="Tuuli Esimerkki suositteli")
    namesake = UserFactory(name=NAME, email="other@example.org")
    page = Page.objects.get(depth=2)
    page.title = f"Kysy: {NAME}"
    page.save(clean=False)
    page.save_revision()
    lines = erase("--name", NAME, "--phone", PHONE)
    assert decided(lines) == {
        ("accounts.User", str(namesake.pk), "name"),
        ("applications.ApplicationNote", str(note.pk), "text"),
        ("organisations.Organisation", str(organisation.pk), "contact_name"),
        ("organisations.Organisation", str(organisation.pk), "contact_phone"),
        ("organisations.OrganisationEvent", str(event.pk), "note"),
        ("wagtailcore.Page", str(page.pk), "content"),
        ("wagtailcore.Revision", str(page.pk), "content"),
    }
    assert contact_of(organisation)["contact_name"] == NAME


def test_nothing_that_names_the_person_is_printed(erase):
    UserFactory(email=EMAIL, name=NAME)
    JobPostingFactory(**CONTACT)
    ApplicationFactory(name=NAME, email=EMAIL, phone=PHONE)
    printed = "\n".join(erase(EMAIL, "--phone", PHONE)).lower()
    assert "the account: gone." in printed
    for words in (NAME, EMAIL, PHONE, "tuuli", "1234567"):
        assert words.lower() not in printed


def test_an_account_finds_what_bears_its_name(erase):
    UserFactory(email=EMAIL, name=NAME)
    organisation = OrganisationFactory(contact_name=NAME, contact_email="office@example.org")
    assert decided(erase(EMAIL)) == {("organisations.Organisation", str(organisation.pk), "contact_name")}


def test_a_dry_run_tells_the_same_and_changes_nothing(erase):
    UserFactory(email=EMAIL, name=NAME)
    ApplicationFactory(name=NAME, email=EMAIL, phone=PHONE)
    lines = erase(EMAIL, "--dry-run")
    assert "The account: would go." in lines
    assert "applications: 1 would go." in lines
    assert User.objects.filter(email=EMAIL).exists()
    assert Application.objects.exists()


@pytest.mark.parametrize("arguments", [[], ["--name", "Kukaan Eiole"], ["--phone", "050 999 9999"]])
def test_nobody_is_said(erase, arguments):
    UserFactory(email=EMAIL, name=NAME)
    with pytest.raises(CommandError):
        erase(*arguments)


def test_without_a_name_a_phone_is_enough_for_an_application_and_for_nothing_else(erase):
    ApplicationFactory(name=NAME, email="", phone=PHONE)
    UserFactory(name="", email="empty@example.org")
    erase("--phone", "+358 40 123 4567")
    assert not Application.objects.exists()
    assert User.objects.count() >= 1
