"""Addresses of the list that differ in one choice.

`address` is the query of the request; all begin at the first page.
"""


def without(address, name, value, *others):
    """The address that lacks one value of a choice, or all of them when `value` is None, and `others` whole."""
    query = first_page(address)
    for other in others:
        query.pop(other, None)
    query.setlist(name, [kept for kept in query.getlist(name) if value is not None and kept != value])
    return f"?{query.urlencode()}"


def having(address, name, value):
    """The address with this as the only value of a choice."""
    query = first_page(address)
    query[name] = value
    return f"?{query.urlencode()}"


def adding(address, name, value):
    """The address with one more value of a choice."""
    query = first_page(address)
    query.appendlist(name, value)
    return f"?{query.urlencode()}"


def first_page(address):
    query = address.copy()
    query.pop("page", None)
    return query
