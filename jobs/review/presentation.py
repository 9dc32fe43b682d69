"""What the moderator's page shows of a posting."""

from dataclasses import dataclass
from typing import Any

from jobs.postings.enums import Flag
from jobs.postings.snapshot import changed_since, shown_answers
from jobs.review import acts
from jobs.review.forms import ChangeRequestForm, PostingReasonForm
from organisations.enums import OrganisationStatus


@dataclass(frozen=True)
class Review:
    """One posting under review: its answers, what the checks found, what changed, and what can be decided."""

    posting: Any
    rows: list[dict]
    flags: list[dict]
    seen: Any
    changes: list[dict]
    form: ChangeRequestForm
    reason_form: PostingReasonForm
    events: Any
    comments: Any
    possible: set[str]
    is_verified: bool

    @classmethod
    def of(cls, posting, *, request_form=None, reason_form=None):
        """`request_form` and `reason_form` are forms that were refused, to be shown with their mistakes."""
        seen = posting.last_review()
        changes = changed_since(seen.snapshot if seen else None, posting)
        form = request_form or ChangeRequestForm(posting=posting)
        return cls(
            posting=posting,
            rows=form.rows(shown_answers(posting), changes, posting.flags),
            flags=[{**flag, "title": Flag(flag["flag"]).label} for flag in posting.flags],
            seen=seen,
            changes=changes,
            form=form,
            reason_form=reason_form or PostingReasonForm(initial={"revision": posting.revision}),
            events=posting.events.select_related("by"),
            comments=posting.comments.select_related("author"),
            possible=acts.possible(posting),
            is_verified=posting.organisation.status == OrganisationStatus.VERIFIED,
        )
