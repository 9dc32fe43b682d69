from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import second_factor, staff_sessions
from accounts.actions import begin_new_session_series
from accounts.models import User


@receiver(authenticator_added)
def count_enrolment_as_use(
    sender: type[Authenticator], request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Without this a person who has just enrolled would be shut out until the next sign-in."""
    if authenticator.type != "recovery_codes":
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def end_other_sessions(sender: type[Authenticator], request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Who has got in without the new factor, or by the one that is gone, is out; a new password does it by itself."""
    begin_new_session_series(user)
    update_session_auth_hash(request, user)


@receiver(user_logged_in)
def stay_signed_in(sender: type[User], request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A session that nobody signed in to ends after two days; members stay for a fortnight, staff by their own rule."""
    request.session.set_expiry(settings.ACCOUNT_SESSION_COOKIE_AGE)
    if second_factor.is_staff(user):
        staff_sessions.begin(request.session)
