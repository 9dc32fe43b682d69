"""How long the personal data of postings and applications are kept: see docs/data-retention.md."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from jobs.models import Application, JobPosting, PostingEvent, ReviewComment
from portal.privacy.retention import RetentionRule, delete_rows, register

AFTER_CLOSING = timedelta(days=365)
CONTACT = ("contact_name", "contact_role", "contact_phone", "contact_email", "contact_hours")


def closed_long_ago():
    return JobPosting.objects.filter(closed_at__lt=timezone.now() - AFTER_CLOSING)


def delete_applications(dry_run):
    """The events and the notes go with them."""
    return delete_rows(Application.objects.expired(), dry_run)


def clear_contacts(dry_run):
    written = Q()
    for name in CONTACT:
        written |= ~Q(**{name: ""})
    rows = closed_long_ago().filter(written)
    return rows.count() if dry_run else rows.update(**dict.fromkeys(CONTACT, ""))


def clear_events(dry_run):
    """A snapshot holds the contact too, and a note may name somebody."""
    rows = PostingEvent.objects.filter(posting__in=closed_long_ago()).exclude(snapshot={}, note="")
    return rows.count() if dry_run else rows.update(snapshot={}, note="")


def delete_comments(dry_run):
    return delete_rows(ReviewComment.objects.filter(posting__in=closed_long_ago()), dry_run)


RULES = [
    RetentionRule(
        name="jobs: application",
        model="jobs.Application",
        fields=("*",),
        kept="365 days after the last day on which anyone could apply: the deadline, or the day when the posting "
        "closed before it; the date stands on the application and moves with the posting",
        delete=delete_applications,
    ),
    RetentionRule(
        name="jobs: event of an application",
        model="jobs.ApplicationEvent",
        fields=("*",),
        kept="with the application",
    ),
    RetentionRule(
        name="jobs: note on an application",
        model="jobs.ApplicationNote",
        fields=("*",),
        kept="with the application",
    ),
    RetentionRule(
        name="jobs: contact of a posting",
        model="jobs.JobPosting",
        fields=CONTACT,
        kept="while the posting is in use; emptied 365 days after it closed",
        delete=clear_contacts,
    ),
    RetentionRule(
        name="jobs: posting",
        model="jobs.JobPosting",
        fields=("*",),
        kept="as the record of a job; facts about work, not about a person; the writer's name goes with the account",
    ),
    RetentionRule(
        name="jobs: event of a posting",
        model="jobs.PostingEvent",
        fields=("*",),
        kept="with the posting; its note and the answers that the moderator saw are emptied 365 days after it closed",
        delete=clear_events,
    ),
    RetentionRule(
        name="jobs: review comment",
        model="jobs.ReviewComment",
        fields=("*",),
        kept="365 days after the posting closed",
        delete=delete_comments,
    ),
]


def register_rules():
    for rule in RULES:
        register(rule)
