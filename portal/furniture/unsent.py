"""What somebody sent and we could not take: the sign-in had ended, or the page had grown too old. No word is lost.

It is shown again, with a button that sends it once more; nothing is sent by itself.
"""

import time
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.http import HttpRequest

from portal.furniture.addresses import network_of
from portal.furniture.limits import Limit, allow

SESSION_KEY = "unsent"
KEPT_FOR = 15 * 60  # seconds: enough to sign in, and little on a computer that many share
MOST_BYTES = 50_000
LONG = 30  # characters: more than a name, a street or a phone number
KEPT = Limit("unsent forms", tries=100, within=timedelta(hours=1))
# What proves who somebody is stands in no page and in no session.
OF_ACCOUNTS = ("account_", "mfa_", "admin_login", "wagtailcore_login")


@dataclass(frozen=True)
class Unsent:
    """`fields` are pairs as the browser sent them; `has_files` says that a file has to be chosen again."""

    address: str
    fields: list[tuple[str, str]]
    has_files: bool = False

    @property
    def texts(self) -> list[str]:
        """What was written in words, to be recognised; short answers only where there is nothing longer."""
        words = [value for _name, value in self.fields if " " in value.strip()]
        return [value for value in words if len(value) > LONG] or words


def read(request: HttpRequest) -> Unsent | None:
    """What this request would have sent; None for what nobody typed, and for the forms of signing in."""
    match = request.resolver_match
    if match is None or (match.view_name or "").startswith(OF_ACCOUNTS):
        return None
    fields = [
        (name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values
    ]
    return Unsent(request.get_full_path(), fields, bool(request.FILES)) if fields else None


def came_from_us(request: HttpRequest) -> bool:
    """Whether a page of our own sent it: another site's must not get a second chance by our button."""
    told = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        sender = urlsplit(told)
    except ValueError:
        return False
    return (sender.scheme, sender.netloc) == (request.scheme, request.get_host())


def keep(request: HttpRequest) -> bool:
    """Keeps it in the session until somebody has signed in; False if it is too long, or too many came from there."""
    unsent = read(request)
    if unsent is None or request.headers.get("HX-Request"):
        return False
    size = sum(len(name.encode()) + len(value.encode()) for name, value in unsent.fields)
    if size > MOST_BYTES or not allow(KEPT, network_of(request)):
        return False
    row = {"address": unsent.address, "fields": unsent.fields, "has_files": unsent.has_files}
    request.session[SESSION_KEY] = row | {"until": time.time() + KEPT_FOR}
    return True


def kept(request: HttpRequest) -> Unsent | None:
    row = request.session.get(SESSION_KEY)
    if not row or row["until"] < time.time():
        return None
    return Unsent(row["address"], [(name, value) for name, value in row["fields"]], row["has_files"])
