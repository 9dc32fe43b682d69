from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.permissions import authenticated_recently
from portal import error_views, sign_in_limits
from portal.enums import MailUrgency
from portal.furniture import known_browsers
from portal.furniture.addresses import leads_home
from portal.mail import outbox

# What tells a person that the ways into the account have changed: it comes however many mails strangers ask for.
NOTICES = {
    "email_changed",
    "password_changed",
    "password_set",
    "recovery_codes_generated",
    "totp_activated",
    "totp_deactivated",
    "webauthn_added",
    "webauthn_removed",
}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in mail goes through the outbox like all mail, and every sentence is ours."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is already the address of your account."),
        "email_password_mismatch": _("The e-mail or the password is not right. You can also sign in with a code."),
        "email_taken": _("There is an account with this address."),
        "enter_current_password": _("The current password is not right."),
        "incorrect_code": _("The code is not right. Check it and write it again."),
        "incorrect_password": _("The password is not right."),
        "invalid_login": _("Sign-in did not succeed."),
        "rate_limited": _("Wait a moment before you try again."),
        "same_as_current": _("This is already the address of your account."),
        "too_many_login_attempts": _("The code was wrong too many times. Ask for a new one."),
        "too_many_passwords": _("The password was tried too many times. Continue with a code by mail."),
    }

    def send_mail(self, template_prefix, email, context):
        name, language = template_prefix.rpartition("/")[2], self._language_of(email)
        if name not in NOTICES and not sign_in_limits.may_demand(self.request, email):
            raise ImmediateHttpResponse(error_views.too_many_requests(self.request))
        with translation.override(language):
            context = context | {"login_url": _address("account_login"), "signup_url": _address("account_signup")}
        outbox.post(email, f"emails/sign_in/{name}.txt", context, language=language, urgency=MailUrgency.CODE)

    def is_safe_url(self, url):
        """The library's own falls over what is no address at all."""
        return bool(url) and leads_home(self.request, url)

    def _language_of(self, email):
        languages = get_user_model().objects.filter(email__iexact=email).values_list("language", flat=True)
        return languages.first() or get_language() or "fi"

    def send_account_already_exists_mail(self, email):
        self.send_mail("account/email/account_already_exists", email, {})

    def authenticate(self, request, **credentials):
        """Takes so many passwords of one address; after them none, the right one neither, until the time is over."""
        person = credentials["email"]
        if not sign_in_limits.may_try_password(person):
            raise self.validation_error("too_many_passwords")
        user = super().authenticate(request, **credentials)
        if user:
            sign_in_limits.password_was_right(person)
        return user

    def login(self, request, user):
        super().login(request, user)
        known_browsers.note(request, user.email, known_browsers.SIGNED_IN)

    def save_user(self, request, user, form, commit=True):
        user.language = get_language() or "fi"
        return super().save_user(request, user, form, commit=commit)

    def is_reauthentication_required(self, *, app, **kwargs):
        """A sign-in of the last minutes counts as proof; older ones are asked for by RecentProofMiddleware."""
        return not authenticated_recently(self.request)

    def get_reauthentication_methods(self, user):
        """Who has a factor proves it with the factor; who has none, with the password or a code from mail."""
        methods = super().get_reauthentication_methods(user)
        by_factor = [method for method in methods if method["id"] != "reauthenticate"]
        by_code = {
            "id": "code",
            "description": _("Get a code by mail"),
            "url": reverse("account_confirm_identity"),
        }
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use the app or a recovery code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        chosen = by_factor or [*methods, by_code]
        return [{**method, "description": words.get(method["id"], method["description"])} for method in chosen]

    def get_login_redirect_url(self, request):
        """Members come to their desk; staff who belong to no organisation have their desk in the admin."""
        user = request.user
        if user.has_perm("wagtailadmin.access_admin") and not user.memberships.exists():
            return reverse("wagtailadmin_home")
        return super().get_login_redirect_url(request)

    def get_email_verification_redirect_url(self, email_address):
        return reverse("account_profile")

    def get_password_change_redirect_url(self, request):
        return reverse("account_profile")


def _address(name):
    return settings.PUBLIC_URL + reverse(name)
