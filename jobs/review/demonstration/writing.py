"""The talk between moderators and associations about the demonstration jobs."""

from jobs.postings.demonstration.writing import tables
from jobs.postings.models import JobPosting
from jobs.review.models import ReviewComment
from portal.site import people
from portal.site.dates import moment_ago


def write():
    """Makes the comments on jobs that have none."""
    moderator = people.moderator()
    for table in tables():
        if "talk" in table:
            posting = JobPosting.objects.get(title=table["title"], is_demonstration=True)
            if not posting.comments.exists():
                _write_talk(posting, table["talk"], moderator)


def _write_talk(posting, talk, moderator):
    for comment in talk:
        is_moderators = comment.get("by") == "moderator"
        at = moment_ago(comment["days"], hour=11 if is_moderators else 13)
        ReviewComment.objects.create(
            posting=posting,
            field=comment.get("field", ""),
            author=moderator if is_moderators else posting.created_by,
            is_from_moderator=is_moderators,
            text=comment["text"],
            created_at=at,
            resolved_at=at if comment.get("settled") else None,
        )
