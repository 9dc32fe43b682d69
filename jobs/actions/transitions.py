"""The one place where a posting's state is written."""

from django.utils import timezone

from jobs.actions.errors import TransitionNotAllowed
from jobs.documents import index
from jobs.enums import CLOSED, EventKind, PostingStatus
from jobs.models import JobPosting, PostingEvent


def locked(posting: JobPosting) -> JobPosting:
    """The row as it is now, held until the transaction ends."""
    rows = JobPosting.objects.select_for_update(of=("self",)).select_related(
        "organisation", "municipality", "task_field"
    )
    return rows.prefetch_related("tasks", "languages", "demands").get(pk=posting.pk)


def move(posting, to, *, by, note="", snapshot=None, **fields):
    """Takes a locked posting to another state with the given fields, and writes the event.

    Raises TransitionNotAllowed when the state it is in does not lead there.
    """
    if not posting.allows(to):
        raise TransitionNotAllowed(posting, to)
    before, posting.status = posting.status, to
    fields.setdefault("closed_at", timezone.now() if to in CLOSED else None)
    for name, value in fields.items():
        setattr(posting, name, value)
    posting.revision += 1
    posting.save(update_fields=["status", "revision", "saved_at", *fields])
    if PostingStatus.PUBLISHED in {before, to}:
        index(posting)
    return PostingEvent.objects.create(
        posting=posting, by=by, from_status=before, to_status=to, note=note, snapshot=snapshot or {}
    )


def record(posting, kind, *, by, note="", changed_fields=()):
    """An event that leaves the state as it is."""
    return PostingEvent.objects.create(
        posting=posting,
        kind=EventKind(kind),
        by=by,
        from_status=posting.status,
        to_status=posting.status,
        note=note,
        changed_fields=list(changed_fields),
    )
