"""Mail about organisations, each to the administrators in their own language."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from organisations.enums import OrganisationStatus
from organisations.models import (
    DetailsChange,
    DetailsChangeEvent,
    Invitation,
    Membership,
    Organisation,
    OrganisationEvent,
)
from portal.mail import outbox


def send_organisation_registered(organisation: Organisation) -> None:
    _to_admins(organisation, "registered", {}, key=f"organisation-registered-{organisation.pk}")


def send_organisation_verified(organisation: Organisation, event: OrganisationEvent) -> None:
    _to_admins(organisation, "verified", {}, key=f"organisation-event-{event.pk}")


def send_organisation_paused(organisation: Organisation, event: OrganisationEvent) -> None:
    _to_admins(organisation, "paused", {"reason": event.note}, key=f"organisation-event-{event.pk}")


def send_organisation_closed(organisation: Organisation, event: OrganisationEvent) -> None:
    context = {"reason": event.note, "was_pending": event.from_status == OrganisationStatus.PENDING}
    _to_admins(organisation, "closed", context, key=f"organisation-event-{event.pk}")


def send_organisation_reopened(organisation: Organisation, event: OrganisationEvent) -> None:
    _to_admins(organisation, "reopened", {}, key=f"organisation-event-{event.pk}")


def send_change_accepted(change: DetailsChange, event: DetailsChangeEvent) -> None:
    _of_change("change_accepted", change, event)


def send_change_refused(change: DetailsChange, event: DetailsChangeEvent) -> None:
    _of_change("change_refused", change, event)


def _of_change(name: str, change: DetailsChange, event: DetailsChangeEvent) -> None:
    context, path = {"change": change, "reason": event.note}, "organisations:organisation_edit"
    _to_admins(change.organisation, name, context, key=f"details-change-event-{event.pk}", path=path)


def send_access_requested(organisation: Organisation, asker: User, message: str) -> None:
    """At most one a day from the same person."""
    who = f"{asker.name} ({asker.email})" if asker.name else asker.email
    context = {"who": who, "message": message}
    key = f"access-{organisation.pk}-{asker.pk}-{timezone.localdate():%Y%m%d}"
    _to_admins(organisation, "access_requested", context, key=key, path="organisations:members")


def send_invitation(invitation: Invitation, token: str) -> None:
    """In the language of the invited person's account, or of the one who invites."""
    invited = User.objects.filter(email__iexact=invitation.email).first()
    speaker = invited or invitation.invited_by
    language = speaker.language if speaker else settings.LANGUAGE_CODE
    with translation.override(language):
        link = settings.PUBLIC_URL + reverse("organisations:invitation_accept", args=[token])
        context = {"invitation": invitation, "role": invitation.get_role_display(), "link": link}
    context["organisation"] = invitation.organisation
    outbox.post(invitation.email, "organisations/emails/invitation.txt", context, language=language)


def _to_admins(
    organisation: Organisation, name: str, context: Mapping[str, Any], *, key: str, path: str = "organisations:desk"
) -> None:
    for membership in (
        Membership.objects.admins().filter(organisation=organisation).select_related("user").order_by("pk")
    ):
        language = membership.user.language
        with translation.override(language):
            link = settings.PUBLIC_URL + reverse(path, args=[organisation.pk] if path != "organisations:desk" else [])
        outbox.post(
            membership.user.email,
            f"organisations/emails/{name}.txt",
            {**context, "organisation": organisation, "link": link},
            language=language,
            key=f"{key}-{membership.user_id}",
        )
