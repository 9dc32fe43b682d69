"""A browser that asked for a code of an address, or signed in with it, is told from strangers who know the address.

What strangers try counts against strangers. The cookie is signed, holds digests in place of addresses, and lets nobody
in: it only gives its browser counters of its own.
"""

import time
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac

SALT = "portal.furniture.known_browsers"
ASKED = 3600  # seconds
SIGNED_IN = 365 * 24 * 3600
MOST_ADDRESSES = 5  # a family's computer; those known longest from now stay


def name_of(request: HttpRequest, address: str) -> str:
    """What the tries of this browser at this address are counted under; empty for a stranger."""
    browser = _read(request)
    return f"{browser['id']} {_digest(address)}" if _until(browser, address) > time.time() else ""


def note(request: HttpRequest, address: str, seconds: int) -> None:
    """From now on the browser is known for this address. Who is known already is not known for longer by asking."""
    browser = _read(request)
    if _until(browser, address) > time.time() and seconds < SIGNED_IN:
        return
    until = browser["until"] | {_digest(address): int(time.time()) + seconds}
    last = sorted(until.items(), key=lambda entry: entry[1])[-MOST_ADDRESSES:]
    request.browser_to_know = {"id": browser["id"], "until": dict(last)}  # type: ignore[attr-defined]


def write(request: HttpRequest, response: HttpResponse) -> None:
    """Gives the browser its cookie, if something was noted."""
    if browser := getattr(request, "browser_to_know", None):
        response.set_cookie(
            settings.BROWSER_COOKIE_NAME,
            signing.dumps(browser, salt=SALT),
            max_age=SIGNED_IN,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        return signing.loads(request.COOKIES.get(settings.BROWSER_COOKIE_NAME, ""), salt=SALT, max_age=SIGNED_IN)
    except signing.BadSignature:
        return {"id": get_random_string(16), "until": {}}


def _until(browser: dict[str, Any], address: str) -> int:
    return browser["until"].get(_digest(address), 0)


def _digest(address: str) -> str:
    return salted_hmac(SALT, address.strip().lower()).hexdigest()[:16]
