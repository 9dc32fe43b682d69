"""Holding a posting's row, taking it to another state, and writing down what leaves the state as it is."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from accounts.models import User
from jobs.postings.enums import CLOSED, EventKind, PostingStatus
from jobs.postings.models import JobPosting, PostingEvent
from jobs.postings.signals import posting_changed
from organisations.permissions import require
from organisations.roles import Verb
from portal import states


def locked(posting: JobPosting) -> JobPosting:
    """The row as it is now, held until the transaction ends."""
    rows = JobPosting.objects.select_for_update(of=("self",)).select_related(
        "organisation", "municipality", "task_field"
    )
    return rows.prefetch_related("tasks", "languages", "demands").get(pk=posting.pk)


def locked_for(posting: JobPosting, by: User | None) -> JobPosting:
    """The locked row, for somebody who may write it at this moment; the clock, which is nobody, may.

    Raises NotAllowed: the role, or the organisation's state, may have changed since the page was opened.
    """
    posting = locked(posting)
    if by is not None:
        require(by, Verb.WRITE_POSTINGS, posting.organisation)
    return posting


def perform(
    posting: JobPosting,
    act: states.Act,
    *,
    by: User | None,
    note: str = "",
    snapshot: Any = None,
    **fields: Any,
) -> Any:
    """Does an act that takes a locked posting to another state with the given fields, and returns the event.

    `snapshot` is what a moderator saw. Raises TransitionNotAllowed or TooLate where the act allows no such thing.
    """
    now, before = timezone.now(), posting.status
    fields.setdefault("closed_at", now if act.to in CLOSED else None)
    fields |= {"revision": posting.revision + 1, "saved_at": now}
    event = states.perform(posting, act, by=by, note=note, event={"snapshot": snapshot or {}}, **fields)
    if PostingStatus.PUBLISHED in {before, act.to}:
        posting_changed.send(JobPosting, posting=posting)
    return event


def record(
    posting: JobPosting,
    kind: str,
    *,
    by: User | None,
    note: str = "",
    changed_fields: Sequence[str] = (),
    snapshot: Any = None,
) -> Any:
    """An event that leaves the state as it is."""
    return PostingEvent.objects.create(
        posting=posting,
        kind=EventKind(kind),
        by=by,
        from_status=posting.status,
        to_status=posting.status,
        note=note,
        changed_fields=list(changed_fields),
        snapshot=snapshot or {},
    )
