"""Where a request comes from, as limits count it, and where an address that somebody sent would lead."""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

# Who has one address of these networks has many: a home, a school, a phone that changes its address by itself.
PREFIXES = {4: 24, 6: 64}
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def network_of(request: HttpRequest) -> str:
    """The network of the client's address: /24 of IPv4, /64 of IPv6. What is no address counts as it is.

    Empty when the address is that of a proxy which nobody told us of: a limit of it would refuse everybody.
    """
    address = request.META.get("REMOTE_ADDR", "")  # read by portal.middleware past the proxies in front
    parsed = _parsed(address)
    if _is_of_unknown_proxy(parsed):
        return ""
    return str(ipaddress.ip_network((parsed, PREFIXES[parsed.version]), strict=False)) if parsed else address


def _parsed(address: str) -> Address | None:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed


def _is_of_unknown_proxy(address: Address | None) -> bool:
    """Whether a site of the internet is reached from beside it while it knows of no proxy.

    Only the address of the connection itself is judged, which nobody can write: once TRUSTED_PROXIES is set, and on a
    site that is reached at a private address, private addresses are people's and count.
    """
    if settings.TRUSTED_PROXIES or not settings.IS_TLS:
        return False
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    site = _parsed(host)
    is_public = site.is_global if site else host != "localhost"
    return is_public and not (address and address.is_global)


def leads_home(request: HttpRequest, address: str) -> bool:
    """Whether this is an address of our own site, and no other's in disguise: it begins with a slash."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
