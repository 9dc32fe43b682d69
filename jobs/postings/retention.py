"""How long the personal data of postings are kept: see docs/data-retention.md."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from jobs.postings.models import JobPosting, PostingEvent
from portal.privacy.retention import RetentionRule, register

AFTER_CLOSING = timedelta(days=365)
CONTACT = ("contact_name", "contact_role", "contact_phone", "contact_email", "contact_hours")


def closed_long_ago():
    return JobPosting.objects.filter(closed_at__lt=timezone.now() - AFTER_CLOSING)


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


RULES = [
    RetentionRule(
        name="postings: contact of a posting",
        model="postings.JobPosting",
        fields=CONTACT,
        kept="while the posting is in use; emptied 365 days after it closed",
        delete=clear_contacts,
    ),
    RetentionRule(
        name="postings: posting",
        model="postings.JobPosting",
        fields=("*",),
        kept="as the record of a job; facts about work, not about a person; the writer's name goes with the account",
    ),
    RetentionRule(
        name="postings: event of a posting",
        model="postings.PostingEvent",
        fields=("*",),
        kept="with the posting; its note and the answers that the moderator saw are emptied 365 days after it closed",
        delete=clear_events,
    ),
]


def register_rules():
    for rule in RULES:
        register(rule)
