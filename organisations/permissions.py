"""Who may do what with an organisation beyond the table of roles, and the check that an action makes."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from organisations.models import Organisation
from organisations.roles import Verb, may

if TYPE_CHECKING:
    from accounts.models import User


class NotAllowed(Exception):
    """The person may not do this, or not any more: the role, or the organisation's state, changed meanwhile."""

    def __init__(self, verb: Verb) -> None:
        super().__init__(verb)
        self.verb = verb


def require(user: "User", verb: Verb, organisation: Organisation) -> None:
    """Raises NotAllowed. An action asks once it holds the lock: nobody acts a moment too late."""
    if not may(user, verb, organisation):
        raise NotAllowed(verb)


def can_change_rollout(user: "User | AnonymousUser") -> bool:
    """Moderators say from which day a municipality is in which state."""
    return user.has_perm("organisations.change_rollout")


def can_verify_organisations(user: "User | AnonymousUser") -> bool:
    """Moderators verify, pause and close organisations."""
    return user.has_perm("organisations.verify_organisation")
