"""Who may do what with an organisation beyond the table of roles, and the check that an action makes."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from organisations.models import Membership, Organisation
from organisations.roles import Verb, may

if TYPE_CHECKING:
    from accounts.models import User


class NotAllowed(Exception):
    """The person may not do this, or not any more: the role, or the organisation's state, changed meanwhile."""

    def __init__(self, verb: Verb, organisation: Organisation) -> None:
        super().__init__(verb)
        self.verb = verb
        self.organisation = organisation


def require(user: "User", verb: Verb, organisation: Organisation) -> None:
    """Raises NotAllowed. An action asks once it holds the lock: nobody acts a moment too late."""
    if not may(user, verb, organisation):
        raise NotAllowed(verb, organisation)


def needs_second_factor(user: "User") -> bool:
    """Coaches and advisers sign in with a second factor, as staff do."""
    return Membership.objects.with_capability().filter(user=user).exists()


def may_enter_job_bank(membership: Membership) -> bool:
    """A coach gets in, and sees the whole region, once one municipality served is pilot or in use."""
    may_coach = may(membership, Verb.COACH, membership.organisation)
    return may_coach and membership.municipalities.open_to_coaches().exists()


def can_change_rollout(user: "User | AnonymousUser") -> bool:
    """Moderators say from which day a municipality is in which state."""
    return user.has_perm("organisations.change_rollout")


def can_verify_organisations(user: "User | AnonymousUser") -> bool:
    """Moderators verify, pause and close organisations."""
    return user.has_perm("organisations.verify_organisation")
