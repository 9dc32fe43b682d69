"""What a moderator does with a posting. One outcome only: the row is locked, and who comes second is told."""

from django.db import transaction
from django.utils import timezone

from accounts.identity_codes import contains_identity_code
from accounts.models import User
from jobs.actions.errors import EmptyText, IdentityCodeFound, OrganisationNotVerified, TransitionNotAllowed
from jobs.actions.transitions import locked, move, record
from jobs.answers import answers_of
from jobs.emails import postings as emails
from jobs.enums import EventKind, PostingStatus, WithdrawalReason
from jobs.models import JobPosting, ReviewComment
from organisations.enums import OrganisationStatus


def _in_review(posting, revision, wanted):
    """The locked posting, if it waits and is what the moderator saw. Raises TransitionNotAllowed."""
    posting = locked(posting)
    if posting.status != PostingStatus.SUBMITTED or (revision is not None and posting.revision != revision):
        raise TransitionNotAllowed(posting, wanted)
    return posting


@transaction.atomic
def publish(posting: JobPosting, *, by: User, revision: int | None = None) -> JobPosting:
    """Approves a posting: it is open from now on.

    `revision` is the version the moderator saw. Raises OrganisationNotVerified or TransitionNotAllowed.
    """
    posting = _in_review(posting, revision, PostingStatus.PUBLISHED)
    if posting.organisation.status != OrganisationStatus.VERIFIED:
        raise OrganisationNotVerified
    now = timezone.now()
    event = move(
        posting,
        PostingStatus.PUBLISHED,
        by=by,
        snapshot=answers_of(posting),
        published_at=posting.published_at or now,
        confirmed_at=now,
        is_edited_after_approval=False,
    )
    emails.send_posting_published(posting, event)
    return posting


@transaction.atomic
def request_changes(
    posting: JobPosting, *, by: User, requests: dict[str, str], revision: int | None = None
) -> JobPosting:
    """Asks the organisation to change some answers. `requests` maps an answer's name to the moderator's words."""
    posting = _in_review(posting, revision, PostingStatus.CHANGES_REQUESTED)
    event = move(posting, PostingStatus.CHANGES_REQUESTED, by=by, snapshot=answers_of(posting))
    ReviewComment.objects.bulk_create(
        ReviewComment(posting=posting, field=field, author=by, is_from_moderator=True, text=text)
        for field, text in requests.items()
    )
    emails.send_changes_requested(posting, event, requests)
    return posting


@transaction.atomic
def refuse(posting: JobPosting, *, by: User, reason: str, revision: int | None = None) -> JobPosting:
    """Refuses a posting for good, with the reason in words."""
    posting = _in_review(posting, revision, PostingStatus.WITHDRAWN)
    event = move(
        posting,
        PostingStatus.WITHDRAWN,
        by=by,
        note=reason,
        snapshot=answers_of(posting),
        withdrawal_reason=WithdrawalReason.REFUSED,
    )
    emails.send_posting_refused(posting, event)
    return posting


@transaction.atomic
def recall(posting: JobPosting, *, by: User, reason: str) -> JobPosting:
    """Takes a published posting back to review, with the reason."""
    posting = locked(posting)
    event = move(
        posting,
        PostingStatus.SUBMITTED,
        by=by,
        note=reason,
        submitted_at=timezone.now(),
        snapshot=answers_of(posting),
    )
    emails.send_posting_recalled(posting, event)
    return posting


@transaction.atomic
def accept_edit(posting: JobPosting, *, by: User) -> JobPosting:
    """A moderator has seen an edit of a published posting and lets it stand."""
    posting = locked(posting)
    if not posting.is_edited_after_approval:
        raise TransitionNotAllowed(posting, posting.status)
    posting.is_edited_after_approval = False
    posting.save(update_fields=["is_edited_after_approval"])
    event = record(posting, EventKind.SEEN, by=by)
    event.snapshot = answers_of(posting)
    event.save(update_fields=["snapshot"])
    return posting


@transaction.atomic
def answer_comment(posting: JobPosting, *, by: User, text: str) -> ReviewComment:
    """The organisation's words in the talk with the moderator; a double click says them once.

    Raises EmptyText or IdentityCodeFound.
    """
    if not text:
        raise EmptyText
    if contains_identity_code(text):
        raise IdentityCodeFound(["text"])
    posting = locked(posting)
    last = posting.comments.order_by("created_at", "pk").last()
    if last and (last.author_id, last.text) == (by.pk, text):
        return last
    return ReviewComment.objects.create(posting=posting, author=by, is_from_moderator=False, text=text)
