"""What the review does when something happens to a posting."""

from jobs.review.actions import settle_comments
from jobs.review.emails import send_posting_submitted


def take_in(sender, posting, event, **kwargs):
    """A posting was sent to review: what was asked before is settled, and the moderators are told."""
    settle_comments(posting)
    send_posting_submitted(posting, event)
