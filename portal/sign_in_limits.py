"""How often codes, passwords and mails for signing in are tried and asked for.

An address is printed on posters: who knows it may keep strangers out by trying, himself among them, and never a browser
that asked before or has signed in. Known and unknown addresses are counted alike. Why these numbers: docs/adr/0007.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest

from portal.furniture import known_browsers
from portal.furniture.addresses import network_of
from portal.furniture.limits import Limit, allow, allow_each, give_back, is_spent

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Limits:
    """For one address: of a browser that is known for it, of strangers in one network, of strangers everywhere."""

    own: Limit
    nearby: Limit
    everywhere: Limit


# One network may be a whole library full of people.
NETWORK = Limit("sign-in", tries=100, within=HOUR)
DEMANDS = Limits(
    own=Limit("own sign-in mail", tries=5, within=HOUR),
    nearby=Limit("sign-in mail from a network", tries=10, within=HOUR),
    everywhere=Limit("sign-in mail", tries=30, within=HOUR),
)
CODES = Limits(
    own=Limit("own sign-in code", tries=15, within=HOUR),
    nearby=Limit("sign-in code from a network", tries=15, within=HOUR),
    everywhere=Limit("sign-in code", tries=100, within=timedelta(days=1)),
)
PASSWORDS = Limit("password", tries=10, within=timedelta(minutes=15))


def may_enter(request: HttpRequest, person: str) -> bool:
    """Counts one form of signing in for its network, unless the browser is known for this person."""
    return bool(_own(request, person)) or allow(NETWORK, network_of(request))


def may_try_code(request: HttpRequest, person: str) -> bool:
    """Counts one try at a code that was sent to this person, or at the person's second factor."""
    return _allow(CODES, request, person)


def may_demand(request: HttpRequest, person: str) -> bool:
    """Counts one mail that somebody asks for; where too much was guessed today, strangers get none."""
    if not _own(request, person) and is_spent(CODES.everywhere, person):
        return False
    if not _allow(DEMANDS, request, person):
        return False
    known_browsers.note(request, person, known_browsers.ASKED)
    return True


def may_try_password(person: str) -> bool:
    """Counts one try, whoever makes it and wherever: a code by mail is the other way in."""
    return allow(PASSWORDS, person)


def password_was_right(person: str) -> None:
    give_back(PASSWORDS, person)


def _allow(limits: Limits, request: HttpRequest, person: str) -> bool:
    if own := _own(request, person):
        allow(limits.everywhere, person)  # counts against strangers, and refuses them alone
        return allow(limits.own, own)
    network = network_of(request)
    return allow_each([(limits.everywhere, person), (limits.nearby, network and f"{network} {person}")])


def _own(request: HttpRequest, person: str) -> str:
    """The name of the browser's own counters; a browser that is signed in as this person is known without a cookie."""
    if not person:
        return ""
    user = getattr(request, "user", None)
    if user and user.is_authenticated and user.email.lower() == person.strip().lower():
        return f"session {request.session.session_key}"
    return known_browsers.name_of(request, person)
