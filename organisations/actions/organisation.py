"""An organisation's way from registration to closing. Every step leaves an event and tells the administrators."""

import hashlib

from django.db import IntegrityError, transaction
from django.db.models import Q
from wagtail.images import get_image_model

from accounts.models import User
from organisations import emails
from organisations.enums import MembershipRole, OrganisationStatus
from organisations.models import Membership, Organisation, OrganisationEvent
from organisations.signals import organisation_changed
from search.index.descriptions import kind_of
from search.index.updating import index_objects

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


class TransitionNotAllowed(Exception):
    """The organisation is in a state from which it cannot go to that one."""


class AlreadyRegistered(Exception):
    """Another organisation has the same business ID or association register number."""

    def __init__(self, organisation=None):
        super().__init__()
        self.organisation = organisation


class ChangedMeanwhile(Exception):
    """Somebody else saved the same details after this person opened them."""


def details_fingerprint(organisation, activity_fields=None):
    """Changes whenever one of the details does; `activity_fields` are those to be saved, if not the saved ones."""
    fields = organisation.activity_fields.all() if activity_fields is None else activity_fields
    values = [str(getattr(organisation, Organisation._meta.get_field(name).attname)) for name in [*DETAILS, "logo"]]
    values += sorted(str(field.pk) for field in fields)
    return hashlib.sha256("\0".join(values).encode()).hexdigest()[:32]


def registered_with(business_id, association_register_no):
    """The organisation that has either identifier, or None."""
    same = Q()
    if business_id:
        same |= Q(business_id=business_id)
    if association_register_no:
        same |= Q(association_register_no=association_register_no)
    return Organisation.objects.filter(same).order_by("pk").first() if same else None


def register(organisation, activity_fields, logo=None, *, by):
    """Saves a new organisation, makes its registrar the administrator, and leaves it to be verified."""
    try:
        with transaction.atomic():
            _refuse_second_click(organisation, by)
            organisation.save()
            organisation.activity_fields.set(activity_fields)
            if logo:
                _put_logo(organisation, logo, by)
            Membership.objects.create(user=by, organisation=organisation, role=MembershipRole.ADMIN)
            announce(organisation)
            _write_event(organisation, "", by, "")
            emails.send_organisation_registered(organisation)
    except IntegrityError as error:
        _refuse_twin(organisation, error)
    return organisation


def _refuse_second_click(organisation, by):
    """An organisation without numbers has no constraint against being registered twice by an impatient finger."""
    User.objects.select_for_update().get(pk=by.pk)
    mine = Organisation.objects.administered_by(by).pending().filter(name=organisation.name)
    if first := mine.order_by("pk").first():
        raise AlreadyRegistered(first)


def update_details(organisation, activity_fields, *, logo=None, removes_logo=False, seen, by):
    """Saves what an administrator changed, unless somebody else saved something since `seen`."""
    try:
        with transaction.atomic():
            before = Organisation.objects.select_for_update(of=("self",)).select_related("logo").get(pk=organisation.pk)
            present = details_fingerprint(before)
            if present != seen:
                has_picture = logo or removes_logo
                if has_picture or details_fingerprint(organisation, activity_fields) != present:
                    raise ChangedMeanwhile
                return  # a double click: the same details are saved already
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


def _refuse_twin(organisation, error):
    """Turns the database's refusal of a second organisation with the same number into a domain error."""
    other = registered_with(organisation.business_id, organisation.association_register_no)
    if other is None or other.pk == organisation.pk:
        raise error
    raise AlreadyRegistered(other) from error


def _put_logo(organisation, logo, by):
    logo.seek(0)
    image = get_image_model()(title=organisation.name, file=logo, uploaded_by_user=by)
    image.save()
    organisation.logo = image
    organisation.save(update_fields=["logo"])


def _take_logo_away(organisation):
    old = organisation.logo
    if old:
        Organisation.objects.filter(pk=organisation.pk).update(logo=None)
        old.delete()


@transaction.atomic
def ask_for_access(organisation, message, *, by):
    """Tells the administrators that somebody wants to join; who they are is not told back. Once a day is enough."""
    if not Membership.objects.filter(organisation=organisation, user=by).exists():
        emails.send_access_requested(organisation, by, message)


def verify(organisation, *, by):
    return _move(organisation, OrganisationStatus.VERIFIED, by, "", emails.send_organisation_verified)


def pause(organisation, reason, *, by):
    return _move(organisation, OrganisationStatus.PAUSED, by, reason, emails.send_organisation_paused)


def close(organisation, reason, *, by):
    return _move(organisation, OrganisationStatus.CLOSED, by, reason, emails.send_organisation_closed)


def reopen(organisation, *, by):
    return _move(organisation, OrganisationStatus.VERIFIED, by, "", emails.send_organisation_reopened)


@transaction.atomic
def _move(organisation, status, by, reason, tell):
    """One step to `status`. Returns False when it is there already: a second click, or a colleague was faster."""
    locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if locked.status == status:
        return False
    if not locked.allows(status):
        raise TransitionNotAllowed
    before, locked.status = locked.status, status
    locked.save(update_fields=["status"])
    announce(locked)
    event = _write_event(locked, before, by, reason)
    tell(locked, event)
    organisation.status = status
    return True


def announce(organisation):
    """Brings the search index up to date and lets the apps above follow. Belongs into the transaction of the change."""
    index_objects(kind_of(Organisation), [organisation.pk])
    organisation_changed.send(Organisation, organisation=organisation)


def _write_event(organisation, before, by, reason):
    return OrganisationEvent.objects.create(
        organisation=organisation, by=by, from_status=before, to_status=organisation.status, reason=reason
    )
