"""The organisation that a signed-in person is working for just now."""

from django.utils.functional import SimpleLazyObject

from accounts.sessions import note_while_reading
from organisations.models import Membership

SESSION_KEY = "organisation"


def membership(request):
    """`membership`: the current one, or None; `memberships`: all, for the switcher. Asked once a request, lazily."""
    return {
        "membership": SimpleLazyObject(lambda: current_membership(request)),
        "memberships": SimpleLazyObject(lambda: memberships_of(request)),
    }


def memberships_of(request):
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return []
    if not hasattr(request, "_memberships"):
        mine = Membership.objects.filter(user=request.user).select_related("organisation")
        request._memberships = list(mine.order_by("organisation__name", "pk"))
    return request._memberships


def current_membership(request):
    """The chosen membership, else the first by the organisation's name, else None."""
    memberships = memberships_of(request)
    chosen = request.session.get(SESSION_KEY) if memberships else None
    first = memberships[0] if memberships else None
    return next((membership for membership in memberships if membership.organisation_id == chosen), first)


def choose(request, organisation_id):
    """From now on the desk shows this organisation, if the person belongs to it. Returns the membership or None."""
    theirs = (membership for membership in memberships_of(request) if membership.organisation_id == organisation_id)
    membership = next(theirs, None)
    if membership and current_membership(request) != membership:
        if request.method in {"GET", "HEAD"}:
            note_while_reading(request.session, SESSION_KEY, organisation_id)
        else:
            request.session[SESSION_KEY] = organisation_id
    return membership
