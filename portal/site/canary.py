"""Marks in every sensitive field, so that a crawler can tell who sees what they should not.

Each mark is a value that stands in one field of one row; for each role the report says which marks it may see. Apps
register the parts that write their rows.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group

from accounts.installation import set_up_person
from accounts.models import User
from accounts.registry import Registry
from portal.site.groups import EDITORS, MODERATORS
from portal.site.people import give_second_factor

DOMAIN = "kanaria.example"
# Two of everything, so that one can be a stranger to the other.
SIDES = ("a", "b")
STAFF = {"editor": EDITORS, "moderator": MODERATORS, "superuser": ""}
MEMBERS, ADMINS, REVIEWERS = "members", "admins", "reviewers"
# allauth keeps how a session was proved under these keys.
METHODS_KEY, METHODS_OWNER_KEY = "account_authentication_methods", "account_authentication_methods_user"


class Report:
    """Collects marks, tokens and roles, and works out at the end who may see which mark.

    `rows` hands on what one part made to the parts after it, by side and name.
    """

    def __init__(self) -> None:
        self.marks: dict[str, dict] = {}
        self.readers: dict[str, set[str]] = {}
        self.tokens: dict[str, str] = {}
        self.roles: dict[str, dict] = {"anonymous": {"email": "", "session": "", "circles": set()}}
        self.rows: dict[tuple[str, str], Any] = {}

    def mark(self, side: str, name: str, model: Any, field: str, *readers: str, value: str | None = None) -> str:
        """A value for one field of one side's row; `readers` are circles of that side, or the reviewers."""
        name = f"{side}_{name}"
        value = value or f"kanaria-{name}".replace("_", "-")
        self.marks[name] = {"value": value, "model": model._meta.label, "field": field}
        self.readers[name] = {reader if reader == REVIEWERS else f"{reader}_{side}" for reader in readers}
        return value

    def add_role(self, name: str, user: User, circles: set[str]) -> None:
        self.roles[name] = {"email": user.email, "session": session_of(user), "circles": {name, *circles}}

    def as_dictionary(self) -> dict[str, dict]:
        roles = {
            name: {
                "email": role["email"],
                "session": role["session"],
                "sees": [mark for mark, readers in self.readers.items() if readers & role["circles"]],
            }
            for name, role in self.roles.items()
        }
        return {"roles": roles, "marks": self.marks, "tokens": self.tokens}


@dataclass(frozen=True)
class CanaryPart:
    """The marked rows of one app: `write(report)` makes them, `forget()` deletes those of an earlier run.

    Parts are written in the order of their positions and forgotten the other way round.
    """

    name: str
    write: Callable[[Report], None]
    forget: Callable[[], None]
    position: int = 50


PARTS: Registry[CanaryPart] = Registry()
register = PARTS.register


def write() -> dict[str, dict]:
    """Makes the marked rows anew; returns what goes into the file."""
    for part in reversed(list(PARTS)):
        part.forget()
    User.objects.filter(email__endswith=f"@{DOMAIN}").delete()
    report = Report()
    for part in PARTS:
        part.write(report)
    for role, group in STAFF.items():
        for number in (1, 2):
            user = set_up_person(f"{role}{number}@{DOMAIN}", name=role, is_staff=True, is_superuser=role == "superuser")
            user.groups.set(Group.objects.filter(name=group))
            report.add_role(f"{role}_{number}", user, {REVIEWERS} if role in {"moderator", "superuser"} else set())
    return report.as_dictionary()


def session_of(user: User) -> str:
    """A session as sign-in leaves it, a needed second factor included; returns the cookie's value."""
    records: list[dict] = [{"method": "code", "at": time.time(), "email": user.email}]
    if user.needs_second_factor:
        give_second_factor(user)
        authenticator = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
        records.append({"method": "mfa", "at": time.time(), "id": authenticator.pk, "type": authenticator.type})
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[METHODS_KEY] = records
    session[METHODS_OWNER_KEY] = str(user.pk)
    session.save()
    return session.session_key
