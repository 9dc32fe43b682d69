"""Mail about applications. To the applicant in the applicant's language; to the organisation without personal data."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from jobs.applications.models import Application, ApplicationEvent
from jobs.postings.enums import PostingStatus
from portal.mail import outbox


def send_application_received(application: Application, token: str) -> None:
    """A receipt with the link that shows the state. Only this mail ever holds the link's secret."""
    with override(application.language):
        link_url = settings.PUBLIC_URL + reverse("jobs:application_link", args=[token])
    _to_applicant(application, "application_received", f"application-received-{application.pk}", link_url=link_url)


def send_application_waiting(application: Application) -> None:
    """To everybody of the organisation, and to the posting's contact: a message waits. Nothing of what it says."""
    _to_organisation(application, "application_waiting", f"application-waiting-{application.pk}")


def send_application_withdrawn(application: Application, event: ApplicationEvent) -> None:
    """To the organisation, when it had already been in contact: a meeting may be agreed on."""
    _to_organisation(application, "application_withdrawn", f"application-withdrawn-{event.pk}")


def ready_answer(application: Application, reason: str) -> str:
    """Kind words for saying no, in the applicant's language, for the organisation to read through and change."""
    context = {"application": application, "posting": application.posting, "reason": reason}
    with override(application.language):
        return render_to_string("jobs/applications/emails/application_ready_answer.txt", context).strip()


def send_application_declined(application: Application, event: ApplicationEvent, text: str) -> None:
    """The organisation's own words, as they stood when it pressed the button."""
    _to_applicant(application, "application_declined", f"application-declined-{event.pk}", text=text)


def send_application_obsolete(application: Application, event: ApplicationEvent) -> None:
    """One kind message to those who were not chosen, or whose job was called off."""
    with override(application.language):
        jobs_url = settings.PUBLIC_URL + reverse("jobs:posting_list")
    key = f"application-obsolete-{event.pk}"
    is_filled = application.posting.status == PostingStatus.FILLED
    _to_applicant(application, "application_obsolete", key, is_filled=is_filled, jobs_url=jobs_url)


def _to_applicant(application: Application, name: str, key: str, **context: Any) -> None:
    if not application.email:
        return
    context |= {"application": application, "posting": application.posting}
    outbox.post(
        application.email, f"jobs/applications/emails/{name}.txt", context, language=application.language, key=key
    )


def _to_organisation(application: Application, name: str, key: str) -> None:
    posting = application.posting
    members = User.objects.filter(memberships__organisation=posting.organisation_id, is_active=True)
    receivers = {user.email.lower(): user.language for user in members.order_by("pk")}
    if posting.contact_email:
        receivers.setdefault(posting.contact_email.lower(), posting.language)
    letters = []
    for number, (email, language) in enumerate(receivers.items()):
        with override(language):
            first = application.joined_to_id or application.pk
            desk_url = settings.PUBLIC_URL + reverse("jobs:application_detail", args=[first])
        context = {"application": application, "posting": posting, "desk_url": desk_url}
        letters.append(
            outbox.Letter(email, f"jobs/applications/emails/{name}.txt", context, language, f"{key}-{number}")
        )
    outbox.post_each(letters)
