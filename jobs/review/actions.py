"""What a moderator does with a posting. One outcome only: the row is locked, and who comes second is told."""

from django.db import transaction
from django.utils import timezone

from accounts.identity_codes import contains_identity_code
from accounts.models import User
from jobs.postings.actions import IdentityCodeFound
from jobs.postings.actions.transitions import locked, locked_for, perform, record
from jobs.postings.enums import EventKind, WithdrawalReason
from jobs.postings.models import JobPosting
from jobs.postings.signals import posting_changed
from jobs.postings.snapshot import snapshot_of
from jobs.review import acts, emails
from jobs.review.models import ReviewComment
from organisations.enums import OrganisationStatus
from portal.states import Act, TooLate, TransitionNotAllowed


class OrganisationNotVerified(Exception):
    """Only a verified organisation's posting can be published."""


class EmptyText(Exception):
    """A message without words."""


def _as_seen(posting: JobPosting, revision: int | None, act: Act) -> JobPosting:
    """The locked posting, if it is what the moderator saw. Raises TransitionNotAllowed, as what the act asks does."""
    posting = locked(posting)
    act.require(posting)
    if revision is not None and posting.revision != revision:
        raise TransitionNotAllowed(posting, act.to or posting.status)
    return posting


@transaction.atomic
def publish(posting: JobPosting, *, by: User, revision: int | None = None) -> JobPosting:
    """Approves a posting: it is open from now on.

    `revision` is the version the moderator saw. Raises OrganisationNotVerified or TransitionNotAllowed.
    """
    posting = _as_seen(posting, revision, acts.PUBLISH)
    if posting.organisation.status != OrganisationStatus.VERIFIED:
        raise OrganisationNotVerified
    now = timezone.now()
    event = perform(
        posting,
        acts.PUBLISH,
        by=by,
        snapshot=snapshot_of(posting),
        published_at=posting.published_at or now,
        confirmed_at=now,
        is_edited_after_approval=False,
        hidden_for="",
    )
    emails.send_posting_published(posting, event)
    return posting


@transaction.atomic
def request_changes(
    posting: JobPosting, *, by: User, requests: dict[str, str], revision: int | None = None
) -> JobPosting:
    """Asks the organisation to change some answers. `requests` maps an answer's name to the moderator's words."""
    posting = _as_seen(posting, revision, acts.REQUEST_CHANGES)
    event = perform(posting, acts.REQUEST_CHANGES, by=by, snapshot=snapshot_of(posting))
    ReviewComment.objects.bulk_create(
        ReviewComment(posting=posting, field=field, author=by, is_from_moderator=True, text=text)
        for field, text in requests.items()
    )
    emails.send_changes_requested(posting, event, requests)
    return posting


@transaction.atomic
def refuse(posting: JobPosting, *, by: User, reason: str, revision: int | None = None) -> JobPosting:
    """Refuses a posting for good, with the reason in words."""
    posting = _as_seen(posting, revision, acts.REFUSE)
    event = perform(
        posting,
        acts.REFUSE,
        by=by,
        note=reason,
        snapshot=snapshot_of(posting),
        withdrawal_reason=WithdrawalReason.REFUSED,
    )
    emails.send_posting_refused(posting, event)
    return posting


@transaction.atomic
def recall(posting: JobPosting, *, by: User, reason: str) -> JobPosting:
    """Takes a published posting back to review, with the reason."""
    posting = locked(posting)
    event = perform(
        posting,
        acts.RECALL,
        by=by,
        note=reason,
        submitted_at=timezone.now(),
        snapshot=snapshot_of(posting),
    )
    emails.send_posting_recalled(posting, event)
    return posting


@transaction.atomic
def accept_edit(posting: JobPosting, *, by: User, revision: int | None = None) -> JobPosting:
    """A moderator has seen an edit of a published posting and lets it stand; one that hid it shows it again.

    `revision` is the version the moderator saw. Raises TransitionNotAllowed.
    """
    try:
        posting = _as_seen(posting, revision, acts.ACCEPT_EDIT)
    except TooLate:
        raise TransitionNotAllowed(posting, posting.status) from None
    posting.is_edited_after_approval, posting.hidden_for = False, ""
    posting.save(update_fields=["is_edited_after_approval", "hidden_for"])
    posting_changed.send(JobPosting, posting=posting)
    record(posting, EventKind.SEEN, by=by, snapshot=snapshot_of(posting))
    return posting


@transaction.atomic
def settle_comments(posting: JobPosting) -> None:
    """What a moderator asked is settled when the organisation sends the posting again."""
    posting.comments.filter(is_from_moderator=True, resolved_at__isnull=True).update(resolved_at=timezone.now())


@transaction.atomic
def answer_comment(posting: JobPosting, *, by: User, text: str) -> ReviewComment:
    """The organisation's words in the talk with the moderator; a double click says them once.

    Raises EmptyText, IdentityCodeFound, or NotAllowed when the right to write has gone since the page was opened.
    """
    if not text:
        raise EmptyText
    if contains_identity_code(text):
        raise IdentityCodeFound(["text"])
    posting = locked_for(posting, by)
    last = posting.comments.order_by("created_at", "pk").last()
    if last and (last.author_id, last.text) == (by.pk, text):
        return last
    return ReviewComment.objects.create(posting=posting, author=by, is_from_moderator=False, text=text)
