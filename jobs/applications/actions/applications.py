"""What an applicant, or the organisation, does with an application."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from jobs.applications import emails
from jobs.applications.actions.errors import AlreadyApplied, PostingClosed, TooManyTries
from jobs.applications.enums import ApplicationStatus
from jobs.applications.models import (
    KEEP_FOR,
    Application,
    ApplicationEvent,
    ApplicationNote,
    ApplicationQuerySet,
)
from jobs.postings.actions.transitions import locked as locked_posting
from jobs.postings.enums import CLOSED
from jobs.postings.models import JobPosting
from organisations.permissions import require
from organisations.roles import Verb
from portal import states
from portal.furniture.limits import Limit, allow, is_spent
from portal.phone_numbers import phone_key
from portal.states import TransitionNotAllowed

# A library or a workshop sends many from one network; a machine sends more.
SENT = Limit("applications", tries=30, within=timedelta(minutes=15))


def apply(
    posting: JobPosting,
    *,
    form_key: Any,
    answers: Mapping[str, Any],
    language: str,
    sender: str | None = None,
    own: Collection[int] = (),
) -> Application:
    """Sends an application; the same form sent again gives the same one and no second mail.

    `answers` holds the model's fields by name, `sender` names the network that it comes from, and `own` the
    applications that this browser has sent or opened: who sent one of the same person is told so, and anybody else's
    is joined to it. Raises PostingClosed, AlreadyApplied or TooManyTries.
    """
    if earlier := Application.objects.filter(form_key=form_key).first():
        return earlier
    if sender and is_spent(SENT, sender):
        raise TooManyTries
    try:
        return _apply(_written(posting, form_key, answers, language), sender, own)
    except IntegrityError as error:
        # Two requests at once: the database let one in. Either it was this form, or the same person with another.
        if twin := Application.objects.filter(form_key=form_key).first():
            return twin
        raise AlreadyApplied from error


def _written(posting: JobPosting, form_key: Any, answers: Mapping[str, Any], language: str) -> Application:
    application = Application(posting=posting, form_key=form_key, language=language, **answers)
    application.email = application.email.lower()
    application.phone_key = phone_key(application.phone)
    return application


@transaction.atomic
def _apply(application: Application, sender: str | None, own: Collection[int]) -> Application:
    application.posting = posting = locked_posting(application.posting)
    if not posting.is_open:
        raise PostingClosed
    application.delete_on = window_end(posting) + KEEP_FOR
    if _of_same_person(application).filter(pk__in=own).exists():
        raise AlreadyApplied
    application.joined_to = _first_of_same_person(application)
    token = application.renew_token()
    application.save(force_insert=True)
    ApplicationEvent.objects.create(application=application, by=None, to_status=application.status)
    emails.send_application_received(application, token)
    emails.send_application_waiting(application)
    if sender and not allow(SENT, sender):
        raise TooManyTries
    return application


def _of_same_person(application: Application) -> ApplicationQuerySet:
    """The others to the same posting with the same number or address, joined ones too."""
    others = Application.objects.for_posting(application.posting).exclude(form_key=application.form_key)
    return others.from_same_person(phone=application.phone_key, email=application.email).order_by("pk")


def _first_of_same_person(application: Application) -> Application | None:
    """The one that the organisation sees, and that this one belongs to."""
    others = _of_same_person(application).exclude(joined_to__status=ApplicationStatus.WITHDRAWN)
    same = others.select_related("joined_to").first()
    return same and (same.joined_to or same)


@transaction.atomic
def move(application: Application, to: str, *, by: User, seen: Any) -> Application:
    """The organisation takes an application to the next state. `seen` is the state its page showed.

    Raises TransitionNotAllowed when somebody was faster or the state does not lead there.
    """
    application = locked_for(application, by)
    if application.status != seen or to not in application.next_statuses:
        raise TransitionNotAllowed(application, to)
    _answer(application, to, by=by)
    return application


@transaction.atomic
def decline(application: Application, *, by: User, seen: Any, reason: str, text: str = "") -> Application:
    """Says no with a reason. `text` goes to the applicant if there is an address, and is kept nowhere else."""
    application = locked_for(application, by)
    if application.status != seen or not application.allows(ApplicationStatus.DECLINED):
        raise TransitionNotAllowed(application, ApplicationStatus.DECLINED)
    event = _answer(application, ApplicationStatus.DECLINED, by=by, decline_reason=reason)
    if text:
        emails.send_application_declined(application, event, text)
    return application


@transaction.atomic
def withdraw(application: Application) -> Application:
    """The applicant takes the application back. A second time changes nothing.

    What was sent once more from elsewhere may be somebody else's, and stays.
    """
    application = locked(application)
    if application.status == ApplicationStatus.WITHDRAWN:
        return application
    if not application.allows(ApplicationStatus.WITHDRAWN):
        raise TransitionNotAllowed(application, ApplicationStatus.WITHDRAWN)
    had_been_answered = application.status != ApplicationStatus.NEW
    event = _move(application, ApplicationStatus.WITHDRAWN, by=None)
    if had_been_answered:
        emails.send_application_withdrawn(application, event)
    _set_free(application)
    return application


def _set_free(application: Application) -> None:
    """Those joined to an application that was taken back: the next one of the same person is the first now."""
    waiting = application.joined.exclude(status=ApplicationStatus.WITHDRAWN)
    for joined in waiting.select_for_update().order_by("pk"):
        joined.joined_to = _first_of_same_person(joined)
        joined.save(update_fields=["joined_to"])


@transaction.atomic
def add_note(application: Application, *, by: User, text: str) -> ApplicationNote:
    """The organisation's own note, seen by its members alone. A double click writes it once."""
    last = locked_for(application, by).notes.order_by("created_at", "pk").last()
    if last and (last.author_id, last.text) == (by.pk, text):
        return last
    return ApplicationNote.objects.create(application=application, author=by, text=text)


