from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver


@receiver(authenticator_added)
def count_enrolment_as_use(sender, request, user, authenticator, **kwargs):
    """Without this a person who has just enrolled would be shut out until the next sign-in."""
    if authenticator.type != "recovery_codes":
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
