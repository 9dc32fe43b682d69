import time
from collections.abc import Collection
from typing import TYPE_CHECKING

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from accounts.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest

RECENT = 15 * 60  # seconds

# Views that change how somebody signs in. They ask again who is there when the last proof is old.
SENSITIVE_VIEWS = {
    "account_change_password",
    "account_email",
    "account_remove_password",
    "account_set_password",
    "account_sign_out_everywhere",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
}
# Where somebody who still lacks a factor may go: to get one, or to leave.
ENROLMENT_VIEWS = {
    "account_confirm_identity",
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
}


def used_second_factor(request: "HttpRequest") -> bool:
    """Whether this session, not merely this person, signed in with a second factor."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def authenticated_recently(request: "HttpRequest") -> bool:
    """Whether the person proved who they are within the last 15 minutes, by code, password or second factor."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < RECENT


class SuperusersOnly(BasePermissionPolicy):
    """No group, whatever permissions it was given, manages what this policy guards."""

    def user_has_permission(self, user: User | AnonymousUser, action: str | None) -> bool:
        return user.is_active and user.is_superuser

    def user_has_any_permission(self, user: User | AnonymousUser, actions: Collection[str]) -> bool:
        return self.user_has_permission(user, None)

    def users_with_any_permission(self, actions: Collection[str]) -> QuerySet[User]:
        return User.objects.filter(is_active=True, is_superuser=True)
