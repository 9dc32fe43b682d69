import pytest

from jobs.postings.actions import IdentityCodeFound, submit, take_back
from jobs.postings.enums import PostingStatus, WithdrawalReason
from jobs.postings.snapshot import changed_since
from jobs.review import actions
from portal.models import OutgoingMail
from portal.states import TransitionNotAllowed
from tests.accounts.factories import UserFactory
from tests.jobs.factories import JobPostingFactory
from tests.organisations.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

# The mail waits for the worker, whose queries are not the request's.
LATER = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def writer():
    return UserFactory(language="fi")


@pytest.fixture
def moderators():
    return UserFactory(name="Mauri", superuser=True), UserFactory(name="Mirja", superuser=True)


@pytest.fixture
def posting(writer):
    return JobPostingFactory(organisation=OrganisationFactory(member=writer), created_by=writer, submitted=True)


def test_publish_opens_the_posting_and_tells_the_writer(
    posting, moderators, writer, settings, django_assert_max_num_queries
):
    settings.TASKS = LATER
    with django_assert_max_num_queries(15):
        actions.publish(posting, by=moderators[0])
    posting.refresh_from_db()
    assert (posting.status, posting.is_open) == (PostingStatus.PUBLISHED, True)
    mail = OutgoingMail.objects.get()
    assert mail.recipient == writer.email
    assert posting.title in mail.subject


def test_two_moderators_give_one_outcome(posting, moderators):
    first, second = moderators
    actions.publish(posting, by=first, revision=posting.revision)
    with pytest.raises(TransitionNotAllowed) as error:
        actions.refuse(posting, by=second, reason="Ei käy", revision=posting.revision)
    assert error.value.thing.status == PostingStatus.PUBLISHED
    assert posting.events.count() == 1
    assert OutgoingMail.objects.count() == 1


def test_a_moderator_does_not_decide_on_a_version_they_have_not_seen(posting, moderators, writer):
    seen = posting.revision
    take_back(posting, by=writer)
    submit(posting, by=writer)
    with pytest.raises(TransitionNotAllowed):
        actions.publish(posting, by=moderators[0], revision=seen)


def test_an_unverified_organisations_posting_is_not_published(moderators):
    posting = JobPostingFactory(organisation=OrganisationFactory(pending=True), submitted=True)
    with pytest.raises(actions.OrganisationNotVerified):
        actions.publish(posting, by=moderators[0])


def test_a_request_stays_with_its_answer_until_the_posting_comes_back(posting, moderators, writer):
    actions.request_changes(posting, by=moderators[0], requests={"easy_text": "Lyhennä lauseita."})
    posting.refresh_from_db()
    comment = posting.comments.get()
    assert (posting.status, comment.field, comment.resolved_at) == ("CHANGES_REQUESTED", "easy_text", None)
    assert "Lyhennä lauseita." in OutgoingMail.objects.get().text
    snapshot = posting.last_review().snapshot
    posting.easy_text = "Lyhyt lause."
    posting.save()
    submit(posting, by=writer)
    posting.refresh_from_db()
    comment.refresh_from_db()
    assert comment.resolved_at is not None
    assert [change["name"] for change in changed_since(snapshot, posting)] == ["easy_text"]


def test_refuse_withdraws_with_the_reason(posting, moderators):
    actions.refuse(posting, by=moderators[0], reason="Tämä on vapaaehtoistyötä.")
    posting.refresh_from_db()
    assert (posting.status, posting.withdrawal_reason) == (PostingStatus.WITHDRAWN, WithdrawalReason.REFUSED)
    assert "Tämä on vapaaehtoistyötä." in OutgoingMail.objects.get().text


def test_recall_takes_a_published_posting_back_to_review(moderators):
    posting = JobPostingFactory()
    actions.recall(posting, by=moderators[0], reason="Yhteystieto puuttuu.")
    posting.refresh_from_db()
    assert posting.status == PostingStatus.SUBMITTED
    assert not posting.is_public


def test_an_answer_to_the_moderator_holds_no_identity_code(posting, writer):
    with pytest.raises(IdentityCodeFound):
        actions.answer_comment(posting, by=writer, text="010190-900P")
    with pytest.raises(actions.EmptyText):
        actions.answer_comment(posting, by=writer, text="")
    comment = actions.answer_comment(posting, by=writer, text="Palkka on nyt ilmoituksessa.")
    assert not comment.is_from_moderator
