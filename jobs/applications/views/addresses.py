"""A client's address as a key for counting: it tells one from another, and cannot be read back."""

import ipaddress

from django.utils.crypto import salted_hmac


def address_key(request, subject):
    """One key for an IPv4 address, or for the network of an IPv6 one, in which a device picks its addresses freely."""
    address = request.META["REMOTE_ADDR"]
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        parsed = None
    if isinstance(parsed, ipaddress.IPv6Address):
        address = str(ipaddress.ip_network((parsed, 64), strict=False))
    return f"{subject}:{salted_hmac(subject, address).hexdigest()[:32]}"
