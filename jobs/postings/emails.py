"""Mail about what time, or its organisation, does with a posting. One function for each message."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from jobs.postings.models import JobPosting, PostingEvent
from portal.mail import outbox
from portal.models import OutgoingMail


def people_of(posting: JobPosting) -> list[User]:
    """Who hears about a posting: its writer, while a member, else the organisation's administrators."""
    members = User.objects.filter(memberships__organisation=posting.organisation_id, is_active=True)
    writer = [user for user in members if user.pk == posting.created_by_id]
    return writer or list(members.filter(memberships__role="ADMIN").distinct().order_by("pk"))


def post_to(people: Iterable[User], template: str, posting: JobPosting, event: PostingEvent, **context: Any) -> None:
    """Queues one message about a posting to each of these people, in their own languages."""
    letters, name = [], template.rpartition("/")[2].removesuffix(".txt")
    for person in people:
        with override(person.language):
            context["edit_url"] = settings.PUBLIC_URL + reverse("jobs:posting_edit", args=[posting.pk, "tarkista"])
            context["public_url"] = settings.PUBLIC_URL + posting.get_absolute_url()
            context["desk_url"] = settings.PUBLIC_URL + reverse("jobs:desk_postings")
        key = f"{name}-{event.pk}-{person.pk}"
        words = {"posting": posting, "event": event, **context}
        letters.append(outbox.Letter(person.email, template, words, person.language, key))
    outbox.post_each(letters)


def send_posting_withdrawn(posting: JobPosting, event: PostingEvent) -> None:
    """Only when the system withdrew it: who withdraws by hand knows."""
    if event.by is None:
        post_to(people_of(posting), "jobs/postings/emails/posting_withdrawn.txt", posting, event)


def send_posting_expired(posting: JobPosting, event: PostingEvent) -> None:
    post_to(people_of(posting), "jobs/postings/emails/posting_expired.txt", posting, event)


def send_confirm_posting(posting: JobPosting) -> bool:
    """Asks once for each time it was confirmed; returns whether anybody was asked now."""
    asked = 0
    for person in people_of(posting):
        with override(person.language):
            url = settings.PUBLIC_URL + reverse("jobs:desk_posting", args=[posting.pk])
        key = f"confirm_posting-{posting.pk}-{posting.confirmed_at:%Y%m%d}-{person.pk}"
        if OutgoingMail.objects.filter(key=key).exists():
            continue
        context = {"posting": posting, "posting_url": url}
        outbox.post(
            person.email, "jobs/postings/emails/confirm_posting.txt", context, language=person.language, key=key
        )
        asked += 1
    return bool(asked)
