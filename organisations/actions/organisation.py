"""An organisation's way from registration to closing. Every step leaves an event and tells the administrators."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.utils.file import hash_filelike

from accounts.models import User
from organisations import emails
from organisations.actions import change as changes
from organisations.actions.announcing import announce
from organisations.enums import MembershipRole, OrganisationStatus
from organisations.models import ActivityField, Membership, Organisation, OrganisationEvent
from organisations.models.change import GUARDED
from organisations.permissions import require
from organisations.roles import Verb
from portal.backends.files import files_with_rows
from portal.furniture.edits import Difference, Version, require_unchanged
from portal.furniture.limits import Limit, allow
from portal.states import Act, perform

# What the organisation itself tells; the state and the capabilities are staff's.
DETAILS = [
    "kind",
    "name",
    "business_id",
    "association_register_no",
    "municipality",
    "contact_name",
    "contact_email",
    "contact_phone",
    "website",
    "street_address",
    "postal_code",
    "post_office",
    "description",
    "easy_description",
]
ANSWERED = [*DETAILS, "activity_fields"]
# What the page of the details shows.
SEEN = [*ANSWERED, "logo"]


# What staff may decide, from which states: the pages that offer an act and the functions that take it ask the same.
ACTS = {
    act.name: act
    for act in (
        Act("verify", frozenset({OrganisationStatus.PENDING}), OrganisationStatus.VERIFIED),
        Act("reopen", frozenset({OrganisationStatus.PAUSED}), OrganisationStatus.VERIFIED),
        Act("pause", frozenset({OrganisationStatus.VERIFIED}), OrganisationStatus.PAUSED),
        Act(
            "close",
            frozenset({OrganisationStatus.PENDING, OrganisationStatus.VERIFIED, OrganisationStatus.PAUSED}),
            OrganisationStatus.CLOSED,
        ),
    )
}


# Somebody who helps associations brings a few; more than these are a machine's, or are asked for by the help line.
MOST_A_DAY = 3
MOST_UNVERIFIED = 5
ASKED = Limit("wishes to join", tries=5, within=timedelta(days=1))


class TooManyOrganisations(Exception):
    """The person has registered so many that more would keep staff from the others."""


class AlreadyRegistered(Exception):
    """Another organisation has the same business ID or association register number."""

    def __init__(self, organisation: Organisation | None = None) -> None:
        super().__init__()
        self.organisation = organisation


def registered_with(business_id: str, association_register_no: str) -> Organisation | None:
    """The organisation that has either identifier, or None."""
    same = Q()
    if business_id:
        same |= Q(business_id=business_id)
    if association_register_no:
        same |= Q(association_register_no=association_register_no)
    return Organisation.objects.filter(same).order_by("pk").first() if same else None


def register(
    organisation: Organisation, activity_fields: Iterable[ActivityField], logo: File | None = None, *, by: User
) -> Organisation:
    """Saves a new organisation, makes its registrar the administrator, and leaves it to be verified.

    Raises NotStored where there is no room for the logo; nothing is saved then."""
    try:
        with files_with_rows():
            _refuse_second_click(organisation, by)
            _refuse_too_many(by)
            organisation.save()
            organisation.activity_fields.set(activity_fields)
            if logo:
                _put_logo(organisation, logo, by)
            Membership.objects.create(user=by, organisation=organisation, role=MembershipRole.ADMIN)
            announce(organisation)
            organisation.events.create(by=by, to_status=organisation.status)
            emails.send_organisation_registered(organisation)
    except IntegrityError as error:
        _refuse_twin(organisation, error)
    return organisation


def _refuse_second_click(organisation: Organisation, by: User) -> None:
    """An organisation without numbers has no constraint against being registered twice by an impatient finger."""
    User.objects.select_for_update().get(pk=by.pk)
    mine = Organisation.objects.where_may(by, Verb.EDIT_DETAILS).pending().filter(name=organisation.name)
    if registered := mine.order_by("pk").first():
        raise AlreadyRegistered(registered)


def _refuse_too_many(by: User) -> None:
    """Counted by who registered, so that neither leaving nor handing over makes room. The person's row is held."""
    mine = OrganisationEvent.objects.filter(by=by, from_status="", to_status=OrganisationStatus.PENDING)
    today = mine.filter(at__gt=timezone.now() - timedelta(days=1))
    if today.count() >= MOST_A_DAY or mine.filter(organisation__in=Organisation.objects.pending()).count() >= (
        MOST_UNVERIFIED
    ):
        raise TooManyOrganisations


