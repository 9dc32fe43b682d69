"""A moderator's words about each of the canary's drafts, with a mark."""

from jobs.review.models import ReviewComment
from portal.site.canary import ADMINS, MEMBERS, REVIEWERS, SIDES


def forget():
    """The comments go with their postings."""


def write(report):
    for side in SIDES:
        ReviewComment.objects.create(
            posting=report.rows[side, "draft posting"],
            field="description",
            is_from_moderator=True,
            text=report.mark(side, "review_comment", ReviewComment, "text", MEMBERS, ADMINS, REVIEWERS),
        )
