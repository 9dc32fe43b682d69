"""How long the personal data of postings are kept: see docs/data-retention.md."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from jobs.postings.models import JobPosting, PostingEvent
from portal.privacy import traces
from portal.privacy.retention import RetentionRule, register
from portal.privacy.traces import Tracer, look_through, page_of

AFTER_CLOSING = timedelta(days=365)
TEXTS = (models.CharField, models.TextField)
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


def erase_by_contact(person):
    """The person as the contact of postings that are over, there and in what moderators saw of them."""
    rows = JobPosting.objects.exclude(closed_at=None).order_by("pk")
    mine = [row["pk"] for row in rows.values("pk", *CONTACT) if _is_contact(person, row)]
    count = rows.filter(pk__in=mine).update(**dict.fromkeys(CONTACT, ""))
    for event in PostingEvent.objects.exclude(posting__closed_at=None).exclude(snapshot={}).iterator():
        if _is_contact(person, event.snapshot):
            event.snapshot |= dict.fromkeys(CONTACT, "")
            event.save(update_fields=["snapshot"])
            count += 1
    return count


def _is_contact(person, row):
    name, phone, email = (row.get(field) or "" for field in ("contact_name", "contact_phone", "contact_email"))
    return person.has(name=name, email=email, phone=phone)


def look_for(person):
    """Where a posting, or what was noted about it, names the person."""
    posting = page_of("posting:inspect")
    texts = [field.name for field in JobPosting._meta.local_fields if isinstance(field, TEXTS) and not field.choices]
    yield from look_through(JobPosting.objects.all(), texts, person, posting)
    yield from look_through(PostingEvent.objects.all(), ["note", "snapshot"], person, posting, "posting")


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
    traces.register(Tracer("contacts of postings", look_for, erase_by_contact))
