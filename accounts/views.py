import secrets
import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView

from accounts.actions import begin_new_session_series, drop_password
from accounts.forms import IdentityCodeForm, ProfileForm

IDENTITY_CODE = "identity_code"  # in the session: digits, when, tries
CODE_LASTS = 10 * 60  # seconds
CODE_TRIES = 5


@login_not_required
def admin_login(request):
    """The Wagtail admin's own sign-in would pass by the second factor, so it leads to ours."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return RedirectView.as_view(pattern_name="account_login", query_string=True)(request)


class AdminPreferences(AccountView):
    """Wagtail's page of one's own choices. The name is on the account's page, and nobody here needs a portrait."""

    def get_panels(self):
        return [panel for panel in super().get_panels() if panel.name not in {"name_email", "avatar"}]


admin_preferences = require_admin_access(AdminPreferences.as_view())


@require_http_methods(["GET", "POST"])
def profile(request):
    """One's own account: name and language, and the ways to everything that belongs to signing in."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your details are saved."))
        return redirect("account_profile")
    factors = Authenticator.objects.filter(user=request.user).values_list("type", flat=True)
    return render(request, "account/profile.html", {"form": form, "factors": list(factors)})


@require_http_methods(["GET", "POST"])
def sign_out_everywhere(request):
    """Ends the person's sessions on all other devices."""
    if request.method == "GET":
        return render(request, "account/sign_out_everywhere.html")
    begin_new_session_series(request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("You are signed out on all other devices."))
    return redirect("account_profile")


@require_http_methods(["GET", "POST"])
def remove_password(request):
    """Back to codes alone; also the way to a new password for who has forgotten the old one."""
    if not request.user.has_usable_password():
        return redirect("account_profile")
    if request.method == "GET":
        return render(request, "account/remove_password.html")
    drop_password(request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("The password is removed. You sign in with a code from your mail."))
    return redirect("account_profile")


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@never_cache
def confirm_identity(request):
    """Asks somebody without a factor for a code from mail before the ways to sign in are changed."""
    if all(method["id"] != "code" for method in get_adapter(request).get_reauthentication_methods(request.user)):
        raise PermissionDenied
    state = request.session.get(IDENTITY_CODE)
    if request.POST.get("action") == "send":
        _send_identity_code(request)
        return redirect(request.get_full_path())
    is_sent = state is not None and time.time() - state["at"] < CODE_LASTS and state["tries"] < CODE_TRIES
    form = IdentityCodeForm(request.POST if is_sent and request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if constant_time_compare(form.cleaned_data["code"], state["digits"]):
            return _identity_confirmed(request)
        request.session[IDENTITY_CODE] = state | {"tries": state["tries"] + 1}
        if state["tries"] + 1 >= CODE_TRIES:
            messages.error(request, get_adapter(request).error_messages["too_many_login_attempts"])
            return redirect(request.get_full_path())
        form.add_error("code", get_adapter(request).error_messages["incorrect_code"])
    return render(request, "account/confirm_identity.html", {"form": form, "is_sent": is_sent})


def _send_identity_code(request):
    digits = f"{secrets.randbelow(10**6):06}"
    get_adapter(request).send_mail("account/email/identity_code", request.user.email, {"code": digits})
    request.session[IDENTITY_CODE] = {"digits": digits, "at": time.time(), "tries": 0}


def _identity_confirmed(request):
    del request.session[IDENTITY_CODE]
    record_authentication(request, request.user, "code", reauthenticated=True)
    return resume_request(request) or redirect("account_profile")
