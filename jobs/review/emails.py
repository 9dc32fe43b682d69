"""Mail about a posting's way through review. One function for each message."""

from collections.abc import Mapping

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import User
from jobs.postings.emails import people_of, post_to
from jobs.postings.models import JobPosting, PostingEvent
from jobs.postings.snapshot import label_of


def moderators() -> QuerySet[User]:
    """Everybody who may review postings: the moderators' group."""
    can_review = Q(groups__permissions__codename="moderate_jobposting")
    return User.objects.filter(can_review, is_active=True).distinct().order_by("pk")


def send_posting_submitted(posting: JobPosting, event: PostingEvent) -> None:
    """To the moderators: something waits in the queue."""
    queue_url = settings.PUBLIC_URL + reverse("posting:inspect", args=[posting.pk])
    post_to(moderators(), "jobs/review/emails/posting_submitted.txt", posting, event, queue_url=queue_url)


def send_posting_published(posting: JobPosting, event: PostingEvent) -> None:
    post_to(people_of(posting), "jobs/review/emails/posting_published.txt", posting, event)


def send_changes_requested(posting: JobPosting, event: PostingEvent, requests: Mapping[str, str]) -> None:
    asked = [{"label": label_of(name) if name else "", "text": text} for name, text in requests.items()]
    post_to(people_of(posting), "jobs/review/emails/changes_requested.txt", posting, event, requests=asked)


def send_posting_refused(posting: JobPosting, event: PostingEvent) -> None:
    post_to(people_of(posting), "jobs/review/emails/posting_refused.txt", posting, event)


def send_posting_recalled(posting: JobPosting, event: PostingEvent) -> None:
    post_to(people_of(posting), "jobs/review/emails/posting_recalled.txt", posting, event)
