"""The organisation that a signed-in person is working for just now."""

from organisations.models import Membership

SESSION_KEY = "organisation"


def membership(request):
    """`membership`: the current one, or None; `has_many_organisations` shows the switcher. Asked once a request, lazily."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"membership": None, "memberships": []}
    memberships = memberships_of(request)
    return {"membership": current_membership(request), "memberships": memberships}


def memberships_of(request):
    if not hasattr(request, "_memberships"):
        mine = Membership.objects.filter(user=request.user).select_related("organisation")
        request._memberships = list(mine.order_by("organisation__name", "pk"))
    return request._memberships


def current_membership(request):
    """The chosen membership, else the first by the organisation's name, else None."""
    memberships = memberships_of(request)
    chosen = request.session.get(SESSION_KEY)
    return next((one for one in memberships if one.organisation_id == chosen), memberships[0] if memberships else None)
