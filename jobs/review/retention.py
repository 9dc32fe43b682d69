"""How long the personal data of the review are kept: see docs/data-retention.md."""

from jobs.postings.retention import closed_long_ago
from jobs.review.models import ReviewComment
from portal.privacy import traces
from portal.privacy.retention import RetentionRule, delete_rows, register
from portal.privacy.traces import Tracer, look_through, page_of


def delete_comments(dry_run):
    return delete_rows(ReviewComment.objects.filter(posting__in=closed_long_ago()), dry_run)


def look_for(person):
    return look_through(ReviewComment.objects.all(), ["text"], person, page_of("posting:inspect"), "posting")


RULES = [
    RetentionRule(
        name="review: review comment",
        model="review.ReviewComment",
        fields=("*",),
        kept="365 days after the posting closed",
        delete=delete_comments,
    ),
]


def register_rules():
    for rule in RULES:
        register(rule)
    traces.register(Tracer("review", look_for))
