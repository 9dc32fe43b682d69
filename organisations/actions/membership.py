"""People come, change roles and go; there is always an administrator.

Each action locks the organisation's row first, so that two of them at once see each other's result.
"""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from organisations.enums import MembershipRole
from organisations.models import Membership, Municipality, Organisation
from organisations.permissions import can_verify_organisations, require
from organisations.roles import Verb
from portal.furniture.edits import Version, require_unchanged

# What the page of a coach's municipalities shows.
SERVED = ["municipalities"]


class LastAdministrator(Exception):
    """After this the organisation would have no administrator."""


@transaction.atomic
def change_role(membership: Membership, role: str, *, by: User) -> None:
    """Gives a member another role; the same role once more changes nothing."""
    current = _locked(membership)
    if current is None:
        return
    require(by, Verb.MANAGE_MEMBERS, current.organisation)
    if current.role == role:
        return
    if role != MembershipRole.ADMIN:
        _require_another_admin(current)
    current.role = role
    current.save(update_fields=["role"])


@transaction.atomic
def serve(membership: Membership, municipalities: Iterable[Municipality], *, by: User, seen: str | None = None) -> None:
    """Names the municipalities that a coach serves; an administrator or staff do it.

    Raises NotAllowed, and ChangedMeanwhile where others are named than at `seen`, the fingerprint.
    """
    current = _locked(membership)
    if current is None:
        return
    if not can_verify_organisations(by):
        require(by, Verb.MANAGE_MEMBERS, current.organisation)
    require(current.user, Verb.COACH, current.organisation)
    if seen is not None:
        theirs, mine = Version(current, SERVED), Version(current, SERVED, {"municipalities": municipalities})
        require_unchanged(seen, theirs.fingerprint, lambda: mine.differences(theirs))
    current.municipalities.set(municipalities)


@transaction.atomic
def remove(membership: Membership, *, by: User) -> None:
    """Takes a person out of the organisation: an administrator does it, or the person leaves."""
    current = _locked(membership)
    if current is None:
        return
    if current.user_id != by.pk:
        require(by, Verb.MANAGE_MEMBERS, current.organisation)
    _require_another_admin(current)
    current.delete()


@transaction.atomic
def leave_to_next(membership: Membership, *, by: User) -> None:
    """Ends a membership whatever comes: the longest-standing other member takes over from the last administrator."""
    current = _locked(membership)
    if current is None:
        return
    others = Membership.objects.filter(organisation_id=current.organisation_id).exclude(pk=current.pk)
    successor = others.order_by("created_at", "pk").first()
    if successor and not others.admins().exists():
        successor.role = MembershipRole.ADMIN
        successor.save(update_fields=["role"])
    current.delete()


def _locked(membership: Membership) -> Membership | None:
    """The membership as it is now, with its organisation's row locked; None when it has ended meanwhile."""
    Organisation.objects.locked(membership.organisation_id)
    return Membership.objects.select_related("organisation").filter(pk=membership.pk).first()


def _require_another_admin(membership: Membership) -> None:
    admins = Membership.objects.admins().filter(organisation_id=membership.organisation_id)
    if membership.is_admin and not admins.exclude(pk=membership.pk).exists():
        raise LastAdministrator
