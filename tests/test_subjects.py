"""No mail's subject carries words that nobody has checked: a stranger's words there are junk mail in our name.

What may stand in a subject is a code of ours, the name of an organisation that staff have verified, or the title of a
posting as a moderator approved it. Everything else is the template's own words.
"""

import re

import pytest

from jobs.applications import emails as application_emails
from jobs.postings import actions
from jobs.postings import emails as posting_emails
from jobs.review import actions as review
from jobs.review import emails as review_emails
from organisations import emails as organisation_emails
from organisations.actions import invitation, organisation
from portal.models import OutgoingMail
from tests.accounts.factories import UserFactory
from tests.jobs.factories import ApplicationFactory, JobPostingFactory
from tests.organisations.factories import OrganisationFactory
from tests.plugins import ROOT

CODE = {"code"}
VERIFIED_NAME = {"organisation.verified_name"}
APPROVED_TITLE = {"approved_title posting"}
OURS_ALONE = set()
# What varies in each subject, and why it may: a new mail is refused until it is named here.
SUBJECTS = {
    "emails/sign_in/account_already_exists.txt": OURS_ALONE,
    "emails/sign_in/email_changed.txt": OURS_ALONE,
    "emails/sign_in/email_confirmation.txt": CODE,
    "emails/sign_in/email_confirmation_signup.txt": CODE,
    "emails/sign_in/identity_code.txt": CODE,
    "emails/sign_in/login_code.txt": CODE,
    "emails/sign_in/password_changed.txt": OURS_ALONE,
    "emails/sign_in/password_set.txt": OURS_ALONE,
    "emails/sign_in/recovery_codes_generated.txt": OURS_ALONE,
    "emails/sign_in/totp_activated.txt": OURS_ALONE,
    "emails/sign_in/totp_deactivated.txt": OURS_ALONE,
    "emails/sign_in/unknown_account.txt": OURS_ALONE,
    "emails/sign_in/webauthn_added.txt": OURS_ALONE,
    "emails/sign_in/webauthn_removed.txt": OURS_ALONE,
    "jobs/applications/emails/application_declined.txt": APPROVED_TITLE,
    "jobs/applications/emails/application_obsolete.txt": APPROVED_TITLE,
    "jobs/applications/emails/application_received.txt": APPROVED_TITLE,
    "jobs/applications/emails/application_waiting.txt": APPROVED_TITLE,
    "jobs/applications/emails/application_withdrawn.txt": APPROVED_TITLE,
    "jobs/postings/emails/confirm_posting.txt": APPROVED_TITLE,
    "jobs/postings/emails/posting_expired.txt": APPROVED_TITLE,
    "jobs/postings/emails/posting_withdrawn.txt": APPROVED_TITLE,
    "jobs/review/emails/changes_requested.txt": OURS_ALONE,
    "jobs/review/emails/posting_published.txt": APPROVED_TITLE,
    "jobs/review/emails/posting_recalled.txt": APPROVED_TITLE,
    "jobs/review/emails/posting_refused.txt": OURS_ALONE,
    "jobs/review/emails/posting_submitted.txt": OURS_ALONE,
    "organisations/emails/access_requested.txt": OURS_ALONE,
    "organisations/emails/change_accepted.txt": VERIFIED_NAME,
    "organisations/emails/change_refused.txt": VERIFIED_NAME,
    "organisations/emails/closed.txt": OURS_ALONE,
    "organisations/emails/invitation.txt": VERIFIED_NAME,
    "organisations/emails/paused.txt": VERIFIED_NAME,
    "organisations/emails/registered.txt": OURS_ALONE,
    "organisations/emails/reopened.txt": VERIFIED_NAME,
    "organisations/emails/verified.txt": VERIFIED_NAME,
}
# The frame around each mail, and words that a member reads and changes before they are sent.
NO_MAILS = {"emails/frame.txt", "jobs/applications/emails/application_ready_answer.txt"}
MARK = "Voitit palkinnon"


def subject_line(name):
    return (ROOT / "templates" / name).read_text("utf-8").partition("\n")[0]