def update_details(
    organisation: Organisation,
    activity_fields: Iterable[ActivityField],
    *,
    logo: File | None = None,
    removes_logo: bool = False,
    seen: str,
    by: User,
) -> None:
    """Saves what an administrator changed, unless somebody else saved something since `seen`, the fingerprint.

    What staff have verified waits for them as a change of its own: see organisations.actions.change. Raises NotStored
    where there is no room for the logo; nothing is saved then.
    """
    try:
        with files_with_rows():
            before = Organisation.objects.select_for_update(of=("self",)).select_related("logo").get(pk=organisation.pk)
            require(by, Verb.EDIT_DETAILS, before)
            stored, is_verified = _guarded(before), before.status == OrganisationStatus.VERIFIED
            before = changes.as_wanted(before)
            theirs, mine = Version(before, SEEN), Version(organisation, ANSWERED, {"activity_fields": activity_fields})
            pictures = _pictures(before, logo, removes_logo)
            require_unchanged(seen, theirs.fingerprint, lambda: (*mine.differences(theirs), *pictures))
            if is_verified:
                changes.propose(before, _guarded(organisation), by=by)
                for name, value in stored.items():
                    setattr(organisation, name, value)
            # The state is nobody's to type: whatever staff decided meanwhile stays.
            organisation.save(update_fields=DETAILS)
            organisation.activity_fields.set(activity_fields)
            announce(organisation)
            if logo or removes_logo:
                _take_logo_away(before)
            if logo:
                _put_logo(organisation, logo, by)
    except IntegrityError as error:
        _refuse_twin(organisation, error)


def _guarded(organisation: Organisation) -> dict[str, Any]:
    return {name: getattr(organisation, name) for name in GUARDED}


def _pictures(before: Organisation, logo: File | None, removes_logo: bool) -> Iterator[Difference]:
    """The logo as the other person left it and one's own; the same picture once more is no difference."""
    label, present = capfirst(str(Organisation._meta.get_field("logo").verbose_name)), before.logo
    theirs = _("a picture") if present else ""
    if logo and not (present and present.get_file_hash() == hash_filelike(logo)):
        yield Difference("logo", label, theirs, _("the picture that you chose"))
    elif removes_logo and not logo and present:
        yield Difference("logo", label, theirs, _("no picture"))


def _refuse_twin(organisation: Organisation, error: IntegrityError) -> None:
    """Turns the database's refusal of a second organisation with the same number into a domain error."""
    other = registered_with(organisation.business_id, organisation.association_register_no)
    if other is None or other.pk == organisation.pk:
        raise error
    raise AlreadyRegistered(other) from error


def _put_logo(organisation: Organisation, logo: File, by: User) -> None:
    logo.seek(0)
    image = get_image_model()(title=organisation.name, file=logo, uploaded_by_user=by)
    image.save()
    organisation.logo = image
    organisation.save(update_fields=["logo"])


def _take_logo_away(organisation: Organisation) -> None:
    old = organisation.logo
    if old:
        Organisation.objects.filter(pk=organisation.pk).update(logo=None)
        old.delete()


@transaction.atomic
def ask_for_access(organisation: Organisation, message: str, *, by: User) -> None:
    """Tells the administrators that somebody wants to join; who they are is not told back.

    Once a day is enough for each, and five a day for all: beyond that nothing is sent, and nothing is told of it.
    """
    is_member = Membership.objects.filter(organisation=organisation, user=by).exists()
    if not is_member and allow(ASKED, str(by.pk)):
        emails.send_access_requested(organisation, by, message)


def verify(organisation: Organisation, *, by: User) -> None:
    _decide(organisation, ACTS["verify"], by, "", emails.send_organisation_verified)


def pause(organisation: Organisation, reason: str, *, by: User) -> None:
    _decide(organisation, ACTS["pause"], by, reason, emails.send_organisation_paused)


@transaction.atomic
def close(organisation: Organisation, reason: str, *, by: User) -> None:
    """What the organisation wanted to change waits for nobody any more."""
    # The row is held first: a change that a colleague decides at this moment waits no more once it is read.
    if change := changes.waiting_for(Organisation.objects.locked(organisation.pk)):
        changes.withdraw(change, by=by)
    _decide(organisation, ACTS["close"], by, reason, emails.send_organisation_closed)


def reopen(organisation: Organisation, *, by: User) -> None:
    _decide(organisation, ACTS["reopen"], by, "", emails.send_organisation_reopened)


@transaction.atomic
def _decide(
    organisation: Organisation,
    act: Act,
    by: User,
    reason: str,
    tell: Callable[[Organisation, OrganisationEvent], None],
) -> None:
    """Raises TransitionNotAllowed from another state, also for a second click or when a colleague was faster."""
    locked = Organisation.objects.locked(organisation.pk)
    event = perform(locked, act, by=by, note=reason)
    announce(locked)
    tell(locked, event)
    organisation.refresh_from_db(fields=["status"])
