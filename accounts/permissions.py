import time

from allauth.account.authentication import get_authentication_records

RECENT = 15 * 60  # seconds


def used_second_factor(request):
    """Whether this session, not merely this person, signed in with a second factor."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def authenticated_recently(request):
    """Whether the person proved who they are within the last 15 minutes, by code, password or second factor."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < RECENT
