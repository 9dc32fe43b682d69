"""What time does to postings. Each may run twice in a row: the second time finds nothing."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from jobs.postings import emails
from jobs.postings.actions.postings import archive, expire, withdraw
from jobs.postings.enums import WithdrawalReason
from jobs.postings.models import JobPosting
from portal.states import TransitionNotAllowed

WITHDRAW_AFTER = timedelta(days=90)


def expire_postings(*, dry_run: bool = False) -> int:
    """Writes down what the clock has closed, and archives what closed 90 days ago. Returns the number of both."""
    ran_out, over = JobPosting.objects.ran_out(), JobPosting.objects.ready_for_archive()
    if dry_run:
        return ran_out.count() + over.count()
    return _each(ran_out, expire) + _each(over, archive)


def remind_stale(*, dry_run: bool = False) -> int:
    """Asks once whether a posting not confirmed for 60 days is still open; at 90 days the system withdraws it."""
    stale = JobPosting.objects.stale()
    limit = timezone.now() - WITHDRAW_AFTER
    if dry_run:
        return stale.count()
    give_up = partial(withdraw, by=None, reason=WithdrawalReason.NOT_CONFIRMED)
    withdrawn = _each(stale.filter(confirmed_at__lt=limit), give_up)
    asked = sum(emails.send_confirm_posting(posting) for posting in stale.filter(confirmed_at__gte=limit))
    return withdrawn + asked


def _each(postings: QuerySet[JobPosting], change: Callable[[JobPosting], Any]) -> int:
    """Changes one after the other, each in a transaction of its own; what somebody changed meanwhile is left."""
    done = 0
    for posting in postings.order_by("pk"):
        try:
            change(posting)
        except TransitionNotAllowed:
            continue
        done += 1
    return done
