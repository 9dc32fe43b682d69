from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import suspend_request
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from accounts import second_factor, staff_sessions
from accounts.permissions import ENROLMENT_VIEWS, SENSITIVE_VIEWS, authenticated_recently, used_second_factor


def is_of_the_admin(request):
    """Whether the address lies under /admin/, where Wagtail opens some views to whoever asks, its own API too."""
    return request.resolver_match.route.startswith("admin/")


class StaffSessionMiddleware:
    """Ends the sessions of staff in time."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.user = SimpleLazyObject(lambda: staff_sessions.person(request))
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Who became staff since the sign-in is counted from the first step into the admin."""
        is_counted = not request.user.is_authenticated or staff_sessions.BEGAN in request.session
        if is_of_the_admin(request) and not is_counted and second_factor.is_staff(request.user):
            staff_sessions.begin(request.session)


class SecondFactorMiddleware:
    """Staff reach nothing that needs sign-in, and nothing of the admin, before this session has a second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        is_open = not getattr(view, "login_required", True) and not is_of_the_admin(request)
        if is_open or not request.user.is_authenticated:
            return None
        if request.resolver_match.view_name in ENROLMENT_VIEWS:
            return None
        if used_second_factor(request) or not request.user.needs_second_factor:
            return None
        return redirect("mfa_index")


class RecentProofMiddleware:
    """What changes how somebody signs in asks again who is there: by factor, by password, or by a code from mail.

    The account library asks only those who have a password or a factor; here a person with neither is asked too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.resolver_match.view_name not in SENSITIVE_VIEWS or not request.user.is_authenticated:
            return None
        if authenticated_recently(request):
            return None
        return suspend_request(request, get_adapter(request).get_reauthentication_methods(request.user)[0]["url"])
