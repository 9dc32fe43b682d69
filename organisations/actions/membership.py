"""People come, change roles and go; there is always an administrator.

Each action locks the organisation's row first, so that two of them at once see each other's result.
"""

from django.db import transaction

from organisations.enums import MembershipRole
from organisations.models import Membership, Organisation


class LastAdministrator(Exception):
    """After this the organisation would have no administrator."""


class NotAdministrator(Exception):
    """The person was an administrator when the page was opened, and is not any more."""


@transaction.atomic
def change_role(membership, role, *, by):
    """Gives a member another role; the same role once more changes nothing."""
    current = _locked(membership)
    if current is None:
        return
    _require_admin(by, current)
    if current.role == role:
        return
    if role != MembershipRole.ADMIN:
        _require_another_admin(current)
    current.role = role
    current.save(update_fields=["role"])


@transaction.atomic
def remove(membership, *, by):
    """Takes a person out of the organisation: an administrator does it, or the person leaves."""
    current = _locked(membership)
    if current is None:
        return
    if current.user_id != by.pk:
        _require_admin(by, current)
    _require_another_admin(current)
    current.delete()


@transaction.atomic
def leave_to_next(membership, *, by):
    """Ends a membership whatever comes: the longest-standing other member takes over from the last administrator."""
    current = _locked(membership)
    if current is None:
        return
    others = Membership.objects.filter(organisation_id=current.organisation_id).exclude(pk=current.pk)
    next_one = others.order_by("created_at", "pk").first()
    if next_one and not others.admins().exists():
        next_one.role = MembershipRole.ADMIN
        next_one.save(update_fields=["role"])
    current.delete()


def _locked(membership):
    Organisation.objects.select_for_update(of=("self",)).get(pk=membership.organisation_id)
    return Membership.objects.filter(pk=membership.pk).first()


def _require_admin(person, membership):
    if not _admins_of_same(membership).filter(user=person).exists():
        raise NotAdministrator


def _require_another_admin(membership):
    if membership.is_admin and not _admins_of_same(membership).exclude(pk=membership.pk).exists():
        raise LastAdministrator


def _admins_of_same(membership):
    return Membership.objects.admins().filter(organisation_id=membership.organisation_id)
