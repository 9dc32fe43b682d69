"""Demonstration accounts, one for each role. Nobody has a password: a code comes by mail."""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group

from accounts.installation import set_up_person
from accounts.models import User
from accounts.registry import Registry
from portal.site.groups import EDITORS, MODERATORS

DOMAIN = "jarjestotyo.example"


@dataclass(frozen=True)
class Person:
    """One account: its role in words, its address, and `join(user)`, which gives it its place."""

    role: str
    email: str
    full_name: str
    group: str = ""
    is_superuser: bool = False
    join: Callable[[User], None] | None = None
    position: int = 50

    @property
    def name(self) -> str:
        return self.email

    @property
    def is_staff(self) -> bool:
        return bool(self.group) or self.is_superuser


PEOPLE: Registry[Person] = Registry()
register = PEOPLE.register

MODERATOR = f"moderaattori@{DOMAIN}"
SECOND_MODERATOR = f"moderaattori2@{DOMAIN}"
for person in (
    Person("Editor", f"toimittaja@{DOMAIN}", "Taru Toimittaja", group=EDITORS),
    Person("Moderator", MODERATOR, "Mauri Moderaattori", group=MODERATORS),
    Person("Second moderator", SECOND_MODERATOR, "Meri Moderaattori", group=MODERATORS),
    Person("Superuser", f"yllapito@{DOMAIN}", "Ylva Ylläpito", is_superuser=True),
):
    register(person)


def write() -> None:
    """Makes the accounts that are missing."""
    for person in PEOPLE:
        user = set_up_person(
            person.email, name=person.full_name, is_staff=person.is_staff, is_superuser=person.is_superuser
        )
        if person.group:
            user.groups.add(Group.objects.get(name=person.group))
        if person.join:
            person.join(user)
        if user.needs_second_factor:
            give_second_factor(user)


def moderator() -> User:
    return User.objects.get(email=MODERATOR)


def lock_staff() -> None:
    """On a public site nobody signs in to the staff's side as an invented person."""
    User.objects.filter(email__endswith=f"@{DOMAIN}").update(is_active=False)


def give_second_factor(user: User) -> str:
    """An authenticator app's key; returns it, for whoever wants to put it in an app."""
    existing = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if existing:
        return get_adapter().decrypt(existing.data["secret"])
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def key_of(person: Person) -> str:
    """The key of the person's authenticator app; empty where the role needs none."""
    user = User.objects.get(email=person.email)
    return give_second_factor(user) if user.needs_second_factor else ""
