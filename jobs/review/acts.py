"""What moderators, and organisations in the talk with them, can do with a posting."""

from jobs.postings.enums import PostingStatus
from jobs.postings.models import JobPosting
from portal.states import Act

IN_REVIEW = frozenset({PostingStatus.SUBMITTED})

PUBLISH = Act("publish", IN_REVIEW, to=PostingStatus.PUBLISHED)
REQUEST_CHANGES = Act("request_changes", IN_REVIEW, to=PostingStatus.CHANGES_REQUESTED)
REFUSE = Act("refuse", IN_REVIEW, to=PostingStatus.WITHDRAWN)
RECALL = Act("recall", frozenset({PostingStatus.PUBLISHED}), to=PostingStatus.SUBMITTED)
ACCEPT_EDIT = Act(
    "accept_edit", frozenset({PostingStatus.PUBLISHED}), in_time=lambda posting: posting.is_edited_after_approval
)
ANSWER = Act("answer", frozenset({PostingStatus.CHANGES_REQUESTED}))
# What a moderator may decide on the review's page.
DECISIONS = [PUBLISH, REQUEST_CHANGES, REFUSE, RECALL, ACCEPT_EDIT]


def possible(posting: JobPosting) -> set[str]:
    """The names of what a moderator can decide just now."""
    return {act.name for act in DECISIONS if act.is_possible(posting)}
