"""Mail about a posting's way through review and time. One function for each message."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import override

from jobs.answers import label_of
from portal.mail import outbox
from portal.models import OutgoingMail


def people_of(posting):
    """Who hears about a posting: its writer, while a member, else the organisation's administrators."""
    members = get_user_model().objects.filter(memberships__organisation=posting.organisation_id, is_active=True)
    writer = [user for user in members if user.pk == posting.created_by_id]
    return writer or list(members.filter(memberships__role="ADMIN").distinct().order_by("pk"))


def moderators():
    """Everybody who may review postings: the moderators' group."""
    can_review = Q(groups__permissions__codename="moderate_jobposting")
    return get_user_model().objects.filter(can_review, is_active=True).distinct().order_by("pk")


def _post(people, name, posting, event, **context):
    letters = []
    for person in people:
        with override(person.language):
            context["edit_url"] = settings.PUBLIC_URL + reverse("jobs:posting_edit", args=[posting.pk, "tarkista"])
            context["public_url"] = settings.PUBLIC_URL + posting.get_absolute_url()
            context["desk_url"] = settings.PUBLIC_URL + reverse("jobs:desk_postings")
        key = f"{name}-{event.pk}-{person.pk}"
        words = {"posting": posting, "event": event, **context}
        letters.append(outbox.Letter(person.email, f"jobs/emails/{name}.txt", words, person.language, key))
    outbox.post_each(letters)


def send_posting_submitted(posting, event):
    """To the moderators: something waits in the queue."""
    queue_url = settings.PUBLIC_URL + reverse("posting:inspect", args=[posting.pk])
    _post(moderators(), "posting_submitted", posting, event, queue_url=queue_url)


def send_posting_published(posting, event):
    _post(people_of(posting), "posting_published", posting, event)


def send_changes_requested(posting, event, requests):
    asked = [{"label": label_of(name) if name else "", "text": text} for name, text in requests.items()]
    _post(people_of(posting), "changes_requested", posting, event, requests=asked)


def send_posting_refused(posting, event):
    _post(people_of(posting), "posting_refused", posting, event)


def send_posting_recalled(posting, event):
    _post(people_of(posting), "posting_recalled", posting, event)


def send_posting_withdrawn(posting, event):
    """Only when the system withdrew it: who withdraws by hand knows."""
    if event.by is None:
        _post(people_of(posting), "posting_withdrawn", posting, event)


def send_posting_expired(posting, event):
    _post(people_of(posting), "posting_expired", posting, event)


def send_confirm_posting(posting):
    """Asks once for each time it was confirmed; returns whether anybody was asked now."""
    asked = 0
    for person in people_of(posting):
        with override(person.language):
            url = settings.PUBLIC_URL + reverse("jobs:desk_posting", args=[posting.pk])
        key = f"confirm_posting-{posting.pk}-{posting.confirmed_at:%Y%m%d}-{person.pk}"
        if OutgoingMail.objects.filter(key=key).exists():
            continue
        context = {"posting": posting, "posting_url": url}
        outbox.post(person.email, "jobs/emails/confirm_posting.txt", context, language=person.language, key=key)
        asked += 1
    return bool(asked)
