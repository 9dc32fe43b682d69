from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import suspend_request
from django.shortcuts import redirect

from accounts.permissions import ENROLMENT_VIEWS, SENSITIVE_VIEWS, authenticated_recently, used_second_factor


class SecondFactorMiddleware:
    """Staff reach nothing that needs sign-in before they have used a second factor in this session."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
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
