"""Signing in and one's own account: the account library's views under our addresses.

There is no password reset: who has forgotten the password signs in with a code and chooses a new one."""

from allauth.account import views as allauth_views
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from accounts import views

urlpatterns = [
    path("", views.profile, name="account_profile"),
    path(_("sign-in/"), allauth_views.login, name="account_login"),
    path(_("sign-in/code/"), allauth_views.request_login_code, name="account_request_login_code"),
    path(_("sign-in/code/confirm/"), allauth_views.confirm_login_code, name="account_confirm_login_code"),
    path(_("sign-up/"), allauth_views.signup, name="account_signup"),
    path(_("sign-out/"), allauth_views.logout, name="account_logout"),
    path(_("sign-out/everywhere/"), views.sign_out_everywhere, name="account_sign_out_everywhere"),
    path(_("closed/"), allauth_views.account_inactive, name="account_inactive"),
    path(_("confirm/"), allauth_views.reauthenticate, name="account_reauthenticate"),
    path(_("confirm/code/"), views.confirm_identity, name="account_confirm_identity"),
    path(_("e-mail/"), allauth_views.email, name="account_email"),
    path(_("e-mail/confirm/"), allauth_views.email_verification_sent, name="account_email_verification_sent"),
    path(_("password/change/"), allauth_views.password_change, name="account_change_password"),
    path(_("password/"), allauth_views.password_set, name="account_set_password"),
    path(_("password/remove/"), views.remove_password, name="account_remove_password"),
    path(_("second-step/"), include("allauth.mfa.urls")),
]
