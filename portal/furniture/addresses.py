"""Where a request comes from, as limits count it, and where an address that somebody sent would lead."""

import ipaddress

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

# Who has one address of these networks has many: a home, a school, a phone that changes its address by itself.
PREFIXES = {4: 24, 6: 64}


def address_of(request: HttpRequest) -> str:
    """The client's address, which portal.middleware has read past as many proxies as stand in front."""
    return request.META.get("REMOTE_ADDR", "")


def network_of(request: HttpRequest) -> str:
    """The network of the client's address: /24 of IPv4, /64 of IPv6. What is no address counts as it is."""
    address = address_of(request)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return str(ipaddress.ip_network((parsed, PREFIXES[parsed.version]), strict=False))


def leads_home(request: HttpRequest, address: str) -> bool:
    """Whether this is an address of our own site, and no other's in disguise: it begins with a slash."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