@transaction.atomic
def make_obsolete_for(posting: JobPosting, *, by: User | None) -> int:
    """The posting closed for good: everybody who still waits gets one kind message. Returns how many there were."""
    rows = Application.objects.for_posting(posting).waiting().select_for_update(of=("self",))
    waiting = list(rows.select_related("posting__organisation").order_by("pk"))
    for application in waiting:
        event = _move(application, ApplicationStatus.OBSOLETE, by=by)
        emails.send_application_obsolete(application, event)
    keep_until_window_ends(posting)
    return sum(application.joined_to_id is None for application in waiting)


def keep_until_window_ends(posting: JobPosting) -> None:
    """The date of deletion follows the posting: call it whenever the time to apply gets longer or shorter."""
    Application.objects.for_posting(posting).update(delete_on=window_end(posting) + KEEP_FOR)


def window_end(posting: JobPosting) -> date:
    """The last day on which anyone could apply."""
    if posting.status in CLOSED and posting.closed_at:
        closed = timezone.localdate(posting.closed_at)
        return min(closed, posting.application_deadline or closed)
    return posting.application_deadline or timezone.localdate()


def locked(application: Application) -> Application:
    """The row as it is now, held until the transaction ends."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("posting__organisation")
    return rows.get(pk=application.pk)


def locked_for(application: Application, by: User) -> Application:
    """The locked row, for somebody who may answer it at this moment. Raises NotAllowed."""
    application = locked(application)
    require(by, Verb.ANSWER_APPLICATIONS, application.posting.organisation)
    return application


def _answer(application: Application, to: str, *, by: User, **fields: Any) -> Any:
    """The organisation's answer is one for all that were sent: each takes it, if its own state leads there."""
    for joined in application.joined.select_for_update().order_by("pk"):
        if joined.allows(to):
            _move(joined, to, by=by, **fields)
    return _move(application, to, by=by, **fields)


def _move(application: Application, to: str, *, by: User | None, **fields: Any) -> Any:
    return states.move(application, to, by=by, changed_at=timezone.now(), **fields)
