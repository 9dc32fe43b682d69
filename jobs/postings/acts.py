"""What can be done with a posting, from which states and for how long: pages and actions ask this one table."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from jobs.postings.enums import CLOSED, OPEN_FOR_EDITING, PostingStatus
from portal.states import Act

REOPEN_WITHIN = timedelta(days=30)
EXTEND_WITHIN = timedelta(days=90)


def is_reopened_in_time(posting: Any) -> bool:
    """The hire fell through within 30 days, and there is time left to apply."""
    is_recent = posting.closed_at is not None and posting.closed_at >= timezone.now() - REOPEN_WITHIN
    return is_recent and posting.days_left >= 0


def is_extended_in_time(posting: Any) -> bool:
    """The time to apply ended at most 90 days ago."""
    deadline = posting.application_deadline
    return deadline is None or deadline >= timezone.localdate() - EXTEND_WITHIN


EDIT = Act("edit", frozenset(OPEN_FOR_EDITING))
SUBMIT = Act("submit", frozenset({PostingStatus.DRAFT, PostingStatus.CHANGES_REQUESTED}), to=PostingStatus.SUBMITTED)
TAKE_BACK = Act("take_back", frozenset({PostingStatus.SUBMITTED}), to=PostingStatus.DRAFT)
WITHDRAW = Act(
    "withdraw",
    frozenset({PostingStatus.DRAFT, PostingStatus.SUBMITTED, PostingStatus.CHANGES_REQUESTED, PostingStatus.PUBLISHED}),
    to=PostingStatus.WITHDRAWN,
)
FILL = Act("fill", frozenset({PostingStatus.PUBLISHED}), to=PostingStatus.FILLED)
REOPEN = Act("reopen", frozenset({PostingStatus.FILLED}), to=PostingStatus.PUBLISHED, in_time=is_reopened_in_time)
EXTEND = Act(
    "extend",
    frozenset({PostingStatus.PUBLISHED, PostingStatus.EXPIRED}),
    to=PostingStatus.PUBLISHED,
    in_time=is_extended_in_time,
)
# Asked for once it was not confirmed for 60 days.
CONFIRM = Act("confirm", frozenset({PostingStatus.PUBLISHED}), in_time=lambda posting: posting.is_stale)
# What the clock does.
EXPIRE = Act("expire", frozenset({PostingStatus.PUBLISHED}), to=PostingStatus.EXPIRED)
ARCHIVE = Act("archive", frozenset(CLOSED), to=PostingStatus.ARCHIVED)
# What its organisation may do on the desk.
ACTS = [EDIT, SUBMIT, TAKE_BACK, WITHDRAW, FILL, REOPEN, EXTEND, CONFIRM]


def possible(posting: Any) -> set[str]:
    """The names of what can be done with a posting just now."""
    return {act.name for act in ACTS if act.is_possible(posting)}