def varying(line):
    """What is not the template's own words: variables by where they come from, and tags of ours."""
    aliases = dict(re.findall(r"(\w+)=([\w.]+)", line))
    names = {aliases.get(name, name) for name in re.findall(r"{{\s*([\w.|]+)", line)}
    return names | set(re.findall(r"{%\s*(approved_title \w+)\s*%}", line))


def test_every_mail_says_what_may_stand_in_its_subject():
    templates = ROOT / "templates"
    mails = {str(path.relative_to(templates)) for path in templates.rglob("emails/**/*.txt")}
    assert mails - NO_MAILS == set(SUBJECTS)


@pytest.mark.parametrize("name", SUBJECTS)
def test_nothing_else_varies_in_a_subject(name):
    assert varying(subject_line(name)) == SUBJECTS[name]


def subjects():
    return "\n".join(OutgoingMail.objects.values_list("subject", flat=True))


@pytest.mark.django_db
def test_an_unverified_organisations_name_is_in_no_subject():
    admin = UserFactory()
    ours = OrganisationFactory(pending=True, name=f"{MARK} ry", admin=admin)
    invitation.invite(ours, "vieras@example.fi", "MEMBER", by=admin)
    organisation_emails.send_organisation_registered(ours)
    organisation.ask_for_access(ours, MARK, by=UserFactory(name=MARK))
    organisation.close(ours, MARK, by=admin)
    assert OutgoingMail.objects.count() == 4
    assert MARK not in subjects()


@pytest.mark.django_db
def test_a_verified_organisations_name_is():
    admin = UserFactory()
    ours = OrganisationFactory(name="Kuvitelman ruokatupa ry", admin=admin)
    invitation.invite(ours, "vieras@example.fi", "MEMBER", by=admin)
    assert "Kuvitelman ruokatupa ry" in subjects()


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["submitted", "changes_requested"])
def test_a_title_that_nobody_has_approved_is_in_no_subject(state):
    writer = UserFactory()
    posting = JobPostingFactory(organisation=OrganisationFactory(member=writer), title=MARK, **{state: True})
    event = posting.events.create(by=writer, note=MARK)
    review_emails.send_posting_submitted(posting, event)
    review_emails.send_changes_requested(posting, event, {"title": MARK})
    review_emails.send_posting_refused(posting, event)
    review_emails.send_posting_recalled(posting, event)
    application_emails.send_application_waiting(ApplicationFactory(posting=posting))
    assert OutgoingMail.objects.exists()
    assert MARK not in subjects()


@pytest.mark.django_db
def test_an_applicant_gets_the_title_that_a_moderator_approved_whatever_it_says_now():
    writer = UserFactory()
    posting = JobPostingFactory(organisation=OrganisationFactory(admin=writer), submitted=True, title="Hyvä työ")
    posting = review.publish(posting, by=UserFactory())
    application = ApplicationFactory(posting=posting, email="hakija@example.fi")
    actions.edit(posting, {"title": MARK}, by=writer)
    posting.refresh_from_db()
    application.posting = posting
    application_emails.send_application_received(application, "x")
    posting_emails.send_posting_expired(posting, posting.events.last())
    assert MARK not in subjects()
    assert subjects().count("Hyvä työ") == OutgoingMail.objects.count() == 3
    review.accept_edit(posting, by=UserFactory())
    posting.refresh_from_db()
    assert posting.approved_title == MARK


@pytest.mark.django_db
def test_a_title_changed_after_a_recall_is_not_approved():
    writer = UserFactory()
    posting = JobPostingFactory(organisation=OrganisationFactory(member=writer), submitted=True, title="Hyvä työ")
    posting = review.publish(posting, by=UserFactory())
    posting = review.recall(posting, by=UserFactory(), reason="Tarkistamme.")
    posting = actions.take_back(posting, by=writer)
    actions.edit(posting, {"title": MARK}, by=writer)
    posting.refresh_from_db()
    assert posting.approved_title == "Hyvä työ"
