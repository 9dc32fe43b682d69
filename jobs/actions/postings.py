"""What an organisation, or the clock, does with a posting."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from jobs.actions import applications
from jobs.actions.errors import DeadlineNotValid, IdentityCodeFound, PostingIncomplete, TooLate, TransitionNotAllowed
from jobs.actions.transitions import locked, move, record
from jobs.answers import answers_of
from jobs.checks import check_posting
from jobs.documents import index
from jobs.emails import postings as emails
from jobs.enums import EventKind, PostingStatus, WithdrawalReason
from jobs.models import JobPosting, PostingEvent
from organisations.models import Organisation

REOPEN_WITHIN = timedelta(days=30)
EXTEND_WITHIN = timedelta(days=90)
LONGEST_WINDOW = timedelta(days=366)
DOUBLE_CLICK = timedelta(seconds=10)
NOT_COPIED = {
    "id",
    "status",
    "withdrawal_reason",
    "revision",
    "application_deadline",
    "start_date",
    "end_date",
    "marks",
    "is_edited_after_approval",
    "view_count",
    "created_at",
    "submitted_at",
    "published_at",
    "confirmed_at",
    "closed_at",
    "saved_at",
    "created_by",
}


@transaction.atomic
def create(organisation: Organisation, *, by: User, **answers) -> JobPosting:
    """A new draft, with what is known of the contact from the organisation.

    A draft that the same person has begun and not named yet is that draft: a double click makes one.
    """
    begun = JobPosting.objects.for_organisation(organisation).filter(
        status=PostingStatus.DRAFT, title="", created_by=by
    )
    if not answers and (posting := begun.order_by("pk").last()):
        return posting
    known = {
        "municipality": organisation.municipality,
        "contact_name": organisation.contact_name,
        "contact_email": organisation.contact_email,
        "contact_phone": organisation.contact_phone,
    }
    posting = JobPosting.objects.create(
        organisation=organisation,
        created_by=by,
        is_demonstration=organisation.is_demonstration,
        **(known | answers),
    )
    record(posting, EventKind.CREATED, by=by)
    return posting


@transaction.atomic
def copy(posting: JobPosting, *, by: User) -> JobPosting:
    """A new draft with the answers of an earlier posting; dates are asked anew. A double click makes one."""
    locked(posting)
    twins = JobPosting.objects.for_organisation(posting.organisation).filter(
        status=PostingStatus.DRAFT, created_by=by, title=posting.title, revision=1
    )
    if twin := twins.filter(created_at__gt=timezone.now() - DOUBLE_CLICK).order_by("pk").last():
        return twin
    names = [field.attname for field in JobPosting._meta.concrete_fields if field.name not in NOT_COPIED]
    fresh = JobPosting.objects.create(created_by=by, **{name: getattr(posting, name) for name in names})
    for name in ("tasks", "languages", "demands"):
        parts = getattr(posting, name)
        rows = list(parts.all())
        for row in rows:
            row.pk, row.posting = None, fresh
        parts.model.objects.bulk_create(rows)
    record(fresh, EventKind.CREATED, by=by)
    return fresh


@transaction.atomic
def submit(posting: JobPosting, *, by: User) -> list[dict]:
    """Sends a draft, or a mended posting, to review. Returns the marks that the automatic checks left.

    Raises PostingIncomplete, IdentityCodeFound or TransitionNotAllowed.
    """
    posting = locked(posting)
    if missing := posting.missing:
        raise PostingIncomplete(missing)
    found = check_posting(posting)
    if found.identity_code_fields:
        raise IdentityCodeFound(found.identity_code_fields)
    now = timezone.now()
    event = move(
        posting,
        PostingStatus.SUBMITTED,
        by=by,
        snapshot=answers_of(posting),
        submitted_at=now,
        marks=found.marks,
    )
    posting.comments.filter(is_from_moderator=True, resolved_at__isnull=True).update(resolved_at=now)
    emails.send_posting_submitted(posting, event)
    return found.marks


@transaction.atomic
def take_back(posting: JobPosting, *, by: User) -> JobPosting:
    """The organisation takes its posting back from the queue to go on writing."""
    posting = locked(posting)
    move(posting, PostingStatus.DRAFT, by=by, submitted_at=None)
    return posting


@transaction.atomic
def withdraw(
    posting: JobPosting,
    *,
    by: User | None,
    reason: WithdrawalReason = WithdrawalReason.BY_ASSOCIATION,
    note: str = "",
) -> JobPosting:
    """Takes a posting away for good. The system does it with NOT_CONFIRMED and no person."""
    posting = locked(posting)
    event = move(posting, PostingStatus.WITHDRAWN, by=by, note=note, withdrawal_reason=reason)
    applications.make_obsolete_for(posting, by=by)
    emails.send_posting_withdrawn(posting, event)
    return posting


@transaction.atomic
def fill(posting: JobPosting, *, by: User) -> JobPosting:
    """Somebody was found: the posting closes, and everybody who still waits gets one kind message."""
    posting = locked(posting)
    move(posting, PostingStatus.FILLED, by=by)
    applications.make_obsolete_for(posting, by=by)
    return posting


@transaction.atomic
def reopen(posting: JobPosting, *, by: User) -> JobPosting:
    """The hire fell through: open again, within 30 days and with time left to apply. Raises TooLate."""
    posting = locked(posting)
    if posting.status != PostingStatus.FILLED:
        raise TransitionNotAllowed(posting, PostingStatus.PUBLISHED)
    if posting.closed_at is None or posting.closed_at < timezone.now() - REOPEN_WITHIN or posting.days_left < 0:
        raise TooLate
    move(posting, PostingStatus.PUBLISHED, by=by, confirmed_at=timezone.now())
    applications.keep_until_window_ends(posting)
    return posting


@transaction.atomic
def extend(posting: JobPosting, *, by: User, deadline: date) -> JobPosting:
    """A later deadline for an open posting, or for one that ran out within 90 days.

    Raises DeadlineNotValid, TooLate or TransitionNotAllowed.
    """
    posting = locked(posting)
    today = timezone.localdate()
    if deadline < today or deadline > today + LONGEST_WINDOW:
        raise DeadlineNotValid
    if posting.application_deadline and posting.application_deadline < today - EXTEND_WITHIN:
        raise TooLate
    if posting.status == PostingStatus.PUBLISHED:
        posting.application_deadline, posting.confirmed_at = deadline, timezone.now()
        posting.revision += 1
        posting.save(update_fields=["application_deadline", "confirmed_at", "revision", "saved_at"])
        index(posting)
        record(posting, EventKind.EXTENDED, by=by, changed_fields=["application_deadline"])
    else:
        if posting.status != PostingStatus.EXPIRED:
            raise TransitionNotAllowed(posting, PostingStatus.PUBLISHED)
        move(posting, PostingStatus.PUBLISHED, by=by, application_deadline=deadline, confirmed_at=timezone.now())
    applications.keep_until_window_ends(posting)
    return posting


@transaction.atomic
def confirm(posting: JobPosting, *, by: User) -> JobPosting:
    """The organisation says that a posting is still open, so that it does not go stale."""
    posting = locked(posting)
    if posting.status != PostingStatus.PUBLISHED:
        raise TransitionNotAllowed(posting, PostingStatus.PUBLISHED)
    posting.confirmed_at = timezone.now()
    posting.save(update_fields=["confirmed_at"])
    record(posting, EventKind.CONFIRMED, by=by)
    return posting


@transaction.atomic
def record_edit(posting: JobPosting, *, by: User, changed_fields: list[str]) -> PostingEvent | None:
    """An edit of a published posting is live at once and enters the moderators' list of edits."""
    posting = locked(posting)
    if posting.status != PostingStatus.PUBLISHED or not changed_fields:
        return None
    posting.is_edited_after_approval = True
    posting.save(update_fields=["is_edited_after_approval"])
    index(posting)
    if "application_deadline" in changed_fields:
        applications.keep_until_window_ends(posting)
    return record(posting, EventKind.EDITED, by=by, changed_fields=changed_fields)


@transaction.atomic
def expire(posting: JobPosting) -> JobPosting:
    """The clock closed the posting already; this writes it down."""
    posting = locked(posting)
    event = move(posting, PostingStatus.EXPIRED, by=None)
    emails.send_posting_expired(posting, event)
    return posting


@transaction.atomic
def archive(posting: JobPosting) -> JobPosting:
    """Ninety days after closing the page is gone."""
    posting = locked(posting)
    move(posting, PostingStatus.ARCHIVED, by=None, closed_at=posting.closed_at)
    return posting
