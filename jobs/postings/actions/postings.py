"""What an organisation, or the clock, does with a posting."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from jobs.postings import acts, emails, fields
from jobs.postings.actions.errors import DeadlineNotValid, IdentityCodeFound, PostingIncomplete
from jobs.postings.actions.transitions import locked, locked_for, perform, record
from jobs.postings.checks import check_posting
from jobs.postings.enums import EventKind, PostingStatus, WithdrawalReason
from jobs.postings.models import JobPosting
from jobs.postings.signals import posting_changed, posting_closed, posting_submitted, time_to_apply_changed
from jobs.postings.snapshot import snapshot_of
from organisations.models import Organisation
from organisations.permissions import require
from organisations.roles import Verb

LONGEST_WINDOW = timedelta(days=366)
DOUBLE_CLICK = timedelta(seconds=10)
# What a copy takes over beside the answers: where it belongs, and what follows from its demands.
KEPT_BY_COPY = ("organisation", "is_demonstration", "firm_demands")


@transaction.atomic
def create(organisation: Organisation, *, by: User, **answers: Any) -> JobPosting:
    """A new draft, with what is known of the contact from the organisation.

    A draft that the same person has begun and not named yet is that draft: a double click makes one.
    """
    require(by, Verb.WRITE_POSTINGS, organisation)
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
    _keep_findings(posting)
    record(posting, EventKind.CREATED, by=by)
    return posting


@transaction.atomic
def copy(posting: JobPosting, *, by: User) -> JobPosting:
    """A new draft with the answers of an earlier posting; dates are asked anew. A double click makes one."""
    posting = locked_for(posting, by)
    twins = JobPosting.objects.for_organisation(posting.organisation).filter(
        status=PostingStatus.DRAFT, created_by=by, title=posting.title, revision=1
    )
    if twin := twins.filter(created_at__gt=timezone.now() - DOUBLE_CLICK).order_by("pk").last():
        return twin
    names = [*KEPT_BY_COPY, *fields.names(is_copied=True, is_rows=False)]
    fresh = JobPosting.objects.create(created_by=by, **{name: getattr(posting, name) for name in names})
    for name in fields.names(is_copied=True, is_rows=True):
        rows = list(getattr(posting, name).all())
        for row in rows:
            row.pk, row.posting = None, fresh
        getattr(fresh, name).bulk_create(rows)
    _keep_findings(fresh)
    record(fresh, EventKind.CREATED, by=by)
    return fresh


def _keep_findings(posting: JobPosting) -> None:
    """What the checks find in a posting that comes with texts."""
    if flags := check_posting(posting).flags:
        posting.flags = flags
        posting.save(update_fields=["flags"])


@transaction.atomic
def submit(posting: JobPosting, *, by: User) -> list[dict]:
    """Sends a draft, or a mended posting, to review. Returns the flags that the automatic checks raised.

    Raises PostingIncomplete, IdentityCodeFound or TransitionNotAllowed.
    """
    posting = locked_for(posting, by)
    if missing := posting.missing:
        raise PostingIncomplete(missing)
    findings = check_posting(posting)
    if findings.identity_code_fields:
        raise IdentityCodeFound(findings.identity_code_fields)
    event = perform(
        posting,
        acts.SUBMIT,
        by=by,
        snapshot=snapshot_of(posting),
        submitted_at=timezone.now(),
        flags=findings.flags,
    )
    posting_submitted.send(JobPosting, posting=posting, event=event)
    return findings.flags


@transaction.atomic
def take_back(posting: JobPosting, *, by: User) -> JobPosting:
    """The organisation takes its posting back from the queue to go on writing."""
    posting = locked_for(posting, by)
    perform(posting, acts.TAKE_BACK, by=by, submitted_at=None)
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
    posting = locked_for(posting, by)
    event = perform(posting, acts.WITHDRAW, by=by, note=note, withdrawal_reason=reason)
    posting_closed.send(JobPosting, posting=posting, by=by)
    emails.send_posting_withdrawn(posting, event)
    return posting


@transaction.atomic
def fill(posting: JobPosting, *, by: User) -> JobPosting:
    """Somebody was found: the posting closes, and everybody who still waits gets one kind message."""
    posting = locked_for(posting, by)
    perform(posting, acts.FILL, by=by)
    posting_closed.send(JobPosting, posting=posting, by=by)
    return posting


@transaction.atomic
def reopen(posting: JobPosting, *, by: User) -> JobPosting:
    """The hire fell through: open again, within 30 days and with time left to apply. Raises TooLate."""
    posting = locked_for(posting, by)
    perform(posting, acts.REOPEN, by=by, confirmed_at=timezone.now())
    time_to_apply_changed.send(JobPosting, posting=posting)
    return posting


@transaction.atomic
def extend(posting: JobPosting, *, by: User, deadline: date) -> JobPosting:
    """A later deadline for an open posting, or for one that ran out within 90 days.

    Raises DeadlineNotValid, TooLate or TransitionNotAllowed.
    """
    posting = locked_for(posting, by)
    today = timezone.localdate()
    if deadline < today or deadline > today + LONGEST_WINDOW:
        raise DeadlineNotValid
    acts.EXTEND.require(posting)
    now = timezone.now()
    if posting.status == PostingStatus.PUBLISHED:
        posting.application_deadline, posting.confirmed_at = deadline, now
        posting.revision += 1
        posting.save(update_fields=["application_deadline", "confirmed_at", "revision", "saved_at"])
        posting_changed.send(JobPosting, posting=posting)
        record(posting, EventKind.EXTENDED, by=by, changed_fields=["application_deadline"])
    else:
        perform(posting, acts.EXTEND, by=by, application_deadline=deadline, confirmed_at=now)
    time_to_apply_changed.send(JobPosting, posting=posting)
    return posting


@transaction.atomic
def confirm(posting: JobPosting, *, by: User) -> JobPosting:
    """The organisation says that a posting is still open. One that was confirmed lately stays as it is."""
    posting = locked_for(posting, by)
    if posting.status == PostingStatus.PUBLISHED and not posting.is_stale:
        return posting
    acts.CONFIRM.require(posting)
    posting.confirmed_at = timezone.now()
    posting.save(update_fields=["confirmed_at"])
    record(posting, EventKind.CONFIRMED, by=by)
    return posting


@transaction.atomic
def expire(posting: JobPosting) -> JobPosting:
    """The clock closed the posting already; this writes it down."""
    posting = locked(posting)
    event = perform(posting, acts.EXPIRE, by=None)
    emails.send_posting_expired(posting, event)
    return posting


@transaction.atomic
def archive(posting: JobPosting) -> JobPosting:
    """Ninety days after closing the page is gone."""
    posting = locked(posting)
    perform(posting, acts.ARCHIVE, by=None, closed_at=posting.closed_at)
    return posting
