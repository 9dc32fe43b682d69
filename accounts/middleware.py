from django.shortcuts import redirect

from accounts.permissions import used_second_factor

# Where somebody who still lacks a factor may go: to get one, or to leave.
ENROLMENT_VIEWS = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_reauthenticate",
    "account_logout",
}


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
        if not request.user.needs_second_factor or used_second_factor(request):
            return None
        return redirect("mfa_index")
